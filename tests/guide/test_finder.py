"""The finder: a verdict for every course, and those who know the way."""

from typing import Any

from ssc.programmes.catalogue import PROGRAMMES
from tests.cast import Cast, organisation
from tests.statements import count_statements
from tests.stories.tales import begun, published

FINDER = "/api/v1/programmes/finder"
THAI: dict[str, str | int] = {"country": "TH", "status": "undergraduate", "age": 21, "been_to_japan": "false"}


async def found(cast: Cast, **asked: Any) -> dict[str, dict[str, Any]]:
    async with cast.visitor() as browser:
        answer = (await browser.get(FINDER, params=asked)).raise_for_status().json()
    assert set(answer) == {"items"}
    return {item["programme"]: item for item in answer["items"]}


async def test_every_programme_is_answered_once_with_its_rules(cast: Cast) -> None:
    items = await found(cast, **THAI)
    assert list(items) == list(PROGRAMMES)
    assert [code for code, item in items.items() if item["verdict"] == "eligible"] == [
        "ssp-a",
        "ssp-b",
        "ssp-c",
        "ytec-young-talents",
    ]
    assert {one["rule"]: one["holds"] for one in items["ssp-a"]["reasons"]} == {
        "overseas": True,
        "region": True,
        "status": True,
        "age": True,
        "first-stay": True,
    }
    assert "host" in items["ssp-a"]["how_to_apply"]
    assert set(items["lotus"]) == {"programme", "verdict", "reasons", "how_to_apply", "stories", "hosts"}


async def test_hosts_that_worked_with_the_country_are_named_and_those_of_the_field_first(cast: Cast) -> None:
    thai, indian = await cast.member("Anan Suda"), await cast.member("Asha Rao", country="IN")
    await cast.exchange("E-1", [thai], host="Chiba University", fields=["Energy"])
    await cast.exchange("E-2", [thai], host="Chiba University", fields=["Energy"])
    await cast.exchange("E-3", [thai], host="Tohoku University", fields=["Marine Robotics"])
    await cast.exchange("E-4", [indian], host="Kyushu University", fields=["Robotics"])

    async def names(**asked: str) -> list[str]:
        return [host["name"] for host in (await found(cast, **asked))["ssp-a"]["hosts"]]

    assert await names(country="TH") == ["Chiba University", "Tohoku University"]
    assert await names(country="TH", field="robotics") == ["Tohoku University", "Chiba University"]
    assert await names(field="robotics") == ["Kyushu University", "Tohoku University"]
    assert await names(country="KE") == await names() == []
    assert await names(country="KE", home_institution_country="IN") == ["Kyushu University"]


IMPOSSIBLE = (
    ("country", "XX"),
    ("country", "Thailand"),
    ("home_institution_country", "ZZ"),
    ("status", "pensioner"),
    ("age", "-1"),
    ("age", "300"),
    ("age", "twenty"),
    ("been_to_japan", "often"),
    ("field", "x" * 121),
    ("field", "\x00"),
)


async def test_what_is_impossible_is_refused_at_its_field(cast: Cast) -> None:
    async with cast.visitor() as browser:
        for name, value in IMPOSSIBLE:
            answer = await browser.get(FINDER, params={name: value})
            assert (answer.status_code, [e["pointer"] for e in answer.json()["errors"]]) == (422, [f"/{name}"])
        assert (await browser.get(FINDER, params={"country": "th", "age": "", "unknown": "x"})).status_code == 200


async def test_odd_searches_are_words_and_nothing_else(cast: Cast) -> None:
    """(case 50)"""
    await cast.exchange("E-1", [await cast.member("Anan Suda")], fields=["Energy"])
    for odd in ("%", "_", "\\", "'; --", "🌸" * 100, "[[[["):
        assert (await found(cast, field=odd))["ssp-a"]["hosts"] == []


async def test_who_has_the_answer_is_not_sent_it_again_and_it_takes_three_questions(cast: Cast) -> None:
    seen: list[str] = []
    async with cast.visitor() as browser:
        first = await browser.get(FINDER, params=THAI)
        count_statements(cast.running.database, seen)
        again = await browser.get(FINDER, params=THAI, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert len(seen) == 3, seen  # the pages, the hosts, the stories


async def test_programmes_say_their_rules_sources_and_dates(cast: Cast) -> None:
    async with cast.visitor() as browser, cast.visitor(**{"accept-language": "ja"}) as japanese:
        listed = (await browser.get("/api/v1/programmes")).json()
        one = (await browser.get("/api/v1/programmes/lotus")).json()
        other = (await japanese.get("/api/v1/programmes/lotus")).json()
        overview = (await browser.get("/api/v1/programmes/forums")).json()
        missing = [(await browser.get(f"/api/v1/programmes/{slug}")).status_code for slug in ("about", "none", "new")]
    assert [item["slug"] for item in listed["items"]] == list(PROGRAMMES)
    assert listed["next"] is None
    assert [item for item in listed["items"] if item["slug"] == "lotus"] == [one]
    assert one["family"] == "lotus" and one["fiscal_year"] == 2025 and one["call"]["state"] == "unknown"
    assert [rule["rule"] for rule in one["rules"]] == ["overseas", "institution", "status"]
    assert one["html"].startswith("<h2>What it is</h2>")
    assert other["summary"] != one["summary"] and not other["summary"].isascii()
    assert overview["rules"] == []
    assert missing == [404, 404, 404]


async def test_an_organisation_is_called_by_its_name_even_where_it_is_odd(cast: Cast) -> None:
    async with cast.running.database.transaction() as session:
        await organisation(session, "東京海洋大学 <b>", "JP")
    await cast.exchange("E-1", [await cast.member("Anan Suda")], host="東京海洋大学 <b>")
    assert (await found(cast, country="TH"))["ssp-a"]["hosts"][0]["name"] == "東京海洋大学 <b>"


async def test_a_hosts_contact_is_shown_only_with_its_consent_and_goes_with_it(cast: Cast) -> None:
    await cast.exchange("E-1", [await cast.member("Anan Suda")], host="Chiba University")
    said = {"host": "chiba", "contact": "exchange@chiba.example", "consented_on": "2026-11-01", "consent": "By letter"}
    page = "/programmes/finder?country=TH"
    async with cast.visitor() as visitor, await cast.browser(await cast.staff()) as desk:
        assert "exchange@chiba.example" not in (await visitor.get(page)).text
        for wrong in ({"host": "nobody"}, {"contact": "javascript:alert(1)"}, {"consent": ""}):
            assert (await desk.post("/desk/host-contacts", data={**said, **wrong})).status_code == 422
        assert (await desk.post("/desk/host-contacts", data=said)).status_code == 303
        assert 'href="mailto:exchange@chiba.example"' in (await visitor.get(page)).text
        listed = (await desk.get("/desk/host-contacts")).text
        remove = listed.partition('action="/desk/host-contacts/')[2].partition('"')[0]
        assert (await desk.post(f"/desk/host-contacts/{remove}")).status_code == 303
        assert "exchange@chiba.example" not in (await visitor.get(page)).text


async def test_people_who_went_that_way_tell_of_it_those_of_the_country_first(cast: Cast) -> None:
    editor = await cast.browser(await cast.holder("Emi Editor", "editor", country="JP"))
    told = {}
    for name, country in (("Wanjiru One", "KE"), ("Anan Two", "TH"), ("Bui Three", "VN")):
        author = await cast.member(name, country=country)
        await cast.exchange(f"E-{country}", [author], programme="ssp-b")
        title = f"How {name} came"
        told[country] = await published(cast, author, editor, title=title, exchange=f"E-{country}")
    hidden = await cast.member("Hidden Four", country="KE")
    await cast.exchange("E-4", [hidden], programme="ssp-b")
    _browser, unpublished = await begun(cast, hidden, title="Not yet", exchange="E-4")

    assert (await found(cast, country="KE"))["ssp-b"]["stories"] == 1
    assert (await found(cast, country="FJ"))["ssp-b"]["stories"] == 0
    assert (await found(cast))["ssp-b"]["stories"] == 3
    async with cast.visitor() as visitor:
        kenyan = (await visitor.get("/programmes/finder?country=KE&status=graduate")).text
        fijian = (await visitor.get("/programmes/finder?country=FJ&status=graduate")).text
        assert kenyan.index(f"/stories/{told['KE']}") < kenyan.index(f"/stories/{told['VN']}")
        assert f"/stories/{told['TH']}" not in kenyan and unpublished not in kenyan
        assert f"/stories/{told['VN']}" in fijian  # nobody of hers has written: others went the same way
        assert (await editor.post(f"/api/v1/stories/{told['KE']}/withdraw")).status_code == 200
        assert told["KE"] not in (await visitor.get("/programmes/finder?country=KE&status=graduate")).text


async def test_who_works_elsewhere_is_told_that_the_courses_are_not_for_her_and_whom_to_ask(cast: Cast) -> None:
    """The sources speak of "others engaged in science" in general; the table of the courses does not (courses.py)."""
    items = await found(cast, country="FJ", status="professional", age=30, been_to_japan="false")
    verdicts = {code: item["verdict"] for code, item in items.items()}
    assert {verdicts[code] for code in ("ssp-a", "ssp-b", "ssp-c", "ssp-d")} == {"not"}
    assert verdicts["ssp-supporters"] == "ask"


async def test_other_ways_to_japan_say_whose_they_are_and_are_an_editors_to_correct(cast: Cast) -> None:
    asked = "/programmes/finder?country=JP&status=graduate&age=24"
    words = {"number": 0, "name": "Elsewhere", "summary": "Who else helps.", "body": "- [JSPS](https://jsps.example/)"}
    async with cast.visitor() as browser, await cast.browser(await cast.holder("Ed Itor", "editor")) as desk:
        released = (await browser.get(asked)).text
        assert released.count("Run by") == 4 and "Nobody of the club has looked yet" in released
        corrected = await desk.put("/api/v1/programmes/elsewhere/texts/en", json=words)
        assert corrected.status_code == 200
        page = (await browser.get(asked)).text
        assert 'href="https://jsps.example/"' in page and "Run by" not in page
        fitting = (await browser.get("/programmes/finder?country=TH&status=graduate&age=24&been_to_japan=false")).text
        assert "jsps.example" not in fitting
        assert "Who else helps." in (await browser.get("/programmes/elsewhere")).text


async def test_only_hosts_that_are_named_are_said_to_know_her_country_or_her_field(cast: Cast) -> None:
    kenyan = await cast.member("Faith Mwangi", country="KE")
    await cast.exchange("E-1", [kenyan], host="RIKEN", fields=["Clay"])
    country, field = "have worked with your country before", "have worked in your field"
    said = {}
    async with cast.visitor() as browser:
        for place, named in (("KE", ""), ("FJ", "Clay"), ("FJ", "Ice")):
            asked = f"country={place}&field={named}&status=graduate&age=24&been_to_japan=false"
            page = (await browser.get(f"/programmes/finder?{asked}")).text
            said[place, named] = (country in page, field in page, "RIKEN" in page)
    assert said == {
        ("KE", ""): (True, False, True),
        ("FJ", "Clay"): (False, True, True),
        ("FJ", "Ice"): (False, False, False),
    }


async def test_the_letter_names_the_hosts_that_worked_with_her_country(cast: Cast) -> None:
    await cast.exchange("E-1", [await cast.member("Faith Mwangi", country="KE")], host="RIKEN")
    answers = "&status=graduate&age=24&been_to_japan=false"
    async with cast.visitor() as browser:
        kenyan = (await browser.get(f"/programmes/finder/letter?country=KE{answers}")).text
        fijian = (await browser.get(f"/programmes/finder/letter?country=FJ{answers}")).text
    assert "Hosts in Japan that have worked with our country: RIKEN." in kenyan
    assert "私たちの国から受け入れたことのある日本の機関：RIKEN" in kenyan
    assert "RIKEN" not in fijian and "By its rules I could take part in:" in fijian


async def test_every_page_of_the_guide_says_for_which_year_it_holds_and_when_it_was_checked(cast: Cast) -> None:
    async with cast.visitor() as browser:
        for path in ("ssp", "lotus", "nexus", "forums", "ssp-d", "ytec-leadership"):
            page = (await browser.get(f"/programmes/{path}")).text
            assert "For fiscal year 2025, last checked on" in page, path
        assert "For fiscal year 2025, last checked on" in (await browser.get("/about")).text

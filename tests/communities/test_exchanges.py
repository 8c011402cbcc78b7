"""Exchanges, cohorts and organisations: what the public sees, and what is for one's own cohort alone."""

from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from ssc.core import clock, ids, text
from ssc.directory import actions as directory
from ssc.people.models import Member
from ssc.programmes.models import ExchangeSending, Organisation, OrganisationName
from tests.cast import Cast, organisation
from tests.communities.rooms import approved, joined, opened, proposed
from tests.stories.tales import published


async def codes(browser: httpx.AsyncClient, **query: Any) -> list[str]:
    found: list[str] = []
    cursor = None
    while True:
        params = {"limit": 2, **query, **({"cursor": cursor} if cursor else {})}
        answer = (await browser.get("/api/v1/exchanges", params=params)).raise_for_status().json()
        found += [one["code"] for one in answer["items"]]
        cursor = answer["next"]
        if cursor is None:
            return found


@pytest.fixture
async def cohort(cast: Cast) -> dict[str, Member]:
    """Eight people of one exchange: four of them are here."""
    people = {
        "anan": await cast.member("Anan Suda", fields=["Robotics"]),
        "bela": await cast.member("Bela Adult", fields=["robotics"], country="VN"),
        "mina": await cast.minor(),
        "hidden": await cast.member("Hidden Hart", visibility={"name": "me"}),
        "una": await cast.member("Una Claimed", claimed=False),
        "young": await cast.minor("Young Unclaimed", claimed=False),
        "quiet": await cast.member("Quiet Unclaimed", claimed=False, do_not_contact=True),
        "late": await cast.member("Late Unclaimed", claimed=False, deceased=True),
    }
    await cast.exchange("SSP-A-2023-1", list(people.values()), title="A week in Chiba", fields=["Energy"])
    return people


async def test_a_cohort_sees_who_is_here_and_who_is_missing(cast: Cast, cohort: dict[str, Member]) -> None:
    shown = (await (await cast.browser(cohort["anan"])).get("/api/v1/exchanges/SSP-A-2023-1")).json()
    assert shown == {
        "code": "SSP-A-2023-1",
        "title": "A week in Chiba",
        "programme": "ssp-a",
        "fiscal_year": 2023,
        "starts_on": "2023-10-02",
        "ends_on": "2023-10-08",
        "host": "Chiba University",
        "sending": [],
        "countries": ["TH", "VN"],
        "fields": ["Energy"],
        "participants": 8,
        "here": 4,
        "report_url": None,
        "joined": [
            {"handle": "bela-adult", "name": "Bela Adult", "photo": None},
            {"handle": "anan-suda", "name": "Anan Suda", "photo": None},
            {"handle": "mina-minor", "name": "Mina Minor", "photo": None},
        ],
        "missing": [{"id": shown["missing"][0]["id"], "name": "Una Claimed"}],
    } | {"joined": shown["joined"]}
    assert {one["name"] for one in shown["joined"]} == {"Anan Suda", "Bela Adult", "Mina Minor"}


async def test_everybody_else_sees_the_exchange_without_its_people(cast: Cast, cohort: dict[str, Member]) -> None:
    """The two minors are not counted for those who may not see them."""
    stranger = await cast.member("Stan Stranger")
    expected = {
        "visitor": (cast.visitor(), 6),
        "stranger": (await cast.browser(stranger), 6),
        "coordinator of others": (await cast.browser(await cast.coordinator("IN", "Other Olsen")), 6),
        "coordinator": (await cast.browser(await cast.coordinator("TH")), 8),
        "staff": (await cast.browser(await cast.staff()), 8),
    }
    for who, (browser, number) in expected.items():
        shown = (await browser.get("/api/v1/exchanges/SSP-A-2023-1")).json()
        listed = (await browser.get("/api/v1/exchanges")).json()["items"]
        assert [shown["participants"], listed[0]["participants"]] == [number, number], who
        assert [shown["here"], listed[0]["here"]] == [number // 2, number // 2], who
        assert {"joined", "missing"} & {*shown, *listed[0]} == set(), who
        page = (await browser.get("/exchanges/SSP-A-2023-1")).text
        assert [one.name for one in cohort.values() if one.name in page] == [], who


async def test_the_blocked_and_the_hidden_are_not_among_the_joined(cast: Cast, cohort: dict[str, Member]) -> None:
    anan = await cast.browser(cohort["anan"])

    async def joined() -> list[str]:
        return [one["name"] for one in (await anan.get("/api/v1/exchanges/SSP-A-2023-1")).json()["joined"]]

    assert "Bela Adult" in await joined()
    await cast.block(cohort["bela"], cohort["anan"])
    assert "Bela Adult" not in await joined()
    assert "Hidden Hart" in [
        one["name"]
        for one in (await (await cast.browser(cohort["hidden"])).get("/api/v1/exchanges/SSP-A-2023-1")).json()["joined"]
    ]


async def test_the_cohorts_page_names_the_missing_and_the_next_step(cast: Cast, cohort: dict[str, Member]) -> None:
    page = (await (await cast.browser(cohort["anan"])).get("/exchanges/SSP-A-2023-1")).text
    for part in ("3 of 8 are here", "Una Claimed", "1 is still missing", "Your field: robotics", "Copy the link"):
        assert part in page, part
    for name in ("Young Unclaimed", "Quiet Unclaimed", "Late Unclaimed", "Hidden Hart"):
        assert name not in page
    public = (await cast.visitor().get("/exchanges/SSP-A-2023-1")).text
    assert "Were you there?" in public and "3 of 6 are here" in public  # minors are not counted for strangers
    await cast.exchange("SSP-A-2023-9", [cohort["una"]])
    assert "0 of 1 are here" in (await cast.visitor().get("/exchanges/SSP-A-2023-9")).text  # before anyone has joined


@pytest.mark.parametrize("code", ["none", "%00", "x" * 61, "a%0Ab", "é"])
async def test_an_exchange_that_is_none_is_404(cast: Cast, cohort: dict[str, Member], code: str) -> None:
    for browser in (cast.visitor(), await cast.browser(cohort["anan"])):
        assert (await browser.get("/api/v1/exchanges/SSP-A-2023-1")).status_code == 200
        assert (await browser.get(f"/api/v1/exchanges/{code}")).status_code == 404


async def test_exchanges_are_filtered_and_come_latest_first(cast: Cast) -> None:
    thai, indian = await cast.member("Thai One"), await cast.member("Indian One", country="IN")
    await cast.exchange("A-2022", [thai], fiscal_year=2022, fields=["Robotics"])
    await cast.exchange("B-2023", [indian], fiscal_year=2023, programme="lotus", host="Kyoto University")
    await cast.exchange("C-2023", [thai, indian], fiscal_year=2023, host="Kyoto University", fields=["Energy"])
    visitor = cast.visitor()
    for query, expected in (
        ({}, ["B-2023", "C-2023", "A-2022"]),
        ({"country": "TH"}, ["C-2023", "A-2022"]),
        ({"country": "th", "fiscal_year": 2023}, ["C-2023"]),
        ({"programme": "lotus"}, ["B-2023"]),
        ({"host": "kyoto"}, ["B-2023", "C-2023"]),
        ({"field": "ROBOTICS"}, ["A-2022"]),
        ({"field": "%"}, []),
        ({"host": "%"}, []),
        ({"fiscal_year": ""}, ["B-2023", "C-2023", "A-2022"]),
    ):
        assert await codes(visitor, **query) == expected, query
    for bad in ({"fiscal_year": "x"}, {"cursor": "x"}, {"limit": 0}, {"host": "\0"}):
        assert (await visitor.get("/api/v1/exchanges", params=bad)).status_code == 422, bad
    assert (await visitor.get("/exchanges?country=TH&host=nowhere")).status_code == 200


async def test_organisations_stand_under_all_their_names(cast: Cast) -> None:
    members = [await cast.member(f"Member{n} Moon") for n in range(3)]
    minor = await cast.minor()
    made = await cast.exchange("A-1", [*members[:2], minor])
    await cast.exchange("B-1", members[1:])
    async with cast.running.database.transaction() as session:
        sender = await organisation(session, "Chulalongkorn University", "TH")
        session.add(ExchangeSending(exchange_id=made.id, organisation_id=sender.id))
        host = await session.scalar(select(Organisation).where(Organisation.name == "Chiba University"))
        assert host is not None
        session.add(
            OrganisationName(id=ids.new(), organisation_id=host.id, name="千葉大学", key=text.plain("千葉大学"))
        )
        await organisation(session, "Nobody's University", "TH")
        await directory.refresh_all(session)
    visitor = cast.visitor()
    answer = (await visitor.get("/api/v1/organisations")).json()
    assert answer == {
        "items": [
            {
                "id": str(host.id),
                "name": "Chiba University",
                "names": ["Chiba University", "千葉大学"],
                "country": "JP",
                "roles": ["host"],
                "exchanges": 2,
                "people": 3,
            },
            {
                "id": str(sender.id),
                "name": "Chulalongkorn University",
                "names": ["Chulalongkorn University"],
                "country": "TH",
                "roles": ["sending"],
                "exchanges": 1,
                "people": 2,
            },
        ],
        "next": None,
    }
    for query, names in (
        ({"q": "千葉"}, ["Chiba University"]),
        ({"q": "UNIVERSITY"}, ["Chiba University", "Chulalongkorn University"]),
        ({"role": "sending"}, ["Chulalongkorn University"]),
        ({"country": "jp"}, ["Chiba University"]),
        ({"q": "%"}, []),
    ):
        found = (await visitor.get("/api/v1/organisations", params=query)).json()["items"]
        assert [one["name"] for one in found] == names, query
    assert (await visitor.get("/api/v1/organisations", params={"role": "friend"})).status_code == 422
    first = (await visitor.get("/api/v1/organisations", params={"limit": 1})).json()
    second = (await visitor.get("/api/v1/organisations", params={"limit": 1, "cursor": first["next"]})).json()
    assert [second["items"][0]["name"], second["next"]] == ["Chulalongkorn University", None]
    for host_filter in ("chiba", str(host.id), "千葉大学"):
        browser = await cast.browser(members[0])
        found = (await browser.get("/api/v1/members", params={"host": host_filter})).json()
        assert found["total"] == 4, host_filter
    assert (await browser.get("/api/v1/members", params={"sending": "chula"})).json()["total"] == 3


async def test_public_reads_have_a_tag_and_private_ones_are_not_kept(cast: Cast, cohort: dict[str, Member]) -> None:
    visitor, anan = cast.visitor(), await cast.browser(cohort["anan"])
    for path in ("/exchanges", "/exchanges/SSP-A-2023-1", "/organisations", "/members"):
        public = await visitor.get(f"/api/v1{path}")
        again = await visitor.get(f"/api/v1{path}", headers={"if-none-match": public.headers["etag"]})
        private = await anan.get(f"/api/v1{path}", headers={"if-none-match": public.headers["etag"]})
        assert (public.headers["cache-control"], again.status_code) == ("public, no-cache", 304)
        assert (private.status_code, private.headers["cache-control"]) == (200, "private, no-store")
        assert "Cookie" in public.headers["vary"]


async def test_a_cohort_leads_to_the_topic_groups_of_its_field_and_what_goes_on_there(cast: Cast) -> None:
    anan, bela = await cast.member("Anan Suda"), await cast.member("Bela Adult")
    await cast.exchange("X-1", [anan], fields=["Solar Energy", "Water"])
    anans, belas = await cast.browser(anan), await cast.browser(bela)
    moderator = await cast.browser(await cast.holder("Mod Erator", "moderator", country="JP"))
    coras = await cast.browser(await cast.coordinator("TH"))
    assert "/groups/new?field=Solar%20Energy" in (await anans.get("/exchanges/X-1")).text
    assert 'value="Solar Energy"' in (await anans.get("/groups/new?field=Solar%20Energy")).text
    slug = await approved(belas, moderator, "Perovskite cells", field="solar energy")
    await approved(belas, moderator, "Robots", field="Robotics")
    await proposed(belas, "Not yet", field="Water")
    await opened(belas, "Which furnace?", f"groups/{slug}")
    await event(coras, title="Solar energy evening")
    path = "/api/v1/exchanges/X-1/relations"
    told = (await anans.get(path)).json()
    assert told["chapters"] == [{"country": "TH", "name": "Thailand"}]
    (group,) = told["groups"]
    assert (group["group"]["slug"], group["group"]["members"], group["group"]["membership"]) == (slug, 1, "none")
    assert (group["opened_lately"], group["latest"], group["event"]["title"]) == (1, None, "Solar energy evening")
    page = (await anans.get("/exchanges/X-1")).text
    assert f'href="/groups/{slug}"' in page
    assert "Which furnace?" not in page
    await joined(anans, slug)
    assert (await anans.get(path)).json()["groups"][0]["latest"]["title"] == "Which furnace?"
    assert "Which furnace?" in (await anans.get("/exchanges/X-1")).text
    await cast.block(anan, bela)
    blocked = (await (await cast.browser(anan)).get(path)).json()["groups"][0]
    assert (blocked["opened_lately"], blocked["latest"]) == (0, None)
    assert (await cast.visitor().get(path)).json()["groups"] == []
    assert "Topic groups" not in (await cast.visitor().get("/exchanges/X-1")).text
    assert (await anans.get("/api/v1/exchanges/NONE/relations")).status_code == 404


async def test_the_next_event_of_a_field_is_found_behind_fifty_others_and_takes_place(cast: Cast) -> None:
    """The exchange's page and the group's own speak of the same one; a cancelled one is not to come."""
    anan = await cast.member("Anan Suda")
    await cast.exchange("X-1", [anan], fields=["Solar Energy", "Robotics"])
    anans, moderator = await cast.browser(anan), await cast.browser(await cast.holder("Mod Erator", "moderator"))
    slug = await approved(anans, moderator, "Perovskite cells", field="Solar Energy")
    other = await approved(anans, moderator, "Arms and hands", field="Robotics")
    coras = await cast.browser(await cast.coordinator("TH"))
    for number in range(50):
        await event(coras, title=f"Alumni evening {number}")
    called_off = await event(coras, title="Solar energy, called off")
    assert (await coras.post(f"/api/v1/events/{called_off}/cancel", json={"reason": "Flood"})).is_success
    found = await event(coras, title="Solar energy evening", days=60)
    groups = (await anans.get("/api/v1/exchanges/X-1/relations")).json()["groups"]
    events = {one["group"]["slug"]: one["event"] and one["event"]["slug"] for one in groups}
    assert events == {slug: found, other: None}
    assert [one["slug"] for one in (await anans.get(f"/api/v1/groups/{slug}")).json()["upcoming"]] == [found]


async def event(coordinator: httpx.AsyncClient, days: int = 40, **more: Any) -> str:
    """A public event of Thailand in some weeks."""
    starts = clock.now() + timedelta(days=days)
    form = {
        "country": "TH",
        "starts_at": starts.isoformat(),
        "ends_at": (starts + timedelta(hours=2)).isoformat(),
        "time_zone": "Asia/Bangkok",
        "audience": "public",
        **more,
    }
    made = await coordinator.post("/api/v1/events", json=form)
    assert made.status_code == 201, made.text
    slug = str(made.json()["slug"])
    assert (await coordinator.post(f"/api/v1/events/{slug}/publish")).is_success
    return slug


async def test_a_quiet_cohort_shows_its_relations_and_what_goes_on_there(cast: Cast) -> None:
    """The nearest first; who joined there is named as far as the reader may see her, and that she was there."""
    anan = await cast.member("Anan Suda")
    newcomers = {
        "open": await cast.member("Nida New"),
        "hidden": await cast.member("Hidden Hart", visibility={"exchanges": "me"}),
        "minor": await cast.minor(),
        "long": await cast.member("Lena Long", joined_at=clock.now() - timedelta(days=200)),
    }
    await cast.exchange("SSP-A-2023-1", [anan], host="Chiba University", fields=["Energy"])
    await cast.exchange("SSP-A-2019-1", list(newcomers.values()), title="Older week", host="Chiba University")
    await cast.exchange("SSP-A-2020-1", title="Other host", host="Kobe University", fields=["Energy", "Water"])
    await cast.exchange("SSP-A-2021-1", title="Nothing shared", host="Kobe University", fields=["Robotics"])
    shown = {}
    for who, browser in {"mate": await cast.browser(anan), "visitor": cast.visitor()}.items():
        page = (await browser.get("/exchanges/SSP-A-2023-1")).text
        shown[who] = page[page.index("Its relations") :]
    assert shown["mate"].index("Older week") < shown["mate"].index("Other host")
    assert "Nothing shared" not in shown["mate"]
    assert "Joined lately: Nida New<" in shown["mate"]
    assert [one.name for one in newcomers.values() if one.name in shown["visitor"]] == []
    editor = await cast.browser(await cast.holder("Eddy Editor", "editor"))
    slug = await published(cast, newcomers["open"], editor, title="What I saw there", exchange="SSP-A-2019-1")
    for browser in (await cast.browser(anan), cast.visitor()):
        page = (await browser.get("/exchanges/SSP-A-2023-1")).text
        assert f'Told from there: <a href="/stories/{slug}"><bdi>What I saw there</bdi></a>' in page


async def test_a_page_says_when_its_count_leaves_minors_out(cast: Cast) -> None:
    """Nobody reads that one person took part in a journey of seven, or that all of one are here."""
    sue, minor = await cast.member("Sue Supervisor"), await cast.minor()
    made = await cast.exchange("HS-1", [minor], programme="ssp-high-school", title="さくら 2024")
    await cast.takes_part(made, sue, role="supervisor")
    stranger = await cast.browser(await cast.member("Stan Stranger"))
    for browser in (cast.visitor(), stranger):
        page, listed = (await browser.get("/exchanges/HS-1")).text, (await browser.get("/exchanges")).text
        assert "1 adult (minors are not counted)" in page
        assert "1 of 1 are here" not in page
        assert "1 adult took part" in listed
    for member in (sue, await cast.staff(), await cast.coordinator("TH")):
        browser = await cast.browser(member)
        page, listed = (await browser.get("/exchanges/HS-1")).text, (await browser.get("/exchanges")).text
        assert "2 of 2 are here" in page
        assert [words for words in ("not counted", "adult took part") if words in page + listed] == []
        assert "2 people took part" in listed


async def test_days_and_numbers_stay_on_one_line_and_say_once_what_they_share(cast: Cast) -> None:
    anan = await cast.member("Anan Suda")
    await cast.exchange("X-1", [anan], host="R & <b>D</b>", starts_on=date(2024, 6, 5), ends_on=date(2024, 6, 11))
    await cast.exchange("X-2", [anan], starts_on=date(2026, 1, 28), ends_on=date(2026, 2, 2))
    page = (await cast.visitor().get("/exchanges/X-1")).text
    lead = 'R &amp; &lt;b&gt;D&lt;/b&gt;\N{NO-BREAK SPACE}· <span class="unbroken">5–11 Jun 2024</span></p>'
    assert lead in page
    assert (
        '<span class="unbroken">28 Jan\N{THIN SPACE}–\N{THIN SPACE}2 Feb 2026</span>'
        in (await cast.visitor().get("/exchanges/X-2")).text
    )
    chapter = (await cast.visitor().get("/chapters/TH")).text
    assert '<span class="unbroken">1 exchange</span>' in chapter
    japanese = await cast.visitor().get("/exchanges/X-1", headers={"accept-language": "ja"})
    assert "2024年6月5日～11日" in japanese.text

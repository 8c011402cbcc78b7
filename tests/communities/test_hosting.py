"""Hosts: who enters by whose invitation, who acts for whom, and what one learns of visitors."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from ssc.core import clock
from ssc.core.audit import AuditEntry
from ssc.core.config import Settings
from ssc.people.actions import suspend
from ssc.people.models import Member
from tests.cast import Cast
from tests.communities.albums import put, statuses

LINK = "http://localhost:8000/invitations/"


@pytest.fixture
async def people(cast: Cast) -> dict[str, Member]:
    """Professor Hana hosted X-1; Chiba University hosted X-1 and X-2, Kobe University K-1."""
    found = {
        "hana": await cast.member("Hana Host", country="JP"),
        "ann": await cast.member("Ann Able", affiliation="Mahidol University", headline="Postdoc", lives_in="JP"),
        "bob": await cast.member("Bob Baker", affiliation="Secret Labs"),
        "una": await cast.member("Una Unclaimed", claimed=False),
        "sekine": await cast.member("Sekine Secretary", country="JP"),
        "stan": await cast.member("Stan Stranger"),
        "staff": await cast.staff(),
    }
    made = await cast.exchange("X-1", [found["ann"], found["bob"], found["una"]], title="A week in Chiba")
    await cast.takes_part(made, found["hana"], role="host")
    await cast.exchange("X-2", [found["bob"], await cast.minor()])
    await cast.exchange("K-1", [found["stan"]], host="Kobe University")
    return found


@pytest.fixture
async def browsers(cast: Cast, people: dict[str, Member]) -> dict[str, httpx.AsyncClient]:
    return {who: await cast.browser(one) for who, one in people.items() if one.joined_at}


async def own(browser: httpx.AsyncClient) -> dict[str, Any]:
    items = (await browser.get("/api/v1/me/exchanges")).raise_for_status().json()["items"]
    return {one["code"]: (one["parts"], one["hosts"], one["here"], one["all"]) for one in items}


async def visitors(browser: httpx.AsyncClient, code: str = "X-1") -> Any:
    answer = await browser.get(f"/api/v1/me/exchanges/{code}/visitors")
    return answer.json() if answer.status_code == 200 else answer.status_code


async def agrees(browser: httpx.AsyncClient, given: bool = True) -> None:
    (await browser.patch("/api/v1/me/preferences", json={"hosts_see": given})).raise_for_status()


async def ask(browser: httpx.AsyncClient, name: str, email: str, way: str = "me/secretaries", **more: Any) -> int:
    return (await browser.post(f"/api/v1/{way}", json={"name": name, "email": email, **more})).status_code


async def accept(browser: httpx.AsyncClient) -> None:
    for one in (await browser.get("/api/v1/me/host-seats")).json()["items"]:
        assert (await browser.put(f"/api/v1/me/host-seats/{one['id']}/acceptance")).status_code == 204


async def test_a_host_sees_her_exchanges_and_who_came(browsers: dict[str, httpx.AsyncClient]) -> None:
    assert await own(browsers["hana"]) == {"X-1": (["host"], True, 2, 3)}
    assert await own(browsers["ann"]) == {"X-1": (["participant"], False, 2, 3)}
    found = await visitors(browsers["hana"])
    assert {name: found[name] for name in ("all", "here", "missing")} == {"all": 3, "here": 2, "missing": 1}
    assert [(one["member"]["name"], one["now"]) for one in found["items"]] == [("Ann Able", None), ("Bob Baker", None)]
    page = (await browsers["hana"].get("/me/exchanges/X-1")).text
    assert "2 of 3 are here" in page and "Una Unclaimed" not in page
    assert "Who came, and how they are" in (await browsers["hana"].get("/me/exchanges")).text
    for who in ("ann", "bob", "stan", "staff", "sekine"):
        assert await visitors(browsers[who]) == 404, who
        assert (await browsers[who].get("/me/exchanges/X-1")).status_code == 404, who
        assert (await browsers[who].get("/me/secretaries")).status_code == 404, who


async def test_what_became_of_a_visitor_is_hers_to_tell_and_to_take_back(
    cast: Cast, people: dict[str, Member], browsers: dict[str, httpx.AsyncClient]
) -> None:
    """Off until she chooses it; never what is for herself alone."""
    assert (await browsers["ann"].get("/api/v1/me/preferences")).json()["hosts_see"] is False
    await agrees(browsers["ann"])
    ann = (await visitors(browsers["hana"]))["items"][0]
    assert {name: ann["now"][name] for name in ("headline", "affiliation", "lives_in")} == {
        "headline": "Postdoc",
        "affiliation": "Mahidol University",
        "lives_in": "JP",
    }
    page = (await browsers["hana"].get("/me/exchanges/X-1")).text
    assert "Mahidol University" in page and "Secret Labs" not in page
    await cast.change(people["ann"], visibility={"affiliation": "me"})
    assert "affiliation" not in (await visitors(browsers["hana"]))["items"][0]["now"]
    await agrees(browsers["ann"], False)
    assert (await visitors(browsers["hana"]))["items"][0]["now"] is None
    async with cast.running.database.reading() as session:
        rows = await session.scalars(select(AuditEntry.details).where(AuditEntry.action == "hosts-see.choose"))
        assert [row["given"] for row in rows] == [True, False]


async def test_the_question_is_asked_once_after_the_claim_and_stands_in_the_preferences(
    cast: Cast, people: dict[str, Member], browsers: dict[str, httpx.AsyncClient]
) -> None:
    assert 'name="hosts_see"' in (await browsers["ann"].get("/welcome")).text
    answered = await browsers["ann"].post("/welcome", data={"name": "members", "hosts_see": "true"})
    assert answered.status_code == 303
    assert (await visitors(browsers["hana"]))["items"][0]["now"] is not None
    page = (await browsers["ann"].get("/me/preferences")).text
    assert 'name="hosts_see"' in page
    fields = {"language": "en", "time_zone": "Asia/Tokyo", "contact": "nobody"}
    assert (await browsers["ann"].post("/me/preferences", data=fields)).status_code == 303
    assert (await visitors(browsers["hana"]))["items"][0]["now"] is None
    minors = await cast.browser(await cast.minor("Nina Minor"))
    assert 'name="hosts_see"' not in (await minors.get("/welcome")).text
    assert 'name="hosts_see"' not in (await minors.get("/me/preferences")).text


async def test_a_secretary_has_the_hosts_rights_until_either_ends_it(
    cast: Cast, people: dict[str, Member], browsers: dict[str, httpx.AsyncClient]
) -> None:
    await agrees(browsers["ann"])
    photo = await put(browsers["ann"])
    assert await ask(browsers["hana"], "S. Sekine", "sekine-secretary@example.org") == 202
    (waiting,) = (await browsers["hana"].get("/api/v1/me/secretaries")).json()["items"]
    assert (waiting["name"], waiting["state"]) == ("S. Sekine", "waiting")
    assert [await visitors(browsers["sekine"]), await own(browsers["sekine"])] == [404, {}]
    notices = (await browsers["sekine"].get("/api/v1/notifications")).json()["items"]
    assert [one["text"] for one in notices] == ["Hana Host asks you to look after her or his exchanges."]
    assert "Hana Host" in (await browsers["sekine"].get("/me/exchanges")).text
    await accept(browsers["sekine"])
    assert await own(browsers["sekine"]) == {"X-1": (["secretary"], True, 2, 3)}
    assert (await visitors(browsers["sekine"]))["items"][0]["now"]["affiliation"] == "Mahidol University"
    assert await statuses(browsers["sekine"], photo) == [200] * 4
    assert await ask(browsers["sekine"], "Another One", "another@example.org") == 404  # who acts for a host is none
    assert (await browsers["sekine"].delete(f"/api/v1/me/secretaries/{waiting['id']}")).status_code == 404
    assert (await browsers["stan"].delete(f"/api/v1/me/host-seats/{waiting['id']}")).status_code == 404
    ended = await browsers["hana"].post(f"/me/secretaries/{waiting['id']}/end")
    assert ended.status_code == 303
    assert [await visitors(browsers["sekine"]), await own(browsers["sekine"])] == [404, {}]
    assert await statuses(browsers["sekine"], photo) == [404] * 4
    assert await ask(browsers["hana"], "S. Sekine", "sekine-secretary@example.org") == 202
    await accept(browsers["sekine"])
    (seat,) = (await browsers["sekine"].get("/api/v1/me/host-seats")).json()["items"]
    assert (await browsers["sekine"].post(f"/me/host-seats/{seat['id']}/end")).status_code == 303
    assert await visitors(browsers["sekine"]) == 404
    assert (await browsers["hana"].get("/api/v1/me/secretaries")).json()["items"] == []
    async with cast.running.database.reading() as session:
        acts = await session.scalars(
            select(AuditEntry.action).where(AuditEntry.action.like("host-seat.%")).order_by(AuditEntry.id)
        )
        assert list(acts) == ["host-seat.offer", "host-seat.accept", "host-seat.end"] * 2


async def test_a_secretarys_rights_end_with_the_hosts(
    cast: Cast, people: dict[str, Member], browsers: dict[str, httpx.AsyncClient]
) -> None:
    await ask(browsers["hana"], "S. Sekine", "sekine-secretary@example.org")
    await accept(browsers["sekine"])
    assert (await visitors(browsers["sekine"]))["all"] == 3
    async with cast.running.database.transaction() as session:
        await suspend(session, people["hana"].id, by="cli", reason="x", until=clock.now() + timedelta(days=1))
    assert await visitors(browsers["sekine"]) == 404


async def test_whether_an_address_has_an_account_is_not_told(browsers: dict[str, httpx.AsyncClient]) -> None:
    assert await ask(browsers["hana"], "Somebody", "sekine-secretary@example.org") == 202
    assert await ask(browsers["hana"], "Somebody", "nobody-yet@example.org") == 202
    known, new = (await browsers["hana"].get("/api/v1/me/secretaries")).json()["items"]
    for one in (known, new):
        one.pop("id"), one.pop("created_at")
    assert known == new
    assert await ask(browsers["hana"], "Somebody", "nobody-yet@example.org") == 409
    assert await ask(browsers["hana"], "Hana", "hana-host@example.org") == 422
    assert await ask(browsers["hana"], "", "x@example.org") == 422
    assert await ask(browsers["hana"], "Third", "third@example.org") == 202
    assert await ask(browsers["hana"], "Fourth", "fourth@example.org") == 409


async def test_staff_invite_a_host_by_a_japanese_letter_and_the_claim_takes_the_seat(
    cast: Cast, browsers: dict[str, httpx.AsyncClient]
) -> None:
    form = {
        "name": "Chie Contact",
        "email": "chie@chiba-u.example",
        "organisation": "Chiba University",
        "language": "ja",
    }
    for who in ("hana", "ann"):
        assert (await browsers[who].post("/desk/hosts", data=form)).status_code == 403
    assert (await browsers["staff"].post("/desk/hosts", data=form)).status_code == 303
    await cast.run_jobs()
    letter = cast.letters()[-1]
    assert "Chiba University" in letter.text and "受け入れ" in letter.text
    secret = letter.text.split(LINK)[1].split()[0]
    newcomer = cast.visitor()
    claimed = await newcomer.post(
        f"/api/v1/invitations/{secret}/accept", json={"terms": True, "birth_date": "1970-01-02", "handle": "chie"}
    )
    assert claimed.status_code in (200, 201), claimed.text
    assert await own(newcomer) == {"X-1": (["contact"], True, 2, 3), "X-2": (["contact"], True, 1, 1)}
    assert [one["member"]["name"] for one in (await visitors(newcomer, "X-2"))["items"]] == ["Bob Baker"]
    assert await visitors(newcomer, "K-1") == 404
    assert (await newcomer.get("/exchanges/X-2/album")).status_code == 404  # a minor was there, and she was not
    assert (await newcomer.get("/exchanges/X-1/album")).status_code == 200
    assert (await browsers["staff"].post("/desk/hosts", data=form)).status_code == 422
    (seat,) = (await browsers["staff"].get("/api/v1/hosts")).json()["items"]
    assert (seat["organisation"], seat["state"]) == ("Chiba University", "accepted")
    assert "Chie Contact" in (await browsers["staff"].get("/desk/hosts")).text
    assert (await browsers["staff"].delete(f"/api/v1/hosts/{seat['id']}")).status_code == 204
    assert await own(newcomer) == {}


async def test_consent_opens_no_minor_to_who_was_not_there(
    cast: Cast, people: dict[str, Member], browsers: dict[str, httpx.AsyncClient]
) -> None:
    async with cast.running.database.transaction() as session:
        mina = await session.scalar(select(Member).where(Member.handle == "mina-minor"))
        assert mina is not None
        mina.hosts_see = True
    assert await ask(browsers["staff"], "Sekine", "sekine-secretary@example.org", "hosts", organisation="Chiba") == 202
    await accept(browsers["sekine"])
    found = await visitors(browsers["sekine"], "X-2")
    assert [one["member"]["name"] for one in found["items"]] == ["Bob Baker"]
    assert (found["all"], found["here"]) == (1, 1)
    await cast.change(mina, birth_date=clock.today_in_japan() - timedelta(days=19 * 366))
    found = await visitors(browsers["sekine"], "X-2")
    assert [one["member"]["name"] for one in found["items"]] == ["Bob Baker", "Mina Minor"]


async def test_staff_put_a_host_onto_an_exchanges_roster(
    cast: Cast, people: dict[str, Member], browsers: dict[str, httpx.AsyncClient]
) -> None:
    assert await ask(browsers["staff"], "Stan", "stan-stranger@example.org", "hosts", exchange="X-1") == 202
    assert (await own(browsers["stan"]))["X-1"][:2] == (["host"], True)
    assert (await browsers["stan"].get("/api/v1/exchanges/X-1")).json()["thread_id"]
    assert await ask(browsers["staff"], "Stan", "stan-stranger@example.org", "hosts", exchange="X-1") == 409
    for wrong in ({}, {"exchange": "NONE"}, {"organisation": "Nowhere"}, {"organisation": "University"}):
        assert await ask(browsers["staff"], "Stan", "stan-stranger@example.org", "hosts", **wrong) == 422, wrong


async def test_own_exchanges_come_in_pages(cast: Cast, people: dict[str, Member]) -> None:
    for year in (2019, 2021, 2020):
        await cast.exchange(f"Y-{year}", [people["stan"]], fiscal_year=year)
    browser = await cast.browser(people["stan"])
    found: list[str] = []
    cursor = None
    while True:
        params = {"limit": 1, **({"cursor": cursor} if cursor else {})}
        page = (await browser.get("/api/v1/me/exchanges", params=params)).json()
        found += [one["code"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert found == ["K-1", "Y-2021", "Y-2020", "Y-2019"]
    assert (await browser.get("/api/v1/me/exchanges", params={"cursor": "x"})).status_code == 422


class TestLimits:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"limits": "on"})

    async def test_five_asked_a_day(self, browsers: dict[str, httpx.AsyncClient]) -> None:
        answers = [await ask(browsers["hana"], "Same One", "same@example.org") for _n in range(6)]
        assert answers == [202, 409, 409, 409, 409, 429]


async def test_who_looks_after_an_exchange_finds_her_way_from_every_page_of_it(
    browsers: dict[str, httpx.AsyncClient],
) -> None:
    """The hub names her exchanges, and the exchange's own page leads to its visitors, for her alone."""
    path = "/me/exchanges/X-1"
    assert await ask(browsers["hana"], "S. Sekine", "sekine-secretary@example.org") == 202
    await accept(browsers["sekine"])
    for who in ("hana", "sekine"):
        assert "A week in Chiba" in (await browsers[who].get("/communities")).text, who
        page = (await browsers[who].get("/exchanges/X-1")).text
        assert f'href="{path}"' in page, who
        assert "You did not take part in this exchange" not in page, who
    for who in ("ann", "stan"):
        assert f'href="{path}"' not in (await browsers[who].get("/exchanges/X-1")).text, who
    assert "You did not take part in this exchange" in (await browsers["stan"].get("/exchanges/X-1")).text
    assert "A week in Chiba" not in (await browsers["stan"].get("/communities")).text

"""Minors, the unclaimed, the suspended and the blocked: who is not there for whom. [abuse 38, 43]"""

from datetime import date, timedelta

import httpx
import pytest

from ssc.accounts.models import Account
from ssc.core import clock
from ssc.people.models import Member, Suspension
from tests.cast import Cast


async def seen(browser: httpx.AsyncClient, name: str, handle: str) -> tuple[int, bool, int]:
    """The profile's status, whether the list has the name, and how many of Thailand the facet counts."""
    answer = (await browser.get("/api/v1/members")).raise_for_status().json()
    names = [item["name"] for item in answer["items"]]
    assert answer["total"] == len(names)
    thai = {one["value"]: one["count"] for one in answer["facets"]["country"]}.get("TH", 0)
    by_country = (await browser.get("/api/v1/members", params={"country": "TH"})).json()
    assert by_country["total"] == thai
    return (await browser.get(f"/api/v1/members/{handle}")).status_code, name in names, thai


@pytest.fixture
async def minor(cast: Cast) -> Member:
    return await cast.minor(country="TH", visibility={"name": "everyone", "country": "everyone"})


async def test_a_minor_is_there_for_cohort_coordinator_and_staff_alone(cast: Cast, minor: Member) -> None:
    mate = await cast.member("Mate Matthews", country="BR")
    await cast.exchange("HS-1", [minor, mate], programme="ssp-high-school")
    stranger = await cast.member("Stan Stranger", country="BR")
    here, gone = (200, True, 1), (404, False, 0)
    for member, expected in (
        (mate, here),
        (minor, here),
        (await cast.staff(), here),
        (stranger, gone),
        (await cast.coordinator("IN", "Other Coordinator"), gone),
    ):
        assert await seen(await cast.browser(member), "Mina Minor", "mina-minor") == expected, member.name
    coordinator = await cast.browser(await cast.coordinator("TH"))
    assert await seen(coordinator, "Mina Minor", "mina-minor") == (200, True, 2)
    assert await seen(cast.visitor(), "Mina Minor", "mina-minor") == gone


async def test_a_minor_answers_a_stranger_like_nobody(cast: Cast, minor: Member) -> None:
    stranger = await cast.browser(await cast.member("Stan Stranger"))
    there, nobody = [await stranger.get(f"/api/v1/members/{one}") for one in ("mina-minor", "nobody")]
    assert (there.status_code, there.json()) == (nobody.status_code, nobody.json())
    assert (await stranger.get("/api/v1/members/mina-minor/similar")).status_code == 404
    assert (await stranger.put("/api/v1/members/mina-minor/block")).status_code == 404


async def test_a_minor_is_there_for_all_from_the_birthday_in_japan(cast: Cast, minor: Member) -> None:
    stranger = await cast.browser(await cast.member("Stan Stranger", country="BR"))
    assert await seen(stranger, "Mina Minor", "mina-minor") == (404, False, 0)
    wait = minor.adult_from - clock.today_in_japan()
    with clock.shifted(wait - timedelta(days=1)):
        assert await _seen_then(cast, "Mina Minor") is False
    with clock.shifted(wait):
        assert await _seen_then(cast, "Mina Minor") is True


async def _seen_then(cast: Cast, name: str) -> bool:
    """As a newcomer of that day: the session of today has ended by then."""
    browser = await cast.browser(await cast.member(f"New {clock.today_in_japan():%d%m}", country="BR"))
    answer = (await browser.get("/api/v1/members")).json()
    assert sum(one["count"] for one in answer["facets"]["country"]) == answer["total"] == len(answer["items"])
    return name in [item["name"] for item in answer["items"]]


async def test_without_a_birth_date_a_school_participant_is_a_minor_for_five_years(cast: Cast) -> None:
    today = clock.today_in_japan()
    young = await cast.member("Yoko Young", birth_date=None)
    grown = await cast.member("Goro Grown", birth_date=None)
    await cast.exchange(
        "HS-NEW", [young], programme="ssp-high-school", starts_on=None, ends_on=today - timedelta(days=365 * 4)
    )
    await cast.exchange(
        "HS-OLD", [grown], programme="ssp-high-school", starts_on=None, ends_on=today - timedelta(days=365 * 6)
    )
    stranger = await cast.browser(await cast.member("Stan Stranger"))
    statuses = [(await stranger.get(f"/api/v1/members/{one}")).status_code for one in ("yoko-young", "goro-grown")]
    assert statuses == [404, 200]


async def test_an_unclaimed_record_is_in_no_list_and_no_count(cast: Cast) -> None:
    mate = await cast.member("Mate Matthews", country="BR")
    unclaimed = await cast.member("Una Unclaimed", country="TH", claimed=False)
    await cast.exchange("X-1", [mate, unclaimed])
    for member in (mate, await cast.staff()):
        browser = await cast.browser(member)
        assert await seen(browser, "Una Unclaimed", "una-unclaimed") == (404, False, 0)
        assert (await browser.get("/api/v1/members", params={"q": "una"})).json()["total"] == 0
    await cast.change(unclaimed, handle="una-unclaimed", joined_at=clock.now())
    assert await seen(await cast.browser(mate), "Una Unclaimed", "una-unclaimed") == (200, True, 1)


async def test_the_blocked_are_not_there_for_each_other(cast: Cast) -> None:
    ann, bob = await cast.member("Ann Able", country="TH"), await cast.member("Bob Baker", country="TH")
    await cast.exchange("X-1", [ann, bob])
    browsers = await cast.browser(ann), await cast.browser(bob)
    assert await seen(browsers[0], "Bob Baker", "bob-baker") == (200, True, 2)
    assert (await browsers[0].put("/api/v1/members/bob-baker/block")).status_code == 204
    assert (await browsers[0].put("/api/v1/members/bob-baker/block")).status_code == 204
    assert await seen(browsers[0], "Bob Baker", "bob-baker") == (404, False, 1)
    assert await seen(browsers[1], "Ann Able", "ann-able") == (404, False, 1)
    assert (await browsers[1].delete("/api/v1/members/ann-able/block")).status_code == 404
    cohort = (await browsers[1].get("/api/v1/exchanges/X-1")).json()
    assert ([one["name"] for one in cohort["joined"]], cohort["missing"]) == (["Bob Baker"], [])
    third = await cast.browser(await cast.member("Third Thomas", country="TH"))
    assert await seen(third, "Bob Baker", "bob-baker") == (200, True, 3)
    assert (await browsers[0].delete("/api/v1/members/bob-baker/block")).status_code == 204
    assert await seen(browsers[1], "Ann Able", "ann-able") == (200, True, 3)


async def test_nobody_blocks_herself_or_nobody(cast: Cast) -> None:
    ann = await cast.member("Ann Able")
    browser = await cast.browser(ann)
    assert (await browser.put("/api/v1/members/ann-able/block")).status_code == 422
    assert (await browser.put("/api/v1/members/nobody/block")).status_code == 404
    assert (await browser.put("/api/v1/members/%00/block")).status_code == 404
    assert (await cast.visitor().put("/api/v1/members/ann-able/block")).status_code == 401


async def test_the_suspended_are_not_listed_until_it_ends(cast: Cast) -> None:
    bob = await cast.member("Bob Baker", country="TH")
    browser = await cast.browser(await cast.member("Ann Able", country="BR"))
    assert await seen(browser, "Bob Baker", "bob-baker") == (200, True, 1)
    async with cast.running.database.transaction() as session:
        held = Suspension(member_id=bob.id, until=clock.now() + timedelta(hours=1), reason="spam")
        session.add(held)
    assert await seen(browser, "Bob Baker", "bob-baker") == (404, False, 0)
    async with cast.running.database.transaction() as session:
        (await session.get_one(Suspension, held.id)).until = clock.now()
    assert await seen(browser, "Bob Baker", "bob-baker") == (200, True, 1)


async def test_the_deceased_are_not_listed(cast: Cast) -> None:
    await cast.member("Dora Departed", country="TH", deceased=True, birth_date=date(1950, 1, 1))
    browser = await cast.browser(await cast.member("Ann Able", country="BR"))
    assert (await browser.get("/api/v1/members", params={"q": "dora"})).json()["total"] == 0


async def test_a_recovered_account_waits_for_the_directory(cast: Cast) -> None:
    ann = await cast.member("Ann Able", visibility={"name": "everyone"})
    browser = await cast.browser(ann)
    assert (await browser.get("/api/v1/members")).status_code == 200
    await _limit(cast, ann)
    for path in ("/members", "/members/ann-able", "/members/ann-able/similar"):
        answer = await browser.get(f"/api/v1{path}")
        assert (answer.status_code, answer.json()["type"]) == (403, "/problems/forbidden"), path
        assert "72 hours" in answer.json()["detail"]
    assert (await browser.get("/api/v1/me")).status_code == 200


async def _limit(cast: Cast, member: Member) -> None:
    async with cast.running.database.transaction() as session:
        (await session.get_one(Account, member.id)).limited_until = clock.now() + timedelta(hours=1)

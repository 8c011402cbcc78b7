"""Staff come to the desk and see what waits for them."""

import re
from datetime import timedelta

import pytest

from ssc.core import clock
from ssc.core.process import Process
from ssc.people.models import Member
from ssc.roster.importing.models import Duplicate
from ssc.roster.requesting.models import MembershipRequest
from tests.cast import Cast


def asked(name: str, days_ago: int) -> MembershipRequest:
    return MembershipRequest(
        name=name,
        email="nurlan@example.org",
        key="nurlan@example.org",
        country="KZ",
        programme="ssp-a",
        fiscal_year=2018,
        host="Hiroshima University",
        sending="",
        note="",
        language="en",
        created_at=clock.now() - timedelta(days=days_ago),
    )


def alike(one: Member, other: Member, days_ago: int) -> Duplicate:
    return Duplicate(
        member_id=one.id, other_id=other.id, score=80, likeness={}, created_at=clock.now() - timedelta(days=days_ago)
    )


async def test_what_waits_longest_stands_first_and_what_does_not_wait_not_at_all(cast: Cast, running: Process) -> None:
    staff = await cast.staff()
    one, other = await cast.member("Suda Wongsa"), await cast.member("Suda Wongsaa", claimed=False)
    async with running.database.transaction() as session:
        session.add_all([asked("Nurlan", 3), asked("Aigerim", 9), alike(one, other, 20)])
    async with await cast.browser(staff) as browser:
        answer = await browser.get("/api/v1/desk/queue")
        page = await browser.get("/desk")
    assert [(item["kind"], item["count"]) for item in answer.json()["items"]] == [
        ("duplicates", 1),
        ("membership-requests", 2),
    ]
    assert page.status_code == 200
    work = page.text.partition("<main")[2]
    assert work.index("/desk/duplicates") < work.index("/desk/membership-requests")
    assert "Nothing is waiting" not in page.text


async def test_an_empty_desk_says_so_and_the_club_is_counted(cast: Cast) -> None:
    staff = await cast.staff()
    await cast.exchange("SSP-A-2023-0001", [staff])
    await cast.member("Unclaimed Person", claimed=False)
    await cast.member("Dead Person", claimed=False, deceased=True)
    async with await cast.browser(staff) as browser:
        page = await browser.get("/desk")
        figures = await browser.get("/api/v1/desk/figures")
    assert "Nothing is waiting" in page.text
    assert figures.json() == {"people": 2, "members": 1, "joined_lately": 1, "exchanges": 1, "invited": 0}


@pytest.mark.parametrize("path", ["/desk", "/desk/gallery", "/api/v1/desk/queue", "/api/v1/desk/figures"])
async def test_the_desk_is_for_staff(cast: Cast, path: str) -> None:
    async with await cast.browser(await cast.staff()) as browser:
        assert (await browser.get(path)).status_code == 200
    async with await cast.browser(await cast.member("Suda Wongsa")) as browser:
        assert (await browser.get(path)).status_code == 403
    async with cast.visitor(accept="application/json") as browser:
        assert (await browser.get(path, follow_redirects=False)).status_code in (303, 401)


async def test_the_desks_menu_stands_in_groups_and_shows_each_only_what_is_theirs(cast: Cast) -> None:
    async with await cast.browser(await cast.staff()) as staff:
        page = (await staff.get("/desk")).text
    heads = re.findall(r'class="desk-group">([^<]+)<', page)
    assert heads == ["Roster and accounts", "Safety", "Communities and reunions", "What the public reads", "Mail"]
    assert page.index(">Safety<") < page.index('href="/desk/reports"') < page.index(">Communities and reunions<")
    moderator = await cast.holder("Moira Moderator", "moderator")
    async with await cast.browser(moderator) as hers:
        page = (await hers.get("/desk/reports")).text
    assert 'href="/desk/appeals"' in page and 'href="/desk/roster-imports"' not in page
    assert "Roster and accounts" not in page

"""Whatever changes who belongs where, its threads are right with that very change, before any job has run."""

from datetime import timedelta
from typing import Any

import httpx
from sqlalchemy import select, update

from ssc.communities.groups.models import GroupPlace
from ssc.communities.jobs import settle_all
from ssc.communities.leaving import leave
from ssc.core import clock, ids
from ssc.people.models import Member
from ssc.roster.claiming.actions import undo_claim
from ssc.roster.duplicates import actions as duplicates
from ssc.roster.importing.models import Duplicate
from tests.cast import Cast
from tests.communities.rooms import announcements, approved, chapter, joined, notices, opened, proposed, settled
from tests.communities.test_rooms import keep
from tests.messaging.people import handles, thread_of, titles


async def counted(client: httpx.AsyncClient, thread: str) -> int:
    return int((await thread_of(client, thread))["members"])


async def test_who_is_shut_out_counts_nowhere_and_keeps_her_seat_for_her_return(cast: Cast) -> None:
    ann, bob, mod = await cast.member("Ann Able"), await cast.member("Bob Baker"), await cast.staff()
    await cast.exchange("X-1", [ann, bob])
    await keep(cast, quiet=True)
    await settled(cast)
    anns, bobs, staff = [await cast.browser(one) for one in (ann, bob, mod)]
    slug = await approved(anns, staff, "Perovskite cells")
    await joined(bobs, slug)
    talk = await opened(anns, "Trains")
    await bobs.put(f"/api/v1/conversations/{talk['id']}/following")
    cohort = f"/api/v1/threads/{(await anns.get('/api/v1/exchanges/X-1')).json()['thread_id']}"
    threads = [cohort, await announcements(anns), f"/api/v1/threads/{talk['thread_id']}"]

    async def told() -> list[Any]:
        group = (await anns.get(f"/api/v1/groups/{slug}")).json()["members"]
        return [*[await counted(anns, one) for one in threads], group, (await chapter(anns))["members"]]

    assert await told() == [2, 2, 2, 2, 2]
    suspension = "/api/v1/members/bob-baker/suspension"
    assert (await staff.put(suspension, json={"until": None, "reason": "Spam"})).is_success
    assert await told() == [1, 1, 1, 1, 1]
    assert await handles(anns, cohort) == ["ann-able"]
    assert (await staff.delete(suspension)).status_code == 204
    assert await told() == [2, 2, 2, 2, 2]
    back = await cast.browser(bob)
    assert sorted(await titles(back)) == ["Exchange X-1", "Perovskite cells", "Thailand · タイ", "Trains"]


async def test_a_suspension_that_runs_out_is_seen_by_the_hour(cast: Cast) -> None:
    ann, staff = await cast.member("Ann Able"), await cast.browser(await cast.staff())
    await cast.member("Bob Baker")
    await settled(cast)
    anns = await cast.browser(ann)
    thread = await announcements(anns)
    until = (clock.now() + timedelta(minutes=30)).isoformat()
    assert (await staff.put("/api/v1/members/bob-baker/suspension", json={"until": until, "reason": "x"})).is_success
    assert await counted(anns, thread) == 1
    with clock.shifted(timedelta(hours=1)):
        await settle_all(cast.running)
        assert await counted(await cast.browser(ann), thread) == 2


async def test_two_records_made_one_sit_where_both_belong(cast: Cast) -> None:
    ann, mate = await cast.member("Ann Able", country="IN"), await cast.member("Mo Mate", country="VN")
    other = await cast.member("Ann Able", country="IN", claimed=False)
    await cast.exchange("X-1", [other, mate])
    await keep(cast, quiet=True)
    await settled(cast)
    anns = await cast.browser(ann)
    assert await titles(anns) == ["India · インド"]
    async with cast.running.database.transaction() as session:
        found = Duplicate(id=ids.new(), member_id=ann.id, other_id=other.id, likeness={}, score=1)
        session.add(found)
        await session.flush()
        await duplicates.decide(session, found, same=True, by=ids.new())
    assert sorted(await titles(anns)) == ["Exchange X-1", "India · インド"]


async def test_a_claim_that_is_undone_leaves_groups_and_candidacies(cast: Cast) -> None:
    ann, bob = await cast.member("Ann Able"), await cast.member("Bob Baker")
    staff = await cast.browser(await cast.staff())
    await settled(cast)
    anns, bobs = await cast.browser(ann), await cast.browser(bob)
    slug = await approved(anns, staff, "Perovskite cells")
    await joined(bobs, slug)
    await proposed(anns, "Never mind")
    assert (await anns.put("/api/v1/chapters/TH/volunteer")).status_code == 204
    async with cast.running.database.transaction() as session:
        await undo_claim(session, await session.get_one(Member, ann.id))
    found = (await bobs.get(f"/api/v1/groups/{slug}")).json()
    assert (found["owner"]["handle"], found["members"]) == ("bob-baker", 1)
    assert ("topic-groups", "The group “Perovskite cells” is in your care now.") in await notices(bobs)
    assert (await chapter(bobs))["members"] == 1
    assert (await staff.get("/api/v1/chapters/TH/office")).json()["candidates"] == []
    assert "Never mind" not in (await staff.get("/desk/groups")).text
    async with cast.running.database.reading() as session:
        assert (await session.scalars(select(GroupPlace.member_id))).all() == [bob.id]


async def test_who_has_died_sits_nowhere_any_more(cast: Cast) -> None:
    ann, bob = await cast.member("Ann Able"), await cast.member("Bob Baker")
    await cast.exchange("X-1", [ann, bob])
    await keep(cast, quiet=True)
    await settled(cast)
    anns = await cast.browser(ann)
    thread = await announcements(anns)
    assert await counted(anns, thread) == 2
    async with cast.running.database.transaction() as session:
        await session.execute(update(Member).where(Member.id == bob.id).values(deceased=True))
        await leave(session, bob.id)
    assert await counted(anns, thread) == 1
    cohort = f"/api/v1/threads/{(await anns.get('/api/v1/exchanges/X-1')).json()['thread_id']}"
    assert await handles(anns, cohort) == ["ann-able"]

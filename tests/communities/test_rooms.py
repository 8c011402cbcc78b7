"""A cohort's thread: there for those who took part and have joined, and for nobody else. [abuse 9, 38]"""

from datetime import timedelta

from sqlalchemy import delete, select

from ssc.accounts.models import Account
from ssc.communities.actions import keep_cohorts
from ssc.core import clock
from ssc.messaging.actions.owned import depart, keep_in_step, open_owned
from ssc.messaging.models import ThreadMember
from ssc.people.models import Participation
from tests.cast import Cast
from tests.messaging.people import direct, handles, read, say, thread_of, titles
from tests.statements import count_statements


async def keep(cast: Cast, *, quiet: bool = False) -> None:
    async with cast.running.database.transaction() as session:
        await keep_cohorts(session, quiet=quiet)


async def test_it_is_there_for_its_own_who_joined(cast: Cast) -> None:
    ann, sue = await cast.member("Ann Able"), await cast.member("Sue Supervisor")
    minor = await cast.minor()
    await cast.member("Una Unclaimed", claimed=False)
    exchange = await cast.exchange("HS-1", [ann, minor], programme="ssp-high-school", title="さくら 2024")
    await cast.takes_part(exchange, sue, role="supervisor")
    stranger = await cast.browser(await cast.member("Stan Stranger"))
    await keep(cast)
    anns, minors = await cast.browser(ann), await cast.browser(minor)
    told = (await anns.get("/api/v1/exchanges/HS-1")).json()
    thread = f"/api/v1/threads/{told['thread_id']}"
    assert await titles(minors) == ["さくら 2024"]
    assert sorted(await handles(anns, thread)) == ["ann-able", "mina-minor", "sue-supervisor"]
    assert (await thread_of(minors, thread))["kind"] == "cohort"
    await say(minors, thread, "Hello, all of you")
    assert ("text", "Hello, all of you") in await read(anns, thread)
    assert "thread_id" not in (await stranger.get("/api/v1/exchanges/HS-1")).json()
    assert "thread_id" not in (await cast.visitor().get("/api/v1/exchanges/HS-1")).json()
    assert (await stranger.get(thread)).status_code == 404
    assert f"/messages/{told['thread_id']}" in (await anns.get("/exchanges/HS-1")).text
    assert "/messages/" not in (await stranger.get("/exchanges/HS-1")).text


async def test_it_follows_who_takes_part(cast: Cast) -> None:
    ann, bob = await cast.member("Ann Able"), await cast.member("Bob Baker")
    exchange = await cast.exchange("X-1", [ann])
    await keep(cast, quiet=True)
    anns, bobs = await cast.browser(ann), await cast.browser(bob)
    thread = f"/api/v1/threads/{(await anns.get('/api/v1/exchanges/X-1')).json()['thread_id']}"
    assert await read(anns, thread) == []
    await cast.takes_part(exchange, bob)
    await keep(cast)
    await keep(cast)
    assert await read(bobs, thread) == [("joined", "Bob Baker")]
    assert (await thread_of(bobs, thread))["members"] == 2
    async with cast.running.database.transaction() as session:
        await session.execute(delete(Participation).where(Participation.member_id == bob.id))
        await keep_cohorts(session, [exchange.id])
    assert (await bobs.get(thread)).status_code == 404
    assert await read(anns, thread) == [("joined", "Bob Baker"), ("left", "Bob Baker")]
    assert (await thread_of(anns, thread))["members"] == 1


async def test_it_cannot_be_left_grown_or_renamed(cast: Cast) -> None:
    ann, bob = await cast.member("Ann Able"), await cast.member("Bob Baker")
    await cast.exchange("X-1", [ann])
    await keep(cast)
    anns = await cast.browser(ann)
    thread = f"/api/v1/threads/{(await anns.get('/api/v1/exchanges/X-1')).json()['thread_id']}"
    assert (await anns.delete(f"{thread}/members/ann-able")).status_code == 403
    assert (await anns.post(f"{thread}/members", json={"member": bob.handle})).status_code == 403
    assert (await anns.patch(thread, json={"title": "Mine"})).status_code == 403
    assert (await anns.put(f"{thread}/mute", json={"until": "2100-01-01T00:00:00Z"})).status_code == 204


async def test_a_recovered_account_waits_for_its_72_hours(cast: Cast) -> None:
    ann = await cast.member("Ann Able")
    await cast.exchange("X-1", [ann])
    async with cast.running.database.transaction() as session:
        (await session.get_one(Account, ann.id)).limited_until = clock.now() + timedelta(hours=1)
    await keep(cast)
    anns = await cast.browser(ann)
    async with cast.running.database.reading() as session:
        assert await session.scalar(select(ThreadMember.thread_id).where(ThreadMember.member_id == ann.id)) is None
    with clock.shifted(timedelta(hours=2)):
        await keep(cast)
        assert await titles(anns) == ["Exchange X-1"]


async def test_a_full_club_is_kept_in_step_by_few_statements(cast: Cast) -> None:
    members = [await cast.member(f"Mate {chr(65 + number)}") for number in range(4)]
    for number in range(3):
        await cast.exchange(f"X-{number}", members)
    await keep(cast, quiet=True)
    seen: list[str] = []
    count_statements(cast.running.database, seen)
    await keep(cast)
    assert [one.split()[0] for one in seen] == ["WITH"]
    assert await titles(await cast.browser(members[0])) == ["Exchange X-2", "Exchange X-1", "Exchange X-0"]


async def test_in_rooms_of_many_minors_read_and_are_not_counted(cast: Cast) -> None:
    ann, minor = await cast.member("Ann Able"), await cast.minor()
    async with cast.running.database.transaction() as session:
        made = await open_owned(session, "chapter", "chapter:TH", "Thailand")
        assert await open_owned(session, "chapter", "chapter:TH", "Thailand") == made
        await keep_in_step(session, made, [ann.id, minor.id])
    thread = f"/api/v1/threads/{made}"
    anns, minors = await cast.browser(ann), await cast.browser(minor)
    await say(anns, thread, "Hello")
    assert await read(minors, thread) == [("joined", "Ann Able"), ("text", "Hello")]
    assert ((await thread_of(minors, thread))["posts"], (await thread_of(minors, thread))["members"]) == (False, 1)
    assert await handles(minors, thread) == ["ann-able"]
    refused = await minors.post(f"{thread}/messages", json={"client_id": "1", "body": "Hello"})
    assert refused.status_code == 403
    await cast.change(minor, birth_date=clock.today_in_japan() - timedelta(days=19 * 366))
    async with cast.running.database.transaction() as session:
        await keep_in_step(session, made, [ann.id, minor.id])
    await say(minors, thread, "Of age")
    assert (await thread_of(minors, thread))["members"] == 2


async def test_whose_account_was_anothers_is_in_no_thread_any_more(cast: Cast) -> None:
    ann, bob = await cast.member("Ann Able"), await cast.member("Bob Baker")
    await cast.exchange("X-1", [ann, bob])
    await keep(cast)
    anns, bobs = await cast.browser(ann), await cast.browser(bob)
    thread = await direct(anns, bob)
    await say(anns, thread, "To a false Bob")
    async with cast.running.database.transaction() as session:
        await depart(session, bob.id)
    assert await titles(bobs) == []
    assert (await bobs.get(thread)).status_code == 404
    assert sorted(await titles(anns)) == ["Exchange X-1", "Former member"]
    assert await direct(anns, bob) != thread

"""Telling: who is told, who never is, and how notices grow and go."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from psycopg import AsyncCursor
from sqlalchemy import func, select, text

from ssc.core import clock
from ssc.core.process import Process
from ssc.notifications import actions as notifications
from ssc.notifications.models import Notice
from ssc.people.models import Member, Suspension
from ssc.people.viewer import Viewer
from tests.cast import Cast
from tests.core.live.hearing import until
from tests.notifications.conftest import ACTIVITY, DIRECT, MENTION, Club
from tests.statements import WAITING

API = "/api/v1/notifications"


@pytest.fixture
async def anan(cast: Cast) -> Member:
    return await cast.member("Anan Suda")


@pytest.fixture
async def berit(cast: Cast) -> Member:
    return await cast.member("Berit Berg", country="KE")


@pytest.fixture
async def browser(cast: Cast, anan: Member) -> AsyncIterator[httpx.AsyncClient]:
    async with await cast.browser(anan) as opened:
        yield opened


async def listed(browser: httpx.AsyncClient) -> list[tuple[str, str, bool]]:
    items = (await browser.get(API)).raise_for_status().json()["items"]
    return [(item["text"], item["url"], item["read_at"] is not None) for item in items]


async def bell(browser: httpx.AsyncClient) -> str:
    page = (await browser.get("/notifications")).raise_for_status().text
    return page.split('data-part="words">New notices: ')[1].split("<")[0]


async def test_a_notice_is_a_sentence_and_a_link(club: Club, anan: Member, berit: Member, cast: Cast) -> None:
    assert await club.tell(anan, berit) == [anan.id]
    browser = await cast.browser(anan)
    answer = (await browser.get(API)).json()
    [item] = answer["items"]
    assert {name: item[name] for name in ("kind", "text", "url", "read_at", "count")} == {
        "kind": "direct-message",
        "text": "Berit Berg wrote in Thread 1 (1)",
        "url": "/messages/1",
        "read_at": None,
        "count": 1,
    }
    assert (set(item), answer["next"]) == ({"id", "kind", "text", "url", "created_at", "read_at", "count"}, None)
    assert await listed(await cast.browser(berit)) == []


async def test_what_is_unread_of_a_kind_about_a_thing_is_one_notice(
    club: Club, anan: Member, berit: Member, browser: httpx.AsyncClient
) -> None:
    for _message in range(3):
        await club.tell(anan, berit)
    await club.tell(anan, berit, MENTION)
    await club.tell(anan, berit, thread="2")
    assert await listed(browser) == [
        ("Berit Berg wrote in Thread 2 (1)", "/messages/2", False),
        ("Berit Berg wrote in Thread 1 (1)", "/messages/1", False),
        ("Berit Berg wrote in Thread 1 (3)", "/messages/1", False),
    ]
    assert await bell(browser) == "3"
    await club.tell(anan, berit)
    assert (await listed(browser))[0] == ("Berit Berg wrote in Thread 1 (4)", "/messages/1", False)
    assert await bell(browser) == "3"


async def test_the_bell_agrees_on_every_device_and_goes_when_the_thing_is_read(
    club: Club, cast: Cast, anan: Member, berit: Member, browser: httpx.AsyncClient
) -> None:
    phone = await cast.browser(anan)
    await club.tell(anan, berit)
    await club.tell(anan, berit, MENTION)
    await club.tell(anan, berit, thread="2")
    assert (await bell(browser), await bell(phone)) == ("3", "3")
    await club.withdraw("1", anan)
    assert (await bell(browser), await bell(phone)) == ("1", "1")
    assert [read for _text, _url, read in await listed(phone)] == [False, True, True]
    await club.tell(anan, berit)
    assert (await listed(phone))[0] == ("Berit Berg wrote in Thread 1 (1)", "/messages/1", False)


async def test_reading_up_to_what_was_seen_leaves_what_came_since(
    club: Club, cast: Cast, anan: Member, berit: Member, browser: httpx.AsyncClient
) -> None:
    for thread in ("1", "2", "3"):
        await club.tell(anan, berit, thread=thread)
    newest = (await browser.get(API)).json()["items"][0]["id"]
    await club.tell(anan, berit, thread="3")  # the newest grows: it was not seen so
    await club.tell(anan, berit, thread="4")
    assert (await browser.put(f"{API}/read", json={"up_to": newest})).status_code == 204
    assert [(text[-12:], read) for text, _url, read in await listed(browser)] == [
        ("Thread 4 (1)", False),
        ("Thread 3 (2)", False),
        ("Thread 2 (1)", True),
        ("Thread 1 (1)", True),
    ]
    assert await bell(browser) == "2"
    other = await cast.browser(berit)
    assert (await other.put(f"{API}/read", json={"up_to": newest})).status_code == 204
    assert await bell(browser) == "2"


@pytest.mark.parametrize("body", [{}, {"up_to": "7"}, {"up_to": None}, {"up_to": 3, "x": 1}])
async def test_up_to_must_be_an_id(browser: httpx.AsyncClient, body: dict[str, Any]) -> None:
    assert (await browser.put(f"{API}/read", json=body)).status_code == 422


async def test_a_long_list_comes_in_pages(club: Club, anan: Member, berit: Member, browser: httpx.AsyncClient) -> None:
    for thread in range(5):
        await club.tell(anan, berit, thread=str(thread))
    first = (await browser.get(API, params={"limit": 3})).json()
    await club.tell(anan, berit, thread="6")
    second = (await browser.get(API, params={"limit": 3, "cursor": first["next"]})).json()
    urls = [item["url"] for part in (first, second) for item in part["items"]]
    assert urls == [f"/messages/{n}" for n in (4, 3, 2, 1, 0)]
    assert second["next"] is None


async def test_who_is_blocked_suspended_deceased_unclaimed_or_did_it_is_never_told(
    club: Club, cast: Cast, anan: Member, berit: Member
) -> None:
    """Case 12: each of them would be told, were it not for that."""
    people = {name: await cast.member(name) for name in ("Blocks", "Blocked", "Suspended", "Deceased", "Lifted")}
    unclaimed = await cast.member("Una Claimed", claimed=False)
    everybody = [anan, berit, unclaimed, *people.values()]
    assert set(await club.tell(everybody, berit)) == {anan.id, *(one.id for one in people.values())}
    await cast.block(people["Blocks"], berit)
    await cast.block(berit, people["Blocked"])
    await cast.change(people["Deceased"], deceased=True)
    async with cast.running.database.transaction() as session:
        session.add(Suspension(member_id=people["Suspended"].id, reason="spam"))
        session.add(Suspension(member_id=people["Lifted"].id, reason="error", lifted_at=clock.now()))
    assert set(await club.tell(everybody, berit)) == {anan.id, people["Lifted"].id}


async def test_whoever_is_blocked_is_gone_from_the_bell(
    club: Club, cast: Cast, anan: Member, berit: Member, browser: httpx.AsyncClient
) -> None:
    await club.tell(anan, berit)
    await club.tell(anan, await cast.member("Chi Lan"), thread="2")
    (await browser.put(f"/api/v1/members/{berit.handle}/block")).raise_for_status()
    assert [text for text, _url, _read in await listed(browser)] == ["Chi Lan wrote in Thread 2 (1)"]
    assert await bell(browser) == "1"


async def test_who_hides_her_name_since_is_somebody(
    club: Club, cast: Cast, anan: Member, berit: Member, browser: httpx.AsyncClient
) -> None:
    await club.tell(anan, berit)
    await cast.change(berit, visibility={"name": "me"})
    assert [text for text, _url, _read in await listed(browser)] == ["Somebody wrote in Thread 1 (1)"]
    await browser.patch("/api/v1/me/preferences", json={"language": "ja"})
    assert [text for text, _url, _read in await listed(browser)] == ["どなたか wrote in Thread 1 (1)"]


async def test_what_is_switched_off_is_not_told(
    club: Club, anan: Member, berit: Member, browser: httpx.AsyncClient
) -> None:
    off = {"notifications": {"direct-message": dict.fromkeys(("app", "mail", "push", "digest"), False)}}
    assert await club.tell(anan, berit) == [anan.id]
    (await browser.patch("/api/v1/me/preferences", json=off)).raise_for_status()
    assert (await club.tell(anan, berit), await club.tell(anan, berit, MENTION)) == ([], [anan.id])


async def test_what_is_only_mailed_is_not_on_the_bell(
    club: Club, anan: Member, berit: Member, browser: httpx.AsyncClient
) -> None:
    (
        await browser.patch("/api/v1/me/preferences", json={"notifications": {"mention": {"app": False}}})
    ).raise_for_status()
    await club.tell(anan, berit)
    assert await club.tell(anan, berit, MENTION) == [anan.id]
    assert await bell(browser) == "1"
    assert len(await listed(browser)) == 1


async def test_of_several_messages_one_is_deleted(
    club: Club, anan: Member, berit: Member, browser: httpx.AsyncClient
) -> None:
    for _message in range(3):
        await club.tell(anan, berit)
    await club.withdraw("1", only=1)
    assert await listed(browser) == [("Berit Berg wrote in Thread 1 (2)", "/messages/1", False)]
    await club.withdraw("1", anan, only=2)
    assert await listed(browser) == []


@pytest.mark.parametrize("number", [1, 200])
async def test_telling_is_two_statements_whatever_the_number(
    number: int, cast: Cast, running: Process, berit: Member
) -> None:
    async with running.database.transaction() as session:
        for n in range(number):
            session.add(Member(handle=f"m{n}", name=f"M {n}", name_key="m", country="TH", joined_at=clock.now()))
    async with running.database.transaction() as session:
        members = list(await session.scalars(select(Member.id).where(Member.id != berit.id)))
        seen: list[str] = []
        (await session.driver()).cursor_factory = counting(seen)
        for told in range(2):
            await notifications.tell(session, DIRECT, members, subject="t", url="/t", data={"title": "T"}, by=berit.id)
            # The notices, and one job; the letter of what grows is due already.
            assert [one.split()[0] for one in seen] == ["WITH", "SELECT", "WITH"][: 2 + told]
        assert await session.scalar(select(func.sum(Notice.count))) == 2 * number
        (await session.driver()).cursor_factory = AsyncCursor


def counting(seen: list[str]) -> type[AsyncCursor[Any]]:
    class Counting(AsyncCursor[Any]):
        async def execute(self, query: Any, *args: Any, **options: Any) -> Any:
            seen.append(query)
            return await super().execute(query, *args, **options)

    return Counting


async def test_raw_statements_of_the_same_transaction_see_it(running: Process, anan: Member) -> None:
    async with running.database.transaction() as session:
        connection = await session.driver()
        await connection.execute("SELECT 1")
        await notifications.tell(session, ACTIVITY, [anan.id], subject="t", url="/t", data={"title": "T"})
        found = await connection.execute("SELECT count(*) FROM notice")
        assert await found.fetchone() == (1,)


async def test_what_is_not_committed_was_never_told(running: Process, anan: Member) -> None:
    with pytest.raises(RuntimeError):
        async with running.database.transaction() as session:
            await notifications.tell(session, DIRECT, [anan.id], subject="t", url="/t", data={"title": "T"})
            raise RuntimeError
    async with running.database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(Notice)) == 0
        assert (await session.execute(text("SELECT count(*) FROM procrastinate_jobs"))).scalar() == 0


async def test_two_who_tell_the_same_people_at_once_do_not_wait_in_a_ring(
    club: Club, cast: Cast, running: Process, berit: Member
) -> None:
    people = [await cast.member(f"Mate {n}") for n in range(6)]
    async with running.database.transaction() as one:
        await notifications.tell(one, DIRECT, [p.id for p in people], subject="t", url="/t", data={"title": "T"})

    async def many(order: list[Member]) -> None:
        for _again in range(10):
            async with running.database.transaction() as session:
                ids = [member.id for member in order]
                await notifications.tell(session, DIRECT, ids, subject="t", url="/t", data={"title": "T"}, by=berit.id)

    await asyncio.gather(many(people), many(people[::-1]))
    async with running.database.transaction() as session:
        counts = await session.scalars(select(Notice.count))
        assert list(counts) == [21] * 6


@pytest.mark.parametrize("verb", ["read up to", "withdraw"])
async def test_who_reads_and_who_tells_do_not_wait_in_a_ring(
    club: Club, running: Process, anan: Member, verb: str
) -> None:
    """Telling locks a member's notices by kind and subject; whoever else takes several does so in that order."""
    for kind in (MENTION, DIRECT):  # the first made has the greater name
        await club.tell(anan, kind=kind)
    async with running.database.transaction() as session:
        named = {notice.kind: notice.id for notice in await session.scalars(select(Notice))}

    async def reads() -> None:
        async with running.database.transaction() as session:
            for way in ("indexscan", "bitmapscan"):  # however the planner finds them
                await session.execute(text(f"SET LOCAL enable_{way} = off"))
            if verb == "withdraw":
                await notifications.withdraw(session, "thread:1", [anan.id])
            else:
                await notifications.read_up_to(session, Viewer(member=anan), named["direct-message"])

    async with running.database.transaction() as teller:
        await teller.execute(select(Notice).where(Notice.kind == "direct-message").with_for_update())
        reading = asyncio.create_task(reads())
        await until(lambda: is_waiting(running))
        await teller.execute(select(Notice).where(Notice.kind == "mention").with_for_update(nowait=True))
    await reading


async def is_waiting(running: Process) -> bool:
    async with running.database.transaction() as session:
        return bool(await session.scalar(text(WAITING)))


async def test_time_does_not_matter_to_what_is_unread(
    club: Club, anan: Member, berit: Member, browser: httpx.AsyncClient
) -> None:
    with clock.shifted(-timedelta(days=200)):
        await club.tell(anan, berit)
    assert await bell(browser) == "1"

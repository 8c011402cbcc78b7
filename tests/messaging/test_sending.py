"""Sending: durable once, numbered without a hole, and refused as any other where it may not be."""

import asyncio
from dataclasses import replace
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select, text

from ssc.app import create_app
from ssc.core import ids
from ssc.core.config import Settings
from ssc.core.limits import MemoryLimits
from ssc.messaging.models import Mention, Message, Upload
from ssc.messaging.writing import Sending, Stored, Writer
from ssc.people.models import Member, Suspension
from tests.cast import Cast
from tests.messaging.rooms import Room, Rooms

KEYS = [
    "id", "thread_id", "seq", "rev", "client_id", "kind", "author", "body", "html", "reply_to", "attachments",
    "reactions", "created_at", "edited_at", "deleted",
]  # fmt: skip


async def refused(client: httpx.AsyncClient, room: Room, body: str = "Hello", **more: Any) -> tuple[int, str]:
    answer = await client.post(room.messages, json={"client_id": str(ids.new()), "body": body, **more})
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")


async def test_a_message_is_answered_as_it_is_stored_and_read_the_same_by_the_other(cast: Cast, rooms: Rooms) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.direct(mali, olga)
    async with await cast.browser(mali) as mine, await cast.browser(olga) as hers:
        told = await room.say(mine, "Hello **Olga**\nはじめまして", client_id="a 1")
        assert list(told) == KEYS
        assert told | {"id": None, "created_at": None} == {
            "id": None,
            "thread_id": str(room.id),
            "seq": 1,
            "rev": 1,
            "client_id": "a 1",
            "kind": "text",
            "author": {"handle": "mali-member", "name": "Mali Member", "photo": None},
            "body": "Hello **Olga**\nはじめまして",
            "html": "<p>Hello <strong>Olga</strong><br>\nはじめまして</p>\n",
            "reply_to": None,
            "attachments": [],
            "reactions": {},
            "created_at": None,
            "edited_at": None,
            "deleted": False,
        }
        assert await room.read(hers) == [told]
        assert (await hers.get(f"{room.messages}/1")).json() == told


async def test_the_same_client_id_sent_twenty_times_at_once_stores_one_message(cast: Cast, rooms: Rooms) -> None:
    """(case 1)"""
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.direct(mali, olga)
    async with await cast.browser(mali) as mine:
        form = {"client_id": "once", "body": "Only once\r\n"}
        answers = await asyncio.gather(*(mine.post(room.messages, json=form) for _ in range(20)))
        assert sorted(answer.status_code for answer in answers) == [200] * 19 + [201]
        assert [answer.json() for answer in answers] == await room.read(mine) * 20
        again = await mine.post(room.messages, json={"client_id": "once", "body": "Only once"})
        assert (again.status_code, again.json()["seq"]) == (200, 1)  # the same when normalised
        other = await mine.post(room.messages, json={"client_id": "once", "body": "Something else"})
        assert (other.status_code, other.json()["type"]) == (409, "/problems/client-id-reused")
        reply = await mine.post(room.messages, json={"client_id": "once", "body": "Only once", "reply_to": 1})
        assert reply.status_code == 409
        assert (await room.thread()).last_seq == 1


async def test_it_is_still_the_same_after_it_was_edited(cast: Cast, rooms: Rooms) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.direct(mali, olga)
    async with await cast.browser(mali) as mine:
        await room.say(mine, "As sent", client_id="x")
        edited = (await mine.patch(f"{room.messages}/1", json={"body": "As edited"})).json()
        again = await mine.post(room.messages, json={"client_id": "x", "body": "As sent"})
        assert (again.status_code, again.json()) == (200, edited)
        other = await mine.post(room.messages, json={"client_id": "x", "body": "As edited"})
        assert other.status_code == 409


async def test_the_same_client_id_elsewhere_or_from_another_is_another_message(cast: Cast, rooms: Rooms) -> None:
    """(case 2)"""
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    here, there = await rooms.direct(mali, olga), await rooms.group(mali, olga)
    async with await cast.browser(mali) as mine, await cast.browser(olga) as hers:
        sent = [
            await here.say(mine, "One", client_id="same"),
            await there.say(mine, "One", client_id="same"),
            await here.say(hers, "One", client_id="same"),
        ]
        assert [(one["thread_id"], one["seq"]) for one in sent] == [
            (str(here.id), 1),
            (str(there.id), 1),
            (str(here.id), 2),
        ]
        assert len({one["id"] for one in sent}) == 3


async def test_eight_writers_and_a_reader_who_follows_see_all_once_without_a_hole(cast: Cast, rooms: Rooms) -> None:
    """(case 3) The writers stand in two processes; the reader follows by `after_rev`."""
    people = [await cast.member(f"Writer {n}") for n in range(8)]
    room = await rooms.group(*people)
    writers = [Writer(cast.running), Writer(cast.running)]
    each = 300

    async def write(n: int) -> None:
        for k in range(each):
            await writers[n % 2].send(Sending(room.id, people[n].id, f"{n}-{k}", f"Message {k}"))

    async def follow(client: httpx.AsyncClient) -> list[dict[str, Any]]:
        seen: list[dict[str, Any]] = []
        while len(seen) < 8 * each:
            seen += await room.read(client, after_rev=seen[-1]["rev"] if seen else 0, limit=100)
        return seen

    async with await cast.browser(people[0]) as client:
        seen, *_done = await asyncio.gather(follow(client), *map(write, range(8)))
    assert [one["seq"] for one in seen] == [one["rev"] for one in seen] == list(range(1, 8 * each + 1))
    for n in range(8):
        mine = [one["client_id"] for one in seen if one["author"]["handle"] == f"writer-{n}"]
        assert mine == [f"{n}-{k}" for k in range(each)]


async def test_a_bad_message_harms_no_neighbour_in_its_batch(cast: Cast, rooms: Rooms) -> None:
    mali, olga, eve = [await cast.member(name) for name in ("Mali Member", "Olga Other", "Eve Elsewhere")]
    room = await rooms.direct(mali, olga)
    writer = Writer(cast.running)
    sendings = [
        Sending(room.id, mali.id, "1", "Good"),
        Sending(room.id, eve.id, "2", "Not in it"),
        Sending(ids.new(), mali.id, "3", "Nowhere"),
        Sending(room.id, mali.id, "4", "An answer to nothing", reply_to=9),
        Sending(room.id, olga.id, "5", "Good too", reply_to=1),
    ]
    outcomes = await asyncio.gather(*map(writer.send, sendings), return_exceptions=True)
    became = [one.seq if isinstance(one, Stored) else str(one) for one in outcomes]
    assert became == [1, "not-found", "not-found", "invalid", 2]


async def test_what_the_database_refuses_is_refused_alone(cast: Cast, rooms: Rooms) -> None:
    """A text that passed all our checks, but that no column takes."""
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.direct(mali, olga)
    writer = Writer(cast.running)
    sendings = [Sending(room.id, mali.id, str(n), "bad \x00" if n == 1 else "good") for n in range(3)]
    outcomes = await asyncio.gather(*map(writer.send, sendings), return_exceptions=True)
    assert [getattr(one, "seq", None) for one in outcomes] == [1, None, 2]


async def test_a_thread_that_somebody_holds_keeps_no_other_waiting(cast: Cast, rooms: Rooms) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    held, free = await rooms.direct(mali, olga), await rooms.group(mali, olga)
    writer = Writer(cast.running)
    async with cast.running.database.transaction() as session:
        await session.execute(text("SELECT FROM thread WHERE id = :id FOR UPDATE"), {"id": held.id})
        waiting = [asyncio.create_task(writer.send(Sending(held.id, mali.id, str(n), "Later"))) for n in range(3)]
        async with asyncio.timeout(60):
            stored = await writer.send(Sending(free.id, mali.id, "1", "Now"))
        waiting.append(asyncio.create_task(writer.send(Sending(held.id, mali.id, "3", "Last"))))
        await asyncio.sleep(0)
        assert (stored.seq, [task.done() for task in waiting]) == (1, [False] * 4)
    assert [(await task).seq for task in waiting] == [1, 2, 3, 4]


async def test_sending_implies_reading(cast: Cast, rooms: Rooms) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.direct(mali, olga)
    async with await cast.browser(mali) as mine, await cast.browser(olga) as hers:
        await room.say(hers, "One")
        await room.say(mine, "Two")
    assert [(await room.place(one)).read_seq for one in (mali, olga)] == [2, 1]


async def test_only_who_is_in_a_thread_can_write_in_it(cast: Cast, rooms: Rooms) -> None:
    mali, olga, eve = [await cast.member(name) for name in ("Mali Member", "Olga Other", "Eve Elsewhere")]
    room = await rooms.group(mali, olga)
    async with await cast.browser(olga) as hers, await cast.browser(eve) as eves:
        assert (await room.say(hers, "Mine"))["seq"] == 1
        assert await refused(eves, room) == (404, "not-found")
        assert (await eves.get(room.messages)).status_code == 404
        await room.change(olga, left_at=func.now())
        assert await refused(hers, room) == (404, "not-found")
    async with cast.visitor() as nobody:
        assert await refused(nobody, room) == (401, "not-signed-in")
    async with await cast.bearer(mali, "read", "write") as wrong, await cast.bearer(mali, "messages") as right:
        assert await refused(wrong, room) == (403, "scope-missing")
        assert (await room.say(right, "By a program"))["seq"] == 2


async def test_who_only_reads_a_room_does_not_write_in_it(cast: Cast, rooms: Rooms) -> None:
    mali, mina = await cast.member("Mali Member"), await cast.minor()
    room = await rooms.group(mali, mina, kind="chapter")
    await room.change(mina, posts=False)
    async with await cast.browser(mali) as mine, await cast.browser(mina) as minas:
        await room.say(mine, "Welcome")
        assert [one["body"] for one in await room.read(minas)] == ["Welcome"]
        assert await refused(minas, room) == (403, "forbidden")
        reaction = await minas.put(f"{room.messages}/1/reactions/🌸")
        assert reaction.status_code == 403


async def test_two_of_whom_one_blocked_the_other_do_not_reach_each_other(cast: Cast, rooms: Rooms) -> None:
    """(case 43)"""
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.direct(mali, olga)
    async with await cast.browser(mali) as mine, await cast.browser(olga) as hers:
        await room.say(mine, "Before")
        await cast.block(olga, mali)
        assert await refused(mine, room) == await refused(hers, room) == (403, "not-accepting")
        assert (await mine.patch(f"{room.messages}/1", json={"body": "After"})).status_code == 403


async def test_somebody_of_age_and_somebody_under_it_share_no_direct_thread(cast: Cast, rooms: Rooms) -> None:
    """Also where the birth date became known only later; refused as anybody is."""
    mali, mina = await cast.member("Mali Member"), await cast.minor()
    nina, room = await cast.minor("Nina Young"), await rooms.direct(mali, mina)
    young = await rooms.direct(mina, nina)
    async with await cast.browser(mali) as mine, await cast.browser(mina) as minas:
        assert await refused(mine, room) == await refused(minas, room) == (403, "not-accepting")
        assert (await young.say(minas, "Hello"))["seq"] == 1


async def test_a_first_message_to_a_stranger_is_one_without_links_or_files(cast: Cast, rooms: Rooms) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.direct(mali, olga)
    await room.change(mali, request="outgoing")
    await room.change(olga, request="incoming")
    async with await cast.browser(mali) as mine, await cast.browser(olga) as hers:
        for body in ("see https://example.org", "[here](https://example.org)", "go to example.com now", "www.x.y"):
            assert await refused(mine, room, body) == (422, "invalid")
        assert await refused(mine, room, attachments=[str(ids.new())]) == (422, "invalid")
        assert (await room.say(mine, "I was at Chiba too. See you?", client_id="first"))["seq"] == 1
        again = await mine.post(room.messages, json={"client_id": "first", "body": "I was at Chiba too. See you?"})
        assert again.status_code == 200
        assert await refused(mine, room) == (403, "request-waits")
        edit = await mine.patch(f"{room.messages}/1", json={"body": "https://example.org"})
        assert edit.status_code == 422
        assert [one["seq"] for one in await room.read(hers)] == [1]
        assert await refused(hers, room) == (403, "forbidden")
        await room.change(mali, request=None)
        await room.change(olga, request=None)
        assert (await room.say(hers, "Yes! https://example.org"))["seq"] == 2


async def test_a_suspended_member_writes_nothing(cast: Cast, rooms: Rooms) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.direct(mali, olga)
    writer = Writer(cast.running)
    assert (await writer.send(Sending(room.id, mali.id, "1", "Before"))).seq == 1
    async with cast.running.database.transaction() as session:
        session.add(Suspension(member_id=mali.id, reason="spam"))
    with pytest.raises(Exception, match="not-signed-in"):
        await writer.send(Sending(room.id, mali.id, "2", "After"))


@pytest.mark.parametrize(
    ("form", "pointer"),
    [
        ({"client_id": "", "body": "x"}, "/client_id"),
        ({"client_id": "é", "body": "x"}, "/client_id"),
        ({"client_id": "x" * 65, "body": "x"}, "/client_id"),
        ({"body": "x"}, "/client_id"),
        ({"client_id": "x"}, "/body"),
        ({"client_id": "x", "body": " \n\u200b"}, "/body"),
        ({"client_id": "x", "body": "x" * 10_001}, "/body"),
        ({"client_id": "x", "body": "\x07"}, "/body"),
        ({"client_id": "x", "body": 1}, "/body"),
        ({"client_id": "x", "body": "x", "reply_to": 0}, "/reply_to"),
        ({"client_id": "x", "body": "x", "reply_to": 1}, "/reply_to"),
        ({"client_id": "x", "body": "x", "reply_to": 1 << 62}, "/reply_to"),
        ({"client_id": "x", "body": "x", "attachments": ["0"]}, "/attachments/0"),
        ({"client_id": "x", "body": "x", "attachments": [str(ids.new())]}, "/attachments"),
        ({"client_id": "x", "body": "x", "author": "olga-other"}, "/author"),
    ],
)
async def test_what_is_no_message_is_named(cast: Cast, rooms: Rooms, form: dict[str, Any], pointer: str) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.direct(mali, olga)
    async with await cast.browser(mali) as mine:
        answer = await mine.post(room.messages, json=form)
        assert (answer.status_code, [error["pointer"] for error in answer.json()["errors"]]) == (422, [pointer])
        longest = await room.say(mine, "字" * 10_000, client_id="~" * 64)
        assert len(longest["body"]) == 10_000


async def test_six_hundred_messages_a_minute_are_enough(cast: Cast, rooms: Rooms, settings: Settings) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.direct(mali, olga)
    limited = replace(cast.running, settings=settings, limits=MemoryLimits())
    counting = Cast(create_app(settings, limited), limited)
    async with await counting.browser(mali) as mine, await counting.browser(olga) as hers:
        form = {"client_id": "1", "body": "x"}
        statuses = [(await mine.post(room.messages, json=form)).status_code for _ in range(601)]
        assert statuses == [201] + [200] * 599 + [429]
        assert (await hers.post(room.messages, json=form)).status_code == 201


async def test_a_message_carries_files_of_its_author_once(cast: Cast, rooms: Rooms) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.direct(mali, olga)
    mine_id, second, hers_id = (
        await upload(cast, mali),
        await upload(cast, mali, width=40, height=30),
        await upload(cast, olga),
    )
    async with await cast.browser(mali) as mine:
        assert await refused(mine, room, attachments=[hers_id]) == (422, "invalid")
        told = await room.say(mine, "", attachments=[second, mine_id])
        assert [(one["id"], one["name"], one.get("width")) for one in told["attachments"]] == [
            (second, "notes.pdf", 40),
            (mine_id, "notes.pdf", None),
        ]
        assert await room.read(mine) == [told]
        assert await refused(mine, room, attachments=[mine_id]) == (422, "invalid")
        twice = await asyncio.gather(*(refused_or_sent(mine, room, second) for _ in range(2)))
        assert twice == [422, 422]


async def test_a_file_that_is_sent_twice_at_once_is_carried_once(cast: Cast, rooms: Rooms) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.direct(mali, olga)
    file = await upload(cast, mali)
    async with await cast.browser(mali) as mine:
        assert sorted(await asyncio.gather(*(refused_or_sent(mine, room, file) for _ in range(2)))) == [201, 422]


async def refused_or_sent(client: httpx.AsyncClient, room: Room, file: str) -> int:
    form = {"client_id": str(ids.new()), "attachments": [file]}
    return (await client.post(room.messages, json=form)).status_code


async def upload(cast: Cast, member: Member, **columns: Any) -> str:
    async with cast.running.database.transaction() as session:
        made = Upload(
            member_id=member.id,
            kind="file",
            name="notes.pdf",
            media_type="application/pdf",
            bytes=12,
            blob="x",
            **columns,
        )
        session.add(made)
    return str(made.id)


async def test_only_members_of_the_thread_are_mentioned(cast: Cast, rooms: Rooms) -> None:
    mali, olga, _eve = [await cast.member(name) for name in ("Mali Member", "Olga Other", "Eve Elsewhere")]
    blocked, mina = await cast.member("Bela Blocked"), await cast.minor()
    room = await rooms.group(mali, olga, blocked, mina, kind="chapter")
    await room.change(mina, posts=False)
    await cast.block(blocked, mali)
    async with await cast.browser(mali) as mine:
        told = await room.say(mine, "@Olga-Other @eve-elsewhere @bela-blocked @mina-minor さん")
    assert told["html"] == (
        '<p><a class="mention" href="/members/olga-other">@olga-other</a> '
        "@eve-elsewhere @bela-blocked @mina-minor さん</p>\n"
    )
    async with cast.running.database.reading() as session:
        assert list(await session.scalars(select(Mention.member_id))) == [olga.id]


async def test_who_stops_listening_has_sent_all_the_same(cast: Cast, rooms: Rooms) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.direct(mali, olga)
    writer = Writer(cast.running)
    task = asyncio.create_task(writer.send(Sending(room.id, mali.id, "1", "Gone")))
    await asyncio.sleep(0)
    task.cancel()
    await writer.finish()
    async with cast.running.database.reading() as session:
        assert list(await session.scalars(select(Message.body))) == ["Gone"]

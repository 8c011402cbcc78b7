"""Storing at once: the one statement stores what the judging one by one would store, and else it stores nothing."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from psycopg import OperationalError
from sqlalchemy import text

from ssc.core import clock, ids
from ssc.messaging.telling import GREAT
from ssc.messaging.writing import Sending, Stored, Writer
from ssc.messaging.writing.batch import Batch
from ssc.people.models import Member, Suspension
from tests.cast import Cast
from tests.messaging.rooms import Room, Rooms

OWN = {"id", "thread_id", "client_id", "created_at"}


def sending(room: Room, author: Member, body: str = "Hello", client_id: str = "", **more: Any) -> Sending:
    return Sending(room.id, author.id, client_id or str(ids.new()), body, **more)


def told(batch: Batch) -> list[dict[str, Any]]:
    """What was answered, without what is each message's own."""
    made = [json.loads(stored(one).message or b"") for one in batch.outcomes]
    return [{name: value for name, value in one.items() if name not in OWN} for one in made]


async def ready(cast: Cast, *sendings: Sending) -> bool:
    return await Batch(sendings).store_ready(cast.running.database)


async def both_ways(cast: Cast, at_once: Sequence[Sending], singly: Sequence[Sending]) -> tuple[Batch, Batch]:
    one, other = Batch(at_once), Batch(singly)
    assert await one.store_ready(cast.running.database)
    async with cast.running.database.writing() as session:
        await other.store(session, patient=False)
    return one, other


async def test_at_once_is_stored_and_answered_what_would_be_one_by_one(cast: Cast, rooms: Rooms) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    here, there = await rooms.group(mali, olga, kind="topic"), await rooms.group(mali, olga, kind="topic")

    def said(room: Room) -> list[Sending]:
        return [
            sending(room, mali, "はじめまして **Olga**"),
            sending(room, olga, 'a "quote" \\ & <b>'),
            sending(room, mali),
        ]

    one, other = await both_ways(cast, said(here), said(there))
    assert [message["seq"] for message in told(one)] == [1, 2, 3]
    assert told(one) == told(other)
    answering = [[sending(room, olga, "Yes", reply_to=3)] for room in (here, there)]
    later, singly = await both_ways(cast, *answering)
    assert told(later) == told(singly)
    async with await cast.browser(olga) as hers:
        read, beside = await here.read(hers), await there.read(hers)
    assert [json.loads(stored(made).message or b"") for made in (*one.outcomes, *later.outcomes)] == read
    assert [{**message, **dict.fromkeys(OWN)} for message in read] == [{**m, **dict.fromkeys(OWN)} for m in beside]
    for member, seq in ((mali, 3), (olga, 4)):
        assert [(await room.place(member)).read_seq for room in (here, there)] == [seq, seq]
    for room in (here, there):
        thread = await room.thread()
        assert (thread.last_seq, thread.rev) == (4, 4)


def stored(outcome: object) -> Stored:
    assert isinstance(outcome, Stored)
    return outcome


async def test_whatever_stands_against_one_message_leaves_all_to_the_judging(cast: Cast, rooms: Rooms) -> None:
    """Suspended, gone, invited, a mere reader, a repetition (case 1), an answer to nothing, a thread that is held."""
    mali, olga, ann = [await cast.member(name) for name in ("Mali Member", "Olga Other", "Ann Absent")]
    room = await rooms.group(mali, olga, kind="topic", history="since-joining")
    small, direct = await rooms.group(mali, olga), await rooms.direct(mali, olga)
    assert await ready(cast, sending(room, olga, client_id="known"), sending(room, mali))
    for against in (
        sending(room, ann),
        sending(room, olga, client_id="known"),
        sending(room, mali, reply_to=3),
        sending(small, mali),
        sending(direct, mali),
        sending(Room(cast, ids.new()), mali),
    ):
        assert not await ready(cast, sending(room, olga), against), against
    for columns, usual in (
        ({"posts": False}, {"posts": True}),
        ({"left_at": clock.now()}, {"left_at": None}),
        ({"request": "incoming"}, {"request": None}),
    ):
        await room.change(mali, **columns)
        assert not await ready(cast, sending(room, olga), sending(room, mali)), columns
        await room.change(mali, **usual)
    await room.change(mali, joined_seq=1)
    assert not await ready(cast, sending(room, mali, reply_to=1))
    async with cast.running.database.transaction() as session:
        await session.execute(text("SELECT FROM thread WHERE id = :id FOR UPDATE"), {"id": room.id})
        assert not await ready(cast, sending(room, mali))
    async with cast.running.database.transaction() as session:
        session.add(Suspension(member_id=mali.id, reason="spam"))
    assert not await ready(cast, sending(room, olga), sending(room, mali))
    assert (await room.thread()).last_seq == 2
    assert await ready(cast, sending(room, olga, reply_to=2))


async def test_a_group_of_many_is_a_great_room(cast: Cast, rooms: Rooms) -> None:
    """Whose members are counted to, not told: it is written to like any great room."""
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.group(mali, olga)
    for count, at_once in ((GREAT, False), (GREAT + 1, True)):
        async with cast.running.database.transaction() as session:
            values = {"count": count, "id": room.id}
            await session.execute(text("UPDATE thread SET member_count = :count WHERE id = :id"), values)
        assert await ready(cast, sending(room, mali)) is at_once


async def test_what_one_writer_is_given_in_turn_is_stored_in_turn_whichever_way(cast: Cast, rooms: Rooms) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.group(mali, olga, kind="topic")
    writer = Writer(cast.running)
    bodies = ["plain", "@olga-other is named", "plain again", "and **again**"]
    waiting = [writer.enqueue(sending(room, mali, body)) for body in bodies for _ in range(3)]
    assert [stored(await one).seq for one in waiting] == list(range(1, 13))
    with pytest.raises(Exception, match="not-found"):
        await writer.send(sending(room, await cast.member("Ann Absent")))
    assert (await writer.send(sending(room, olga))).seq == 13


async def test_a_line_to_the_database_that_is_lost_costs_what_was_on_it_and_nothing_after(
    cast: Cast, rooms: Rooms
) -> None:
    """The connection is kept from one batch to the next: a broken one must not be."""
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.group(mali, olga, kind="topic")
    assert await ready(cast, sending(room, mali))
    async with cast.running.database.transaction() as session:
        ended = await session.execute(
            text(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                " AND query LIKE '%store_ready_messages%'"
            )
        )
        assert ended.scalars().all() == [True]
    with pytest.raises(OperationalError):
        await ready(cast, sending(room, mali))
    assert await ready(cast, sending(room, olga))
    assert not await ready(cast, sending(room, olga, client_id="twice"), sending(room, olga, client_id="twice"))
    assert await ready(cast, sending(room, olga, client_id="twice"))
    assert (await room.thread()).last_seq == 3

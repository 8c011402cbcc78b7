"""Threads that features above own: a cohort's, a chapter's, an event's. The feature says who belongs in."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import delete, insert, update
from sqlalchemy.dialects.postgresql import insert as insert_or_not

from ssc.core import clock, ids
from ssc.core.db import Session
from ssc.messaging import rules
from ssc.messaging.actions.lines import enter, go, hold
from ssc.messaging.actions.membership import hand_over
from ssc.messaging.actions.seating import recount
from ssc.messaging.models import DirectPair, Thread, ThreadMember
from ssc.messaging.queries.contact import minors_of
from ssc.messaging.queries.participants import place_in, present, thread_of, threads_of_member


class Beginning(NamedTuple):
    """A thread that a feature wants to have, with whom it begins."""

    kind: str
    subject: str
    title: str
    member_ids: Sequence[UUID]


async def open_owned(session: Session, kind: str, subject: str, title: str, *, announces: bool = False) -> UUID:
    """The thread of this subject (`exchange:<id>`), made when it is not there; under the title it now has.

    `announces`: those who sit in it read, and are told of each message; only whom the feature names writes.
    """
    known = await thread_of(session, subject)
    if known is None:
        row = _row(kind, subject, title) | {"announces": announces}
        await session.execute(insert_or_not(Thread).values(row).on_conflict_do_nothing(index_elements=["subject"]))
        known = await thread_of(session, subject)
        assert known is not None
    else:
        await session.execute(update(Thread).where(Thread.id == known, Thread.title != title).values(title=title[:120]))
    return known


async def begin_many(session: Session, beginnings: Sequence[Beginning]) -> None:
    """Many threads that were not there, at once and without lines: for a club that is filled."""
    threads = [(_row(*one[:3]), one.member_ids) for one in beginnings]
    readers = await _readers_of_rooms(session, beginnings)
    places = [
        {
            "thread_id": row["id"],
            "member_id": member_id,
            "joined_at": row["created_at"],
            "posts": row["kind"] not in rules.TELLS_ONLY_MENTIONED or member_id not in readers,
        }
        for row, member_ids in threads
        for member_id in member_ids
    ]
    if threads:
        await session.execute(insert(Thread), [row for row, _member_ids in threads])
    if places:
        await session.execute(insert(ThreadMember), places)
    await recount(session, [row["id"] for row, _member_ids in threads])


async def keep_in_step(session: Session, thread_id: UUID, member_ids: Collection[UUID], *, quiet: bool = False) -> None:
    """Exactly these members are in the thread from now on; who came or went stands in a line, unless `quiet`.

    Minors write in their cohort's thread; all others they read without being counted.
    """
    thread = await hold(session, thread_id)
    wanted = set(member_ids)
    places = {place.member_id: place for place in await present(session, thread_id)}
    readers = await minors_of(session, wanted) if thread.kind in rules.TELLS_ONLY_MENTIONED else frozenset[UUID]()
    for member_id in sorted(places.keys() - wanted):
        await go(session, thread, places[member_id], line=not quiet)
    for member_id in sorted(wanted - places.keys()):
        places[member_id] = await enter(session, thread, member_id, line=not quiet and member_id not in readers)
    for member_id in wanted:
        places[member_id].posts = member_id not in readers
    await session.flush()
    await recount(session, [thread_id])
    await session.refresh(thread)


async def depart(session: Session, member_id: UUID) -> None:
    """Takes a member out of all threads: her account was another's. What was said in them stays.

    A direct thread is nobody's with her any more: whoever writes to her next begins a new one.
    """
    for thread_id in await threads_of_member(session, member_id):
        thread = await hold(session, thread_id)
        place = await place_in(session, thread_id, member_id)
        if place is not None:
            await go(session, thread, place, line=thread.kind != "direct")
            await hand_over(session, thread, member_id)
            if thread.announces:
                await recount(session, [thread.id])
    pairs = (DirectPair.low_id == member_id) | (DirectPair.high_id == member_id)
    await session.execute(delete(DirectPair).where(pairs))


def _row(kind: str, subject: str, title: str) -> dict[str, Any]:
    now = clock.now()
    return {
        "id": ids.new(),
        "kind": kind,
        "subject": subject,
        "title": title[:120],
        "history": "all",
        "last_seq": 0,
        "rev": 0,
        "member_count": 0,
        "last_message_at": now,
        "created_at": now,
    }


async def _readers_of_rooms(session: Session, beginnings: Sequence[Beginning]) -> frozenset[UUID]:
    rooms = [one for one in beginnings if one.kind in rules.TELLS_ONLY_MENTIONED]
    return await minors_of(session, {member_id for one in rooms for member_id in one.member_ids})

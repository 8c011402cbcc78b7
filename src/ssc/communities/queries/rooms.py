"""The threads of cohorts: who belongs in, and where that is not so yet."""

from collections.abc import Sequence
from typing import LiteralString, NamedTuple
from uuid import UUID

from ssc.core import clock
from ssc.core.db import Session
from ssc.messaging.queries.participants import place_in, thread_of
from ssc.people.viewer import Viewer


class Room(NamedTuple):
    """An exchange whose thread holds others than those who belong in; `thread_id` None: it has none yet."""

    exchange_id: UUID
    title: str
    thread_id: UUID | None
    member_ids: Sequence[UUID]


def subject_of(exchange_id: UUID) -> str:
    """For what the thread is owned."""
    return f"exchange:{exchange_id}"


async def room_of(session: Session, viewer: Viewer, exchange_id: UUID) -> UUID | None:
    """The cohort's thread, if the viewer is in it."""
    thread_id = await thread_of(session, subject_of(exchange_id))
    place = await place_in(session, thread_id, viewer.id) if thread_id else None
    return place.thread_id if place else None


async def out_of_step(session: Session, exchange_ids: Sequence[UUID] | None) -> list[Room]:
    """Of these exchanges (None: of all) those whose thread has to change, in the order of their ids."""
    values = {"exchanges": None if exchange_ids is None else list(exchange_ids), "now": clock.now()}
    return [Room(*row) for row in await session.rows(_OUT_OF_STEP, values, prepare=False)]


_OUT_OF_STEP: LiteralString = """
WITH room AS (
    SELECT e.id AS exchange_id, coalesce(nullif(e.title, ''), e.code) AS title, t.id AS thread_id
    FROM exchange e LEFT JOIN thread t ON t.subject = 'exchange:' || e.id
    WHERE %(exchanges)s::uuid[] IS NULL OR e.id = ANY(%(exchanges)s::uuid[])
), held AS (
    SELECT room.exchange_id, tm.member_id
    FROM room JOIN thread_member tm ON tm.thread_id = room.thread_id AND tm.left_at IS NULL
), wanted AS (
    SELECT room.exchange_id, p.member_id
    FROM room
    JOIN participation p ON p.exchange_id = room.exchange_id
    JOIN member m ON m.id = p.member_id AND m.joined_at IS NOT NULL AND NOT m.deceased
    LEFT JOIN account a ON a.member_id = m.id
    WHERE a.limited_until IS NULL OR a.limited_until <= %(now)s
        OR EXISTS (SELECT FROM held WHERE held.exchange_id = room.exchange_id AND held.member_id = p.member_id)
), apart AS (
    (SELECT * FROM wanted EXCEPT SELECT * FROM held) UNION ALL (SELECT * FROM held EXCEPT SELECT * FROM wanted)
)
SELECT room.exchange_id, room.title, room.thread_id,
    ARRAY(SELECT w.member_id FROM wanted w WHERE w.exchange_id = room.exchange_id ORDER BY w.member_id) AS member_ids
FROM room WHERE room.exchange_id IN (SELECT exchange_id FROM apart)
ORDER BY room.exchange_id
"""

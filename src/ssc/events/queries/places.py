"""The places of an event: who has one, who waits, and how far from the head."""

from collections.abc import Iterable
from datetime import datetime
from typing import LiteralString, NamedTuple
from uuid import UUID

from sqlalchemy import func, select

from ssc.core import clock
from ssc.core.db import Session
from ssc.events.models import Answer, Event


class Taken(NamedTuple):
    """Persons, guests included, beside one member: with a place or an offer; and whether others wait without one."""

    persons: int
    queued: bool
    last: int
    """The greatest place in the queue."""
    over: bool
    """Whether somebody's offer is over, hers too: who asks expires it first."""


class Totals(NamedTuple):
    going: int
    waitlisted: int


async def lock(session: Session, event_id: UUID) -> Event:
    """The event's row, until the transaction ends: whoever moves its places does so alone."""
    return await session.get_one(Event, event_id, with_for_update=True, populate_existing=True)


async def taken(session: Session, event_id: UUID, member_id: UUID) -> Taken:
    """Beside this member."""
    values = {"event": event_id, "member": member_id, "now": clock.now()}
    (row,) = await session.rows(_TAKEN, values, prepare=True)
    return Taken(*row)


async def count(session: Session, event_id: UUID) -> Totals:
    """Counts anew, and keeps it on the event: what was counted wrong once is right again with the next answer."""
    (row,) = await session.rows(_COUNT, {"event": event_id}, prepare=True)
    return Totals(row.going, row.waitlisted)


async def held(session: Session, event_id: UUID) -> int:
    """Persons with a place or an offer."""
    counted = select(func.coalesce(func.sum(Answer.guests + 1), 0)).where(
        Answer.event_id == event_id, (Answer.status == "going") | Answer.offer_expires_at.is_not(None)
    )
    return int(await session.scalar(counted) or 0)


async def filled(session: Session, event: Event) -> int:
    """As `held`, asked only where somebody may have an offer."""
    return await held(session, event.id) if event.places == "timed" and event.waitlisted else event.going


async def by_status(session: Session, event_id: UUID) -> dict[str, int]:
    """Persons, guests included, by what they answered."""
    rows = await session.execute(
        select(Answer.status, func.sum(Answer.guests + 1)).where(Answer.event_id == event_id).group_by(Answer.status)
    )
    return {status: int(persons) for status, persons in rows}


async def queue(session: Session, event_id: UUID, limit: int) -> list[Answer]:
    """Who waits without an offer, the head first."""
    rows = await session.scalars(
        select(Answer)
        .where(Answer.event_id == event_id, Answer.status == "waitlisted", Answer.offer_expires_at.is_(None))
        .order_by(Answer.queue)
        .limit(limit)
        .execution_options(populate_existing=True)
    )
    return list(rows)


async def offers_over(session: Session, event_id: UUID, now: datetime) -> list[Answer]:
    """Offers whose time is up, the head first."""
    rows = await session.scalars(
        select(Answer)
        .where(Answer.event_id == event_id, Answer.offer_expires_at <= now)
        .order_by(Answer.queue)
        .execution_options(populate_existing=True)
    )
    return list(rows)


async def positions(session: Session, answers: Iterable[Answer]) -> dict[UUID, int]:
    """Answer → its place in the waitlist, counted from 1."""
    waiting = [answer.id for answer in answers if answer.status == "waitlisted"]
    if not waiting:
        return {}
    rows = await session.rows(_POSITIONS, {"answers": waiting}, prepare=True)
    return {row.id: row.position for row in rows}


_TAKEN: LiteralString = """
SELECT coalesce(sum(guests + 1) FILTER (
        WHERE (status = 'going' OR offer_expires_at IS NOT NULL) AND member_id <> %(member)s
    ), 0)::int AS persons,
    coalesce(bool_or(status = 'waitlisted' AND offer_expires_at IS NULL AND member_id <> %(member)s), false) AS queued,
    coalesce(max(queue), 0) AS last,
    coalesce(bool_or(offer_expires_at <= %(now)s), false) AS over
FROM event_answer WHERE event_id = %(event)s
"""
_COUNT: LiteralString = """
UPDATE event SET going = counted.going, waitlisted = counted.waitlisted
FROM (
    SELECT coalesce(sum(guests + 1) FILTER (WHERE status = 'going'), 0)::int AS going,
        coalesce(sum(guests + 1) FILTER (WHERE status = 'waitlisted'), 0)::int AS waitlisted
    FROM event_answer WHERE event_id = %(event)s
) counted
WHERE id = %(event)s RETURNING event.going, event.waitlisted
"""
_POSITIONS: LiteralString = """
SELECT mine.id, count(*) AS position
FROM event_answer mine
JOIN event_answer other
    ON other.event_id = mine.event_id AND other.status = 'waitlisted' AND other.queue <= mine.queue
WHERE mine.id = ANY(%(answers)s) GROUP BY mine.id
"""

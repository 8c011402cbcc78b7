"""What was told about an event, and who was asked to come: for its organisers."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from ssc.core import clock
from ssc.core.db import Session
from ssc.events.models import Announcement, Answer, Event, InvitationRound
from ssc.people.models import Member

_MOST = 50


class Waiting(NamedTuple):
    """An invitation that waits for a second person."""

    round: InvitationRound
    event: Event
    asked_by: str


async def announcements(session: Session, event_id: UUID, status: str | None = None) -> list[Announcement]:
    """Latest first; with `status` those meant for who answered so."""
    statement = select(Announcement).where(Announcement.event_id == event_id)
    if status is not None:
        statement = statement.where(Announcement.to.contains([status]))
    rows = await session.scalars(statement.order_by(Announcement.created_at.desc()).limit(_MOST))
    return list(rows)


async def answered(session: Session, event_id: UUID) -> dict[str, int]:
    """How many would be told: answer → members, guests not counted."""
    rows = await session.execute(
        select(Answer.status, func.count()).where(Answer.event_id == event_id).group_by(Answer.status)
    )
    return {status: int(members) for status, members in rows}


async def rounds(session: Session, event_id: UUID) -> list[InvitationRound]:
    rows = await session.scalars(
        select(InvitationRound)
        .where(InvitationRound.event_id == event_id)
        .order_by(InvitationRound.created_at.desc())
        .limit(_MOST)
    )
    return list(rows)


async def waiting(session: Session) -> list[Waiting]:
    """Of all events that can still be answered, the oldest first."""
    rows = await session.execute(
        select(InvitationRound, Event, Member.name)
        .join(Event, Event.id == InvitationRound.event_id)
        .outerjoin(Member, Member.id == InvitationRound.asked_by)
        .where(*still_waiting())
        .order_by(InvitationRound.created_at, InvitationRound.id)
        .limit(_MOST)
    )
    return [Waiting(made, event, name or "") for made, event, name in rows]


def still_waiting() -> tuple[ColumnElement[bool], ...]:
    """Whether somebody has to decide it: who is invited must still be able to answer."""
    still_open = select(Event.id).where(
        Event.cancelled_at.is_(None),
        Event.removed_at.is_(None),
        func.least(Event.rsvp_closes_at, Event.ends_at) > clock.now(),
    )
    return (
        InvitationRound.waits.is_(True),
        InvitationRound.decided_at.is_(None),
        InvitationRound.event_id.in_(still_open),
    )

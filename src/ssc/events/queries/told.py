"""What was told about an event, and who was asked to come: for its organisers."""

from uuid import UUID

from sqlalchemy import select

from ssc.core.db import Session
from ssc.events.models import Announcement, InvitationRound

_MOST = 50


async def announcements(session: Session, event_id: UUID, status: str | None = None) -> list[Announcement]:
    """Latest first; with `status` those meant for who answered so."""
    statement = select(Announcement).where(Announcement.event_id == event_id)
    if status is not None:
        statement = statement.where(Announcement.to.contains([status]))
    rows = await session.scalars(statement.order_by(Announcement.created_at.desc()).limit(_MOST))
    return list(rows)


async def rounds(session: Session, event_id: UUID) -> list[InvitationRound]:
    rows = await session.scalars(
        select(InvitationRound)
        .where(InvitationRound.event_id == event_id)
        .order_by(InvitationRound.created_at.desc())
        .limit(_MOST)
    )
    return list(rows)

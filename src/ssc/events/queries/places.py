"""The places of an event: who has one, who waits, and how far from the head."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from ssc.core.db import Session
from ssc.events.models import Answer


async def positions(session: Session, answers: Iterable[Answer]) -> dict[UUID, int]:
    """Answer → its place in the waitlist, counted from 1."""
    waiting = [answer.id for answer in answers if answer.status == "waitlisted"]
    if not waiting:
        return {}
    mine, other = aliased(Answer), aliased(Answer)
    rows = await session.execute(
        select(mine.id, func.count())
        .join(other, (other.event_id == mine.event_id) & (other.status == "waitlisted") & (other.queue <= mine.queue))
        .where(mine.id.in_(waiting))
        .group_by(mine.id)
    )
    return dict(iter(rows))

"""Of whom a coordinator said at a door that it was she: for staff, who decide whether somebody is who she says."""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from ssc.core.db import Session
from ssc.events.models import Answer, Event
from ssc.people.models import Member


class Met(NamedTuple):
    """Who met her where."""

    by: str
    event: str


async def met(session: Session, member_ids: Collection[UUID]) -> dict[UUID, Met]:
    """The last time of each."""
    coordinator = aliased(Member)
    rows = await session.execute(
        select(Answer.member_id, coordinator.name, Event.title)
        .join(Event, Event.id == Answer.event_id)
        .join(coordinator, coordinator.id == Answer.known_by)
        .where(Answer.member_id.in_(member_ids), Answer.checked_in_at.is_not(None))
        .order_by(Event.starts_at)
    )
    return {member_id: Met(by, title) for member_id, by, title in rows}

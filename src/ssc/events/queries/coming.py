"""The next events in short, as every member's home page asks for them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, Integer, Select, and_, bindparam, null, select

from ssc.core import clock
from ssc.core.db import Session
from ssc.events.models import Answer, Event
from ssc.events.queries.sight import BySight, Seer, seen_by
from ssc.people.viewer import Viewer


@dataclass(frozen=True)
class Coming:
    """`answer`: what this viewer answered."""

    slug: str
    title: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    online: bool
    venue: str
    country: str
    answer: str | None


async def coming(session: Session, viewer: Viewer | None, most: int) -> list[Coming]:
    """Those that she may see and that are not over, the nearest first: one statement, compiled once."""
    rows = await _COMING.rows(session, viewer, now=clock.now(), most=most)
    return [Coming(*row) for row in rows]


def _coming(seer: Seer | None) -> Select[*tuple[Any, ...]]:
    answer = Answer.status if seer else null()
    shown = (Event.slug, Event.title, Event.starts_at, Event.ends_at, Event.time_zone, Event.online, Event.venue)
    statement = select(*shown, Event.country, answer.label("answer")).select_from(Event)
    if seer:
        statement = statement.outerjoin(Answer, and_(Answer.event_id == Event.id, Answer.member_id == seer.me))
    upcoming = Event.ends_at > bindparam("now", type_=DateTime(timezone=True))
    most = bindparam("most", type_=Integer())
    return statement.where(upcoming, *seen_by(seer)).order_by(Event.starts_at, Event.id).limit(most)


_COMING = BySight(_coming)

"""The next events in short, as every member's home page asks for them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import DateTime, Integer, and_, bindparam, null, select

from ssc.core import clock
from ssc.core.db import Prepared, Session
from ssc.events.models import Answer, Event
from ssc.events.queries.sight import Seer, seen_by, values_of
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
    told = {"now": clock.now(), "most": most}
    if viewer is None or viewer.limited:
        rows = await _FOR_VISITORS.rows(session, **told)
    else:
        statement = _FOR_STAFF if viewer.is_staff else _FOR_MEMBERS
        rows = await statement.rows(session, **told, **values_of(viewer))
    return [Coming(*row) for row in rows]


def _prepared(seer: Seer | None) -> Prepared:
    answer = Answer.status if seer else null()
    shown = (Event.slug, Event.title, Event.starts_at, Event.ends_at, Event.time_zone, Event.online, Event.venue)
    statement = select(*shown, Event.country, answer.label("answer")).select_from(Event)
    if seer:
        statement = statement.outerjoin(Answer, and_(Answer.event_id == Event.id, Answer.member_id == seer.me))
    upcoming = Event.ends_at > bindparam("now", type_=DateTime(timezone=True))
    order = (Event.starts_at, Event.id)
    return Prepared(
        statement.where(upcoming, *seen_by(seer)).order_by(*order).limit(bindparam("most", type_=Integer()))
    )


_FOR_VISITORS = _prepared(None)
_FOR_MEMBERS = _prepared(Seer.to_be_told(is_staff=False))
_FOR_STAFF = _prepared(Seer.to_be_told(is_staff=True))

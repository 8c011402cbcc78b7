"""What stands in a member's calendar."""

from sqlalchemy import select

from ssc.core import ids
from ssc.core.db import Session
from ssc.events.calendars import Entry
from ssc.events.models import Answer, CalendarFeed, Event
from ssc.people import queries as people
from ssc.people.models import Member

_MOST = 500


async def owner_of(session: Session, secret: str) -> Member | None:
    """Whose calendar the address is; nobody's once she is shut out."""
    owner = select(Member).join(CalendarFeed, CalendarFeed.member_id == Member.id)
    member = await session.scalar(owner.where(CalendarFeed.digest == ids.digest(secret)))
    if member is None or not member.claimed or await people.suspension_of(session, member.id):
        return None
    return member


async def entries_of(session: Session, member: Member) -> list[Entry]:
    """What she is going to, or may: also what was cancelled, so that it goes from her calendar."""
    rows = await session.execute(
        select(Event, Answer)
        .join(Answer, Answer.event_id == Event.id)
        .where(
            Answer.member_id == member.id,
            Answer.status.in_(("going", "maybe", "waitlisted")),
            Event.published_at.is_not(None),
            Event.removed_at.is_(None),
        )
        .order_by(Event.starts_at.desc(), Event.id)
        .limit(_MOST)
    )
    return [entry_of(event, answer) for event, answer in rows]


def entry_of(event: Event, answer: Answer | None) -> Entry:
    """For a reader who has not answered it is an event like any other."""
    goes = answer is not None and answer.status == "going"
    return Entry(event, sure=answer is None or goes, online_url=event.online_url if goes else None)

"""The event's thread: who is going, and who organises it by name."""

from uuid import UUID

from sqlalchemy import select

from ssc.core.db import Session
from ssc.events.models import Answer, Event
from ssc.events.queries.events import organisers_of
from ssc.messaging.actions.owned import keep_in_step, open_owned
from ssc.people.models import Member

KIND = "event"


async def keep(session: Session, event_id: UUID) -> None:
    """Exactly those are in the thread; nobody's coming or going fills it with lines."""
    event = await session.get(Event, event_id)
    if event is None or event.published_at is None:
        return
    going = select(Answer.member_id).where(Answer.event_id == event.id, Answer.status == "going")
    named = [one.member_id for one in await organisers_of(session, event.id)]
    present = await session.scalars(
        select(Member.id).where(
            Member.id.in_(going) | Member.id.in_(named), Member.joined_at.is_not(None), Member.deceased.is_(False)
        )
    )
    thread_id = await open_owned(session, KIND, event.subject, event.title)
    await keep_in_step(session, thread_id, set(present), quiet=True)

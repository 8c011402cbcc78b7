"""The event's thread: who is going, and who organises it by name."""

from uuid import UUID

from sqlalchemy import select

from ssc.core import shelf
from ssc.core.db import Session
from ssc.events.models import Answer, Event
from ssc.events.queries.events import organisers_of
from ssc.messaging.actions.lines import hold
from ssc.messaging.actions.owned import keep_in_step, open_owned
from ssc.people.models import Member

KIND = "event"


async def keep(session: Session, event_id: UUID) -> None:
    """Exactly those are in the thread; nobody's coming or going fills it with lines. Once moderators have taken the
    event away nobody is: the thread is in no list, and its messages are nobody's to read, until it is given back."""
    event = await session.get(Event, event_id)
    if event is None or event.published_at is None:
        return
    thread_id = await open_owned(session, KIND, event.subject, event.title)
    await hold(session, thread_id)
    await session.refresh(event)  # taken away while others had the thread: from here on that waits for us, or we know
    present = await _belong(session, event) if event.removed_at is None else set()
    await keep_in_step(session, thread_id, present, quiet=True)


async def keep_in_office(session: Session, event_id: UUID) -> None:
    """Whose office has ended organises no more: she leaves the thread unless she is going, and the event's page."""
    await keep(session, event_id)
    await shelf.forget(session, f"event-{event_id}")


async def _belong(session: Session, event: Event) -> set[UUID]:
    going = select(Answer.member_id).where(Answer.event_id == event.id, Answer.status == "going")
    named = [one.member_id for one in await organisers_of(session, event.id)]
    present = await session.scalars(
        select(Member.id).where(
            Member.id.in_(going) | Member.id.in_(named), Member.joined_at.is_not(None), Member.deceased.is_(False)
        )
    )
    return set(present)

"""An event that moderators take away, and give back: nobody finds it any more nor reads its thread, and whoever meant
to come hears that it is off, or on again."""

from uuid import UUID

from ssc.core import audit, clock, shelf
from ssc.core.db import Session
from ssc.core.i18n import words
from ssc.events.actions import rooms
from ssc.events.actions.moving import settle
from ssc.events.actions.telling import tell_cancelled, tell_restored
from ssc.events.actions.writing import TOPIC
from ssc.events.models import Event

REASON = words("The club's moderators took it away.")


async def take_away(session: Session, event: Event, by: UUID) -> None:
    """Once more changes nothing. The event is locked; what is past is told to nobody."""
    if event.removed_at is not None:
        return
    now = clock.now()
    if event.status == "published":
        event.cancelled_at, event.cancel_reason = now, REASON()
        event.sequence += 1
        await tell_cancelled(session, event)
    event.removed_at = now
    event.version += 1
    audit.write(session, by, "event.take-away", event.subject)
    await session.flush()
    await rooms.keep(session, event.id)
    await shelf.forget(session, TOPIC, f"event-{event.id}")


async def give_back(session: Session, event: Event, by: UUID) -> None:
    """As it was, with its thread; once more changes nothing. The event is locked.

    What only the removal had called off takes place again, and whoever meant to come hears that; an event that its
    organisers had cancelled stays so.
    """
    if event.removed_at is None:
        return
    called_off = event.cancelled_at == event.removed_at
    event.removed_at = None
    event.version += 1
    if called_off:
        event.cancelled_at, event.cancel_reason = None, ""
        event.sequence += 1
    audit.write(session, by, "event.give-back", event.subject)
    await session.flush()
    if called_off and event.status == "published":
        await tell_restored(session, event)
        await settle(session, event)  # who withdrew meanwhile left places
    await rooms.keep(session, event.id)
    await shelf.forget(session, TOPIC, f"event-{event.id}")

"""An event that moderators take away: nobody finds it any more, and whoever meant to come hears that it is off."""

from uuid import UUID

from ssc.core import audit, clock, shelf
from ssc.core.db import Session
from ssc.core.i18n import words
from ssc.events.actions.telling import tell_cancelled
from ssc.events.actions.writing import TOPIC
from ssc.events.models import Event

REASON = words("The club's moderators took it away.")


async def take_away(session: Session, event: Event, by: UUID) -> None:
    """Once more changes nothing. The event is locked; what is past is told to nobody."""
    if event.removed_at is not None:
        return
    if event.status == "published":
        event.cancelled_at, event.cancel_reason = clock.now(), REASON()
        event.sequence += 1
        await tell_cancelled(session, event)
    event.removed_at = clock.now()
    event.version += 1
    audit.write(session, by, "event.take-away", event.subject)
    await session.flush()
    await shelf.forget(session, TOPIC, f"event-{event.id}")

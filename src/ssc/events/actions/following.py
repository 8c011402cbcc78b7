"""What follows when people come and go: the thread and the tickets, once for many."""

from datetime import timedelta

from ssc.core import clock, jobs
from ssc.core.db import Session
from ssc.events.models import Event

_MOST = 5


async def follow(session: Session, event: Event) -> None:
    """Asks for it with this change. The more have come, the longer it gathers: at ten it begins at once, at fifty
    some seconds later, so that while hundreds answer their thread is not put in step after each."""
    seconds = min(_MOST, event.going // 10)
    at = clock.now() + timedelta(seconds=seconds) if seconds else None
    await jobs.defer(session, "events.keep_thread", at=at, once=f"thread:{event.id}", event=str(event.id))

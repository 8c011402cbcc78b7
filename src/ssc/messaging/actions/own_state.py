"""What is a member's own in a thread: until when it is quiet, whether it is put away, what she has begun to write."""

from datetime import datetime
from typing import Any

from sqlalchemy import update

from ssc.core import clock
from ssc.core import live as delivery
from ssc.core.db import Session
from ssc.core.live import Publication
from ssc.messaging import encoding
from ssc.messaging.models import ThreadMember
from ssc.messaging.queries.inbox import thread_of_viewer
from ssc.messaging.queries.places import Place
from ssc.messaging.telling import withdraw
from ssc.people.viewer import Viewer


async def mute(session: Session, viewer: Viewer, place: Place, until: datetime | None) -> None:
    """Quiet until then; what was to be told already is taken back. None: it tells again."""
    await _keep(session, viewer, place, muted_until=until)
    if until is not None:
        await withdraw(session, place.id, [viewer.id])


async def archive(session: Session, viewer: Viewer, place: Place, away: bool) -> None:
    """Puts the thread away until something new is written in it, or takes it out again."""
    await _keep(session, viewer, place, archived_at=clock.now() if away else None)


async def keep_draft(session: Session, viewer: Viewer, place: Place, body: str) -> None:
    """Keeps what was begun, for all of the member's devices; an empty text forgets it."""
    await _keep(session, viewer, place, draft=body, drafted_at=clock.now() if body else None)


async def _keep(session: Session, viewer: Viewer, place: Place, **own: Any) -> None:
    mine = (ThreadMember.thread_id == place.id, ThreadMember.member_id == viewer.id)
    await session.execute(update(ThreadMember).where(*mine).values(**own))
    await show_again(session, viewer, place)


async def show_again(session: Session, viewer: Viewer, place: Place) -> None:
    """The viewer's other tabs and devices get the thread as it now is for her."""
    thread = await thread_of_viewer(session, viewer, place.id)
    delivery.publish(session, Publication(f"member:{viewer.id}", encoding.frame("thread", thread=thread)))

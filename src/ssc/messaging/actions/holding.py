"""A thread held for a change: its row is locked, its count of changes goes up, and what changed goes out after."""

from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update

from ssc.core import errors
from ssc.core.db import Session
from ssc.messaging import live
from ssc.messaging.models import Message, Thread
from ssc.messaging.queries.messages import Read, message, message_of
from ssc.messaging.queries.places import Place, place_of
from ssc.people.viewer import Viewer


async def held(session: Session, viewer: Viewer, place: Place) -> Place:
    """Locks the thread until the commit; answers how the viewer stands in it now. 404 where she is no longer in it."""
    await session.execute(select(Thread.id).where(Thread.id == place.id).with_for_update(key_share=True))
    now = await place_of(session, viewer, place.id)
    if now is None:
        raise errors.not_found()
    return now


async def held_message(session: Session, viewer: Viewer, place: Place, seq: int) -> tuple[Place, Message]:
    """A message as it is now, its thread being locked; 404 where the viewer may not read it or it is withheld."""
    now = await held(session, viewer, place)
    read = await message_of(session, now, seq)
    if read is None or read.author_id in viewer.blocked:
        raise errors.not_found()
    return now, await session.get_one(Message, (place.id, seq), populate_existing=True)


async def next_rev(session: Session, thread_id: UUID) -> int:
    found = await session.scalars(
        update(Thread).where(Thread.id == thread_id).values(rev=Thread.rev + 1).returning(Thread.rev)
    )
    return found.one()


async def changed(session: Session, changed: Message) -> Read:
    """Gives the message the thread's next `rev`, and sends it out as it then is."""
    changed.rev = await next_rev(session, changed.thread_id)
    await session.flush()
    read = await message(session, changed.thread_id, changed.seq)
    assert read is not None
    live.publish(session, read)
    return read


def lexemes(text: str) -> ColumnElement[str]:
    """For `Message.tokens`."""
    return func.array_to_tsvector(func.string_to_array(text, " "))

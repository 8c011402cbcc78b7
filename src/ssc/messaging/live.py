"""What goes out live of messages: the whole message as it now is, encoded once for all."""

from uuid import UUID

from ssc.core import live
from ssc.core.db import Database, Session
from ssc.core.live import Publication
from ssc.core.live.filling import Filler
from ssc.messaging import encoding
from ssc.messaging.queries.messages import Read, changed_since

PREFIX = "thread:"
FILL = 200


def channel_of(thread_id: UUID) -> str:
    return f"{PREFIX}{thread_id}"


def thread_of(channel: str) -> UUID | None:
    """The thread whose channel this is."""
    return UUID(channel.removeprefix(PREFIX)) if channel.startswith(PREFIX) else None


def publication(read: Read) -> Publication:
    """A message as its thread hears of it."""
    shape = read.shape
    withheld = encoding.frame("message", message=encoding.withheld(shape))
    return Publication(
        f"thread:{shape['thread_id']}", encoding.frame("message", message=shape), shape["rev"], read.author_id, withheld
    )


def publish(session: Session, *changed: Read) -> None:
    """After the commit."""
    live.publish(session, *map(publication, changed))


def filler(database: Database) -> Filler:
    """What a thread's channel should have heard: publications may be lost, the table is not."""

    async def fill(channel: str, rev: int) -> list[Publication]:
        thread_id = UUID(channel.removeprefix(PREFIX))
        async with database.reading() as session:
            return [publication(read) for read in await changed_since(session, thread_id, rev, FILL)]

    return fill

"""What goes out live of messages: the whole message as it now is, encoded once for all."""

from uuid import UUID

from ssc.core import live
from ssc.core.db import Session
from ssc.core.live import Publication
from ssc.messaging import encoding
from ssc.messaging.queries.messages import Read, changed_since

FILL = 200


def channel_of(thread_id: UUID) -> str:
    return f"thread:{thread_id}"


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


async def missed(session: Session, channel: str, rev: int) -> list[Publication]:
    """What the thread's channel should have heard after `rev`: publications may be lost, the table is not."""
    thread_id = UUID(channel.removeprefix("thread:"))
    return [publication(read) for read in await changed_since(session, thread_id, rev, FILL)]

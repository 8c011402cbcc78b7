"""What one hears while connected."""

from dataclasses import dataclass
from typing import Any

from ssc.client.shapes import Message, Thread


@dataclass(frozen=True, slots=True)
class Connected:
    """The club answers, and what was missed follows."""

    threads: list[Thread]
    by: str
    """`socket`, or `polling` where no socket gets through."""


@dataclass(frozen=True, slots=True)
class Disconnected:
    """The line is down; it is tried again, and meanwhile `send` waits."""

    why: str


@dataclass(frozen=True, slots=True)
class MessageCame:
    """A message is new, or was edited, deleted or reacted to. In a thread `rev` ascends, and none comes twice."""

    message: Message
    is_new: bool


@dataclass(frozen=True, slots=True)
class ThreadChanged:
    """One is in a new thread, or a thread is called otherwise."""

    thread: Thread


@dataclass(frozen=True, slots=True)
class ThreadLeft:
    """One is no longer in it."""

    thread_id: str


@dataclass(frozen=True, slots=True)
class ReadUpTo:
    """Somebody (oneself elsewhere, too) has read a thread up to `seq`."""

    thread_id: str
    handle: str
    seq: int


@dataclass(frozen=True, slots=True)
class Typing:
    thread_id: str
    handle: str


@dataclass(frozen=True, slots=True)
class PresenceChanged:
    """Of those whom one watches."""

    handle: str
    online: bool


@dataclass(frozen=True, slots=True)
class Noticed:
    notification: dict[str, Any]


Event = (
    Connected | Disconnected | MessageCame | ThreadChanged | ThreadLeft | ReadUpTo | Typing | PresenceChanged | Noticed
)

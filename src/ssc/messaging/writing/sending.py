"""What is sent, and what became of it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from ssc.core import markdown
from ssc.core.errors import Problem
from ssc.core.markdown import Rendered
from ssc.messaging.rules import MENTIONS_LIMIT

Key = tuple[UUID, UUID, str]


@dataclass(frozen=True)
class Sending:
    """A message on its way; `body` is normalised and within its limits."""

    thread_id: UUID
    author_id: UUID
    client_id: str
    body: str
    reply_to: int | None = None
    attachments: tuple[UUID, ...] = ()
    rendered: Rendered = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rendered", markdown.render(self.body))

    @property
    def names(self) -> tuple[str, ...]:
        """Whom it may mention, by handle."""
        return self.rendered.names[:MENTIONS_LIMIT]

    @cached_property
    def digest(self) -> bytes:
        """The same for the same body, reply and attachments: whether a repetition is one."""
        files = " ".join(map(str, self.attachments))
        return hashlib.sha256(f"{self.reply_to}\0{files}\0{self.body}".encode()).digest()[:16]

    @property
    def is_plain(self) -> bool:
        """Names nobody and brings nothing along."""
        return not self.rendered.names and not self.attachments

    @property
    def key(self) -> Key:
        return self.thread_id, self.author_id, self.client_id


@dataclass(frozen=True)
class Stored:
    """A message that is durable. `message` is its JSON where it was stored just now, else None: it may have changed."""

    seq: int
    rev: int
    message: bytes | None = None


# Why a sending is refused; called by the sender, whose language the words are to be in.
Refusal = Callable[[], Problem]

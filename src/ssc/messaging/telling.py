"""Who is told of what was written: the one place where messaging meets notifications."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from ssc.core.db import Session


@dataclass(frozen=True)
class Written:
    """A message that has just been stored."""

    thread_id: UUID
    kind: str
    seq: int
    author_id: UUID
    mentioned: tuple[UUID, ...]
    is_request: bool


async def tell_of(session: Session, written: Sequence[Written]) -> None:
    """Notices of messages, in the transaction that stores them."""


async def tell_of_mentions(session: Session, written: Written) -> None:
    """An edit named somebody who was not named before."""


async def withdraw(session: Session, thread_id: UUID, member_ids: Sequence[UUID]) -> None:
    """Who has read, or muted, or lost what there was to read need not be told any more."""


async def withdraw_message(session: Session, thread_id: UUID, seq: int) -> None:
    """A message was deleted: whoever has nothing else new there need not be told any more."""

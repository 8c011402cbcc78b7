"""What goes out live: publications of a channel, acts on a member, and who receives them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Publication:
    """One JSON text frame for all who follow a channel (`thread:<uuid>`, `member:<uuid>`), encoded once.

    With a `rev` it is delivered in ascending order and once. Who has a block towards `author` gets `withheld`, or
    nothing.
    """

    channel: str
    frame: bytes
    rev: int | None = None
    author: UUID | None = None
    withheld: bytes | None = None


Verb = Literal["revoke", "dismiss", "admit", "refresh", "notice"]


@dataclass(frozen=True, slots=True)
class Act:
    """Something done to a member, carried out by every process that she is connected to."""

    member_id: UUID
    verb: Verb
    subject: str = ""
    """Of `revoke` the session or token, of `dismiss` and `admit` the channel, of `notice` the notice or nothing."""
    frame: bytes = b""

    @property
    def channel(self) -> str:
        return channel_of(self.member_id)


@dataclass(frozen=True, slots=True)
class Hint:
    """That a channel has come to `rev`, from a process whose publications were lost on the way."""

    channel: str
    rev: int


News = Publication | Act | Hint


class Burst(tuple[bytes, ...]):
    """Frames that leave in one write; keeps what an outlet made of them for the next receiver."""

    def __init__(self, _frames: Iterable[bytes] = ()) -> None:
        self._made: dict[Callable[[bytes], bytes], bytes] = {}

    def encoded(self, encode: Callable[[bytes], bytes]) -> bytes:
        """All frames as `encode` makes each of them, computed once."""
        made = self._made.get(encode)
        if made is None:
            made = self._made[encode] = b"".join(map(encode, self))
        return made


class Receiver(Protocol):
    """One socket of a member. Nothing here waits or raises, nor follows or leaves a channel before it returns."""

    @property
    def member_id(self) -> UUID: ...

    @property
    def session_id(self) -> UUID | None:
        """The session or the access token that it came by."""

    @property
    def blocked(self) -> frozenset[UUID]:
        """Whom the member blocked and who blocked her."""

    def write(self, frames: Sequence[bytes]) -> None:
        """Sends, in one write; who falls too far behind is cut off (1013)."""

    def ended(self, code: int) -> None:
        """The socket is to be closed at once, with this code."""

    def admitted(self, channel: str) -> None:
        """The member may follow this channel from now on."""

    def noticed(self, notice: str) -> None:
        """She was told something (the notice's id), or has read something: what her bell says may have changed."""

    def refreshed(self) -> None:
        """Her standing, memberships, blocks and preferences are to be read again: some have changed, or may have."""


def channel_of(member_id: UUID) -> str:
    """The channel of what concerns one member, in all her sockets."""
    return f"member:{member_id}"

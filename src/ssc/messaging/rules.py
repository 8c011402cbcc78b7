"""Who may read, write and change what in a thread: pure predicates, the same for pages, API and socket."""

from typing import Protocol
from uuid import UUID

BODY_LIMIT = 10_000
ATTACHMENTS_LIMIT = 10
KINDS_OF_REACTION = 20

OWNED_BY_FEATURES = ("cohort", "chapter", "topic", "event")
TELLS_ONLY_MENTIONED = ("chapter", "topic", "event")


class Membership(Protocol):
    """A member's place in a thread that she has not left: a `ThreadMember` beside its `Thread`, or such a row."""

    @property
    def kind(self) -> str: ...
    @property
    def owner_id(self) -> UUID | None: ...
    @property
    def history(self) -> str: ...
    @property
    def member_id(self) -> UUID: ...
    @property
    def joined_seq(self) -> int: ...
    @property
    def request(self) -> str | None: ...
    @property
    def posts(self) -> bool: ...


def reads_above(place: Membership) -> int | None:
    """She reads the messages above this `seq`; None: not yet any (invited into a group, not decided)."""
    if place.kind != "direct" and place.request is not None:
        return None
    return place.joined_seq if place.history == "since-joining" else 0


def may_react(place: Membership) -> bool:
    """Who only reads leaves no trace; who has not accepted answers nothing."""
    return place.posts and place.request is None


def may_write(place: Membership) -> bool:
    """Whether she may send at all: what a first message may be is `writing`'s to check under the lock."""
    return place.posts and place.request in (None, "outgoing")


def may_pin(place: Membership) -> bool:
    """Pins belong to a group's owner; in a direct thread to both."""
    return place.kind == "direct" or (place.kind == "group" and place.owner_id == place.member_id)

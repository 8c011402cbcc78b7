"""Who may read, write and change what in a thread: pure predicates, the same for pages, API and socket."""

from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID

from ssc.people.viewer import Viewer

BODY_LIMIT = 10_000
ATTACHMENTS_LIMIT = 10
KINDS_OF_REACTION = 20
PINS_LIMIT = 50
MENTIONS_LIMIT = 50
"""So many people a message can call; further names in it stay words."""

OWNED_BY_FEATURES = ("cohort", "chapter", "topic", "event")
WITH_RECEIPTS = ("direct", "group")
RECEIPTS = "receipts:"
TELLS_ONLY_MENTIONED = ("chapter", "topic", "event")
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
"""Until when a thread is muted that is muted until she says otherwise."""


class Membership(Protocol):
    """A member's place in a thread that she has not left: a `ThreadMember` beside its `Thread`, or such a row."""

    @property
    def kind(self) -> str: ...
    @property
    def owner_id(self) -> UUID | None: ...
    @property
    def history(self) -> str: ...
    @property
    def announces(self) -> bool: ...
    @property
    def closed_at(self) -> datetime | None: ...
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


def may_type(place: Membership, presence: bool) -> bool:
    """Whether others are told that she is writing: she who lets herself be seen, where she may write."""
    return presence and place.request is None and may_write(place)


def may_react(viewer: Viewer, place: Membership) -> bool:
    """Who has not accepted answers nothing, and who only reads leaves no trace: but to announcements, which are for
    few to write, every adult who hears them may react. A closed thread is reacted to like any other."""
    return place.request is None and (place.posts or (place.announces and not viewer.is_minor))


def may_write(place: Membership) -> bool:
    """Whether she may send at all: what a first message may be is `writing`'s to check under the lock."""
    return place.posts and place.closed_at is None and place.request in (None, "outgoing")


def may_edit(place: Membership, author_id: UUID | None) -> bool:
    """Only one's own words, and only as long as one may write here: what was said when it was closed stands."""
    return author_id == place.member_id and may_write(place)


def may_delete(viewer: Viewer, author_id: UUID | None) -> bool:
    """One's own, also where one may no longer write; moderators anything that they can read."""
    return author_id == viewer.id or viewer.is_moderator


def may_pin(viewer: Viewer, place: Membership) -> bool:
    """Pins belong to a group's owner, in a direct thread to both, where a feature owns it to moderators and staff."""
    if place.kind == "direct":
        return place.request is None and place.posts
    if place.kind == "group":
        return place.owner_id == place.member_id
    return viewer.is_moderator or viewer.is_staff


def shows_reading(wanted: bool, place: Membership) -> bool:
    """Receipts are for those who talk with each other, not for rooms; and only where both switched them on."""
    return wanted and place.kind in WITH_RECEIPTS and place.request is None and place.posts


def receipts_channel(thread_id: UUID) -> str:
    """Heard by those of the thread who switched receipts on."""
    return f"{RECEIPTS}{thread_id}"

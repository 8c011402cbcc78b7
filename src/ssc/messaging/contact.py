"""Who may write to whom, and who may sit in one group: pure predicates over what two people have in common."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import reduce
from typing import Literal, Protocol
from uuid import UUID

from ssc.core import errors
from ssc.core.errors import Problem
from ssc.core.i18n import words

NOT_ACCEPTING = errors.kind(
    "not-accepting",
    403,
    words("This member does not take messages from you"),
    words("Who may write to whom is for each member to decide, and for the club where somebody is under age."),
)

Opening = Literal["open", "request", "refused"]
"""How a first word may be said: freely; as a request, which the other accepts or declines; or not at all."""

READERS_OF_STAFF = 2
"""So many of the secretariat read along wherever one of them writes to a minor."""


class Person(Protocol):
    """What decides about one who writes, or sits in a group."""

    @property
    def id(self) -> UUID: ...
    @property
    def minor(self) -> bool: ...
    @property
    def staff(self) -> bool: ...
    @property
    def exchanges(self) -> frozenset[UUID]: ...


@dataclass(frozen=True)
class Sitter:
    """A person as she sits, or is to sit, in a group."""

    id: UUID
    minor: bool
    staff: bool
    exchanges: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Asked(Sitter):
    """Somebody to whom a first word is to be said, as she stands to the one who says it."""

    contact: str = "shared-history"
    known: bool = False
    """They share an exchange, a host or sending organisation, or a thread that a feature owns."""
    blocked: bool = False
    """Either blocked the other."""


def opening(asked: Asked, *, by_staff: bool = False) -> Opening:
    """How whoever asks may say a first word to her, ages aside.

    The secretariat is known to everybody. Who takes no messages takes none of theirs either.
    """
    known = asked.known or by_staff
    if asked.blocked or asked.contact == "nobody":
        return "refused"
    if known:
        return "open"
    return "request" if asked.contact == "everyone" else "refused"


def may_be_two(one: Person, other: Person) -> bool:
    """Whether two may write to each other directly: both of age, or both minors who took part together."""
    if one.minor != other.minor:
        return False
    return not one.minor or not one.exchanges.isdisjoint(other.exchanges)


def may_sit_together(people: Collection[Person]) -> bool:
    """Whether these may share a group: no adult beside a minor, but two or more of the secretariat.

    Minors sit together only where all of them took part in the same exchange.
    """
    minors = [one for one in people if one.minor]
    if not minors:
        return True
    adults = [one for one in people if not one.minor]
    if any(not one.staff for one in adults) or 0 < len(adults) < READERS_OF_STAFF:
        return False
    return len(minors) < 2 or bool(reduce(frozenset.intersection, (one.exchanges for one in minors)))


def must_leave(people: Collection[Person]) -> frozenset[UUID]:
    """Whom a group loses when ages or offices have changed in it: the adults beside minors, but the secretariat."""
    if not any(one.minor for one in people):
        return frozenset()
    return frozenset(one.id for one in people if not one.minor and not one.staff)


def only_read(people: Collection[Person]) -> frozenset[UUID]:
    """Who of a group may not write in it now: one of the secretariat alone beside minors."""
    staff = [one for one in people if one.staff and not one.minor]
    alone = len(staff) < READERS_OF_STAFF and any(one.minor for one in people)
    return frozenset(one.id for one in staff) if alone else frozenset()


def not_accepting() -> Problem:
    """The same whether she blocked, was blocked, is under age, or takes no messages."""
    return Problem(NOT_ACCEPTING)

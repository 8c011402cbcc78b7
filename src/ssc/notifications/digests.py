"""What features have for a digest beside notices: declared by them, registered by `app`, asked for each reader."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ssc.core.db import Session
from ssc.core.i18n import Words
from ssc.people.viewer import Viewer


@dataclass(frozen=True)
class Line:
    """One thing in a digest, in the reader's language, and the path that shows it."""

    text: str
    url: str


# What is new since then, concerns the viewer, and she may see; what she has been told by a notice is not among it.
Find = Callable[[Session, Viewer, datetime], Awaitable[Sequence[Line]]]


@dataclass(frozen=True)
class Part:
    """A feature's part of the digest, under its title; nothing found, it is left out."""

    name: str
    title: Words
    find: Find


@dataclass(frozen=True)
class Section:
    """A part as one reader gets it."""

    title: str
    lines: Sequence[Line]


AT_MOST = 5  # of a part: a digest is read in a minute

_registered: dict[str, Part] = {}


def register(parts: Iterable[Part]) -> None:
    """Makes parts known, in the order in which a digest has them."""
    _registered.update({part.name: part for part in parts})


def forget(parts: Iterable[Part]) -> None:
    """For tests that declared parts of their own."""
    for part in parts:
        _registered.pop(part.name, None)


async def sections_for(session: Session, viewer: Viewer, since: datetime) -> list[Section]:
    """What all features have for this reader; empty means none."""
    found = [(part, await part.find(session, viewer, since)) for part in _registered.values()]
    return [Section(part.title(), lines[:AT_MOST]) for part, lines in found if lines]

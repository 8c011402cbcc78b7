"""What is found, and who finds it: a source for each kind of thing, registered by `app`."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from ssc.core.db import Session
from ssc.core.i18n import Words
from ssc.people.viewer import Viewer


@dataclass(frozen=True)
class Hit:
    """One thing: `text` is what it says, of which the part around the words is shown; `lang` where it is not ours.

    `member_id`: a person was shown, which counts.
    """

    title: str
    url: str
    text: str = ""
    detail: str = ""
    lang: str = ""
    member_id: UUID | None = None


# Finds at most so many things that this viewer (None: a visitor) may see. Each source has its own permission.
Find = Callable[[Session, Viewer | None, str, int], Awaitable[Sequence[Hit]]]


@dataclass(frozen=True)
class Source:
    """A kind of thing. `for_members`: visitors are not even told that it could be searched."""

    kind: str
    label: Words
    find: Find
    for_members: bool = False

    def serves(self, viewer: Viewer | None) -> bool:
        return viewer is not None or not self.for_members


@dataclass(frozen=True)
class Group:
    """What one source found; `more`: there is more of it."""

    source: Source
    hits: list[Hit]
    more: bool


_sources: dict[str, Source] = {}


def register(sources: Iterable[Source]) -> None:
    """In the order in which results are shown."""
    _sources.update({source.kind: source for source in sources})


def sources_for(viewer: Viewer | None) -> list[Source]:
    return [source for source in _sources.values() if source.serves(viewer)]

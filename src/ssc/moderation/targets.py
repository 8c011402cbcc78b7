"""What can be reported: each kind of thing is declared by the package that has it, and registered by `app`."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from ssc.core.blobs import Blobs
from ssc.core.db import Session
from ssc.core.i18n import Words
from ssc.people.viewer import Viewer


@dataclass(frozen=True)
class Line:
    """A line of what there was to see: what was `reported` itself, or stood beside it."""

    who: str
    text: str
    at: str = ""
    reported: bool = False
    files: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    """Where they are kept: keys of blobs. The report has copies, which stand when the thing is gone."""


@dataclass(frozen=True)
class Found:
    """A thing as whoever reports it has it, at this moment. `title` says whose it is, or how it is called."""

    id: str
    title: str
    member_id: UUID | None
    lines: Sequence[Line] = field(default=())
    url: str = ""

    @property
    def frozen(self) -> dict[str, Any]:
        """For `Complaint.evidence`."""
        return {"url": self.url, "lines": [asdict(line) for line in self.lines]}


# The thing of this id, if the viewer may know it; None for everybody else, as if it were not there.
Reach = Callable[[Session, Viewer, str], Awaitable[Found | None]]
# Takes it out of everybody's sight, for the moderator with this id. Twice is once.
Remove = Callable[[Session, Blobs, str, UUID], Awaitable[None]]
# Undoes that, for the moderator with this id. Twice is once.
Restore = Callable[[Session, str, UUID], Awaitable[None]]


@dataclass(frozen=True)
class Target:
    """A kind of thing. Without `remove` moderators can only turn to the person concerned; without `restore` what was
    removed stays so."""

    type: str
    label: Words
    reach: Reach
    remove: Remove | None = None
    restore: Restore | None = None


_registered: dict[str, Target] = {}


def register(targets: Iterable[Target]) -> None:
    _registered.update({target.type: target for target in targets})


def named(type_: str) -> Target | None:
    """The kind of this name; None when no package has it."""
    return _registered.get(type_)

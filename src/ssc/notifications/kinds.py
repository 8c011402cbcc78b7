"""Kinds of notice: declared by the features that tell them, registered by `app`, chosen by members."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from ssc.core.db import Session
from ssc.core.i18n import Words, _, words
from ssc.people.viewer import Viewer

Channel = Literal["app", "mail", "push", "digest"]
CHANNELS: tuple[Channel, ...] = get_args(Channel)


@dataclass(frozen=True)
class Told:
    """What a kind's sentence is made of: the feature's data, how often, and who did it as the reader may know her."""

    data: Mapping[str, Any]
    count: int
    who: str
    subject: str = ""


@dataclass(frozen=True)
class Quote:
    """What somebody wrote, as a letter shows it."""

    who: str
    text: str


# Looks once more before a letter leaves: what it may quote, or None when nothing is left to tell.
Look = Callable[[Session, Viewer, str], Awaitable[Sequence[Quote] | None]]


def _untitled(told: Told) -> str:
    return ""


@dataclass(frozen=True)
class Kind:
    """A kind of notice.

    `sentence` and `title` speak the reader's language; the title is the same for all letters about one subject, so
    that mail programs thread them. `look(session, viewer, subject)` gives what a letter quotes; a `private` kind is
    quoted only to those who want private text in their mail. `always`: cannot be switched off in the app, and its
    letters are the feature's own. `office`: for those alone who hold one, so it stands in nobody's table.
    """

    name: str
    label: Words
    sentence: Callable[[Told], str]
    title: Callable[[Told], str] = _untitled
    app: bool = True
    mail: bool = True
    push: bool = False
    digest: bool = False
    look: Look | None = None
    private: bool = False
    always: bool = False
    office: bool = False

    @property
    def defaults(self) -> dict[Channel, bool]:
        return {"app": self.app, "mail": self.mail, "push": self.push, "digest": self.digest}


_registered: dict[str, Kind] = {}


def register(kinds: Iterable[Kind]) -> None:
    """Makes kinds known, in the order in which the table of preferences shows them."""
    _registered.update({kind.name: kind for kind in kinds})


def forget(kinds: Iterable[Kind]) -> None:
    """For tests that declared kinds of their own."""
    for kind in kinds:
        _registered.pop(kind.name, None)


def named(name: str) -> Kind | None:
    """The kind of this name; None when its feature is gone."""
    return _registered.get(name)


def registered() -> list[Kind]:
    return list(_registered.values())


SECURITY = Kind(
    "security",
    words("The safety of your account"),
    lambda told: _("Somebody asks for your account. If it is not you, object now."),
    push=True,
    always=True,
)

"""Chrome: what surrounds every page (menus, bell, language); `app` fills the menus, this draws none."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from ssc.core.i18n import Words


@dataclass(frozen=True)
class Entry:
    """A menu entry: where it leads, what it is called, for whom it is there, and how much is new there."""

    href: str
    label: Words
    shown: Callable[[Any], bool] = lambda viewer: True
    count: Callable[[Any], int] | None = None
    holds: tuple[str, ...] = ()
    """Further paths that lie under it, whatever they are called."""
    group: Words = str
    """What it stands under, in a menu of many; entries of one group follow each other."""


@dataclass(frozen=True)
class Menus:
    """The menus as `app` composes them; `bell` counts the viewer's unread notices."""

    main: tuple[Entry, ...] = ()
    desk: tuple[Entry, ...] = ()
    account: tuple[Entry, ...] = ()
    foot: tuple[Entry, ...] = ()
    bell: Callable[[Any], int] | None = None


@dataclass(frozen=True)
class Link:
    href: str
    label: str
    current: bool
    count: int | None = None
    group: str = ""


@dataclass(frozen=True)
class Face:
    """Who is signed in, as her own menu shows her; `photo`: addresses by size."""

    handle: str
    name: str
    name_native: str | None
    photo: Any


@dataclass(frozen=True)
class Chrome:
    """What the layout draws: frozen, so that its parts are drawn once and kept."""

    me: Face | None
    main: tuple[Link, ...]
    desk: tuple[Link, ...]
    account: tuple[Link, ...]
    foot: tuple[Link, ...]
    bell: int | None
    path: str
    next: str

    @property
    def at_desk(self) -> bool:
        return any(link.current for link in self.desk)


def around(request: Request, viewer: Any) -> Chrome:
    """The chrome for this request and this reader (None: a visitor)."""
    menus: Menus = request.app.state.menus
    path = request.url.path
    main, desk, account, foot = (
        _links(entries, viewer, path) for entries in (menus.main, menus.desk, menus.account, menus.foot)
    )
    bell = menus.bell(viewer) if menus.bell and viewer is not None else None
    return Chrome(_face(viewer), main, desk, account, foot, bell, path, here(request))


def _face(viewer: Any) -> Face | None:
    if viewer is None:
        return None
    shown = viewer.in_short
    return Face(shown.handle, shown.name, shown.name_native, shown.photo)


def _links(entries: tuple[Entry, ...], viewer: Any, path: str) -> tuple[Link, ...]:
    """The current one is the nearest: `/desk` is not, where `/desk/duplicates` is in the menu too."""
    shown = [entry for entry in entries if entry.shown(viewer)]
    near = [(len(href), entry.href) for entry in shown for href in (entry.href, *entry.holds) if _holds(href, path)]
    current = max(near)[1] if near else None
    return tuple(
        Link(entry.href, entry.label(), entry.href == current, _count(entry, viewer), entry.group()) for entry in shown
    )


def _count(entry: Entry, viewer: Any) -> int | None:
    return entry.count(viewer) if entry.count is not None and viewer is not None else None


def _holds(href: str, path: str) -> bool:
    return path == href or (href != "/" and path.startswith(href + "/"))


def here(request: Request) -> str:
    """Where to come back to after switching the language; only a GET has an address worth keeping."""
    if request.method not in ("GET", "HEAD"):
        return "/"
    query = urlencode(request.query_params.multi_items())
    return request.url.path + (f"?{query}" if query else "")

"""The page of all conversations, and the same list beside each of them."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from ssc.accounts.loaders import Correspondent
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.core.paging import Slice
from ssc.messaging.pages.clocks import Clock
from ssc.messaging.pages.lines import whole
from ssc.messaging.queries.inbox import Filter, threads_of
from ssc.people.viewer import Viewer
from ssc.web import pages
from ssc.web.paging import Paging
from ssc.web.transactions import Transaction

router = APIRouter(include_in_schema=False)

BESIDE = Slice(limit=40)


@dataclass(frozen=True)
class Row:
    """A conversation in the list. `handle`: the other one's, whose colour it bears."""

    thread: dict[str, Any]
    time: str = ""
    handle: str = ""
    muted: bool = False


@dataclass(frozen=True)
class Box:
    """The list as it is drawn."""

    rows: list[Row]
    filter: Filter
    filters: list[tuple[Filter, str]]
    next_href: str
    requests: int
    zone: str
    blank: Row


@dataclass(frozen=True)
class Latest:
    """A few conversations, for a page about other things too."""

    rows: list[Row]
    most: int
    zone: str

    @property
    def blank(self) -> Row:
        return Row(_BLANK)


@router.get("/messages")
async def messages(
    request: Request,
    viewer: Correspondent,
    session: Transaction,
    part: Paging,
    wanted: Annotated[Filter, Query(alias="filter")] = "all",
) -> Response:
    box = await box_of(session, viewer, wanted, part)
    return pages.render(request, "messaging/inbox.html", viewer, box=box, me=viewer.member.handle)


async def box_of(session: Session, viewer: Viewer, wanted: Filter = "all", part: Slice = BESIDE) -> Box:
    clock = Clock.of(viewer)
    cut = await threads_of(session, viewer, wanted, part)
    waiting = await threads_of(session, viewer, "requests", Slice(limit=99))
    following = f"/messages?filter={wanted}&cursor={cut.next}" if cut.next and part is not BESIDE else ""
    return Box(
        [row_of(thread, clock) for thread in cut.rows],
        wanted,
        _filters(),
        following or ("/messages" if cut.next else ""),
        len(waiting.rows),
        clock.zone.key,
        Row(_BLANK),
    )


async def latest(session: Session, viewer: Viewer, most: int) -> Latest:
    """The conversations in which something was said last, without those she muted; none while she is limited."""
    clock = Clock.of(viewer)
    if viewer.limited:
        return Latest([], most, clock.zone.key)
    cut = await threads_of(session, viewer, "all", Slice(limit=most + 2))
    rows = [row_of(thread, clock) for thread in cut.rows if thread["last_message"]]
    return Latest([row for row in rows if not row.muted][:most], most, clock.zone.key)


def row_of(thread: dict[str, Any], clock: Clock) -> Row:
    last = thread["last_message"]
    return Row(
        {**thread, "last_message": whole(last) if last else None},
        clock.short(last["created_at"]) if last else "",
        thread["other"] or "",
        bool(thread["muted_until"]),
    )


_BLANK: dict[str, Any] = {
    "id": "",
    "kind": "direct",
    "title": "",
    "unread": 0,
    "request": None,
    "last_message": None,
}


def _filters() -> list[tuple[Filter, str]]:
    return [
        ("all", _("All")),
        ("unread", _("Unread")),
        ("direct", _("Between two")),
        ("group", _("Groups")),
        ("requests", _("Message requests")),
        ("muted", _("Muted")),
        ("archived", _("Archived")),
    ]

"""The page that finds what was written in one's own conversations."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from ssc.accounts.loaders import Correspondent
from ssc.core import ids
from ssc.core.db import Session
from ssc.messaging import limiting
from ssc.messaging.pages.clocks import Clock
from ssc.messaging.pages.lines import whole
from ssc.messaging.queries.inbox import every_thread_of
from ssc.messaging.queries.messages import Read
from ssc.messaging.queries.search import Sought, messages_with
from ssc.people.viewer import Viewer
from ssc.web import pages
from ssc.web.paging import Paging
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Hit:
    """A message that was found, and where."""

    message: dict[str, Any]
    title: str
    time: str


@router.get("/messages/search")
async def search(
    request: Request,
    viewer: Correspondent,
    process: Running,
    session: Transaction,
    part: Paging,
    q: Annotated[str, Query(max_length=200)] = "",
    thread: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """In all of them, or in one."""
    identity = ids.parse(thread) if thread else None
    within = (await every_thread_of(session, viewer, [identity]) if identity else [])[:1]
    found, following = [], None
    if q.strip():
        await process.limits.take(limiting.SEARCHES, str(viewer.id))
        cut = await messages_with(session, viewer, Sought(q, thread or None), part)
        found, following = await _hits(session, viewer, cut.rows), cut.next
    return pages.render(
        request,
        "messaging/search.html",
        viewer,
        q=q,
        within=within[0] if within else None,
        found=found,
        next_href="/messages/search?" + urlencode({"q": q, "thread": thread, "cursor": following}) if following else "",
    )


async def _hits(session: Session, viewer: Viewer, found: Sequence[Read]) -> list[Hit]:
    clock = Clock.of(viewer)
    threads = await every_thread_of(session, viewer, [UUID(read.shape["thread_id"]) for read in found])
    titles = {one["id"]: one["title"] for one in threads}
    shapes = [whole(read.seen_by(viewer.blocked)) for read in found]
    return [Hit(one, titles[one["thread_id"]], clock.whole(one["created_at"])) for one in shapes]

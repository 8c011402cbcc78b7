"""`GET /api/v1/updates`: what a socket would have brought, for those whose network lets none through."""

import asyncio
import re
from collections.abc import Sequence
from typing import Annotated, Any, cast
from uuid import UUID

from fastapi import Depends, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from ssc.accounts import loaders
from ssc.accounts.loaders import Entrant, correspondent, known
from ssc.core import errors, ids
from ssc.core.i18n import _
from ssc.core.limits import Limit
from ssc.messaging import encoding
from ssc.messaging.gateway import catching_up
from ssc.messaging.gateway.catching_up import Have
from ssc.messaging.gateway.follower import Follower
from ssc.messaging.gateway.gateway import Gateway, Gone
from ssc.messaging.queries.inbox import Heard
from ssc.web import api
from ssc.web.api import problems
from ssc.web.transactions import Running

router = api.router(tags=["Messages"])

_REV = re.compile("[0-9]{1,16}")
POLLS = Limit("polls", 600, 60)


class Updates(BaseModel):
    """Frames in their order, as the socket has them."""

    frames: list[dict[str, Any]]


class Poll(Follower):
    """Listens until there is something, or until it was long enough."""

    def __init__(self, gateway: Gateway, entrant: Entrant, bell: int | None) -> None:
        super().__init__(gateway, entrant)
        self._bell_there = bell
        self.frames: list[bytes] = []
        self.came = asyncio.Event()

    def out(self, frames: Sequence[bytes]) -> None:
        if frames:
            self.frames += frames
            self.came.set()

    def ended(self, code: int) -> None:
        self.came.set()

    def begin_with(self, threads: Sequence[Heard], have: Have, notices_unread: int) -> None:
        self.out([catching_up.thread_frame(thread) for thread in threads if thread.id not in have])
        if self._bell_there is not None and self._bell_there != notices_unread:
            self.out([encoding.frame("notices", unread=notices_unread)])


@api.refuses(401, 403)
async def poller(request: Request, process: Running) -> Entrant:
    """In a transaction of its own: who waits must hold no connection."""
    async with process.database.transaction() as session:
        viewer = await correspondent(await known(request, session))
        found = await loaders.entrant(request, session)
    if found is None:
        raise errors.not_signed_in()
    await process.limits.take(POLLS, str(viewer.id))
    return found


@router.get("/updates", response_model=Updates, responses=problems(401, 403, 422, 429))
async def updates(
    request: Request,
    entrant: Annotated[Entrant, Depends(poller)],
    have: Annotated[str, Query(max_length=64 << 10, description="`ID:REV` of each thread, with commas between.")] = "",
    bell: Annotated[
        int | None, Query(ge=-1, le=1 << 31, description="How many new notices one knows of; -1: one does not know.")
    ] = None,
    wait: Annotated[int, Query(ge=0, le=25, description="Seconds to wait for something to happen.")] = 0,
) -> Response:
    """What happened since `have`, as the frames of the socket; waits a little when there is nothing yet.

    Threads that `have` lacks come as `thread` frames, without their messages. With `bell` a `notices` frame comes at
    once where the bell says another number.
    """
    gateway = cast(Gateway, request.app.state.gateway)
    poll = Poll(gateway, entrant, bell)
    async with gateway.live.connect(poll):
        try:
            await poll.greet(_parsed(have))
        except Gone:
            raise errors.not_signed_in() from None
        if wait and not poll.frames:
            await _something(poll, wait)
    body = b'{"frames":[' + b",".join(poll.frames) + b"]}"
    return Response(body, media_type="application/json")


async def _something(poll: Poll, wait: int) -> None:
    try:
        async with asyncio.timeout(wait):
            await poll.came.wait()
    except TimeoutError:
        return


def _parsed(have: str) -> dict[UUID, int]:
    found = {}
    for part in filter(None, have.split(",")):
        name, _colon, rev = part.partition(":")
        thread_id = ids.parse(name)
        if thread_id is None or not _REV.fullmatch(rev):
            raise errors.invalid(("have", _("Write ID:REV for each thread, with commas between.")))
        found[thread_id] = int(rev)
    return found

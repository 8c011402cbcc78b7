"""Loaders: a thread is reached through the viewer's place in it, so that a stranger finds nothing."""

from typing import Annotated, NamedTuple, cast

from fastapi import Depends, Path, Request

from ssc.accounts.loaders import Correspondent, correspondent, known
from ssc.core import errors, ids
from ssc.core.db import Session
from ssc.core.limits import Limit
from ssc.messaging.forms import SEQ_LIMIT
from ssc.messaging.queries.messages import Read, message_of
from ssc.messaging.queries.places import Place, place_of
from ssc.messaging.writing import Writer
from ssc.people.viewer import Viewer
from ssc.web import api
from ssc.web.transactions import Running, Transaction

SENDS = Limit("sends", 600, 60)
CHANGES = Limit("changes", 600, 60)
"""Of what stands in threads: each goes out to everybody there, and each edit is kept."""


@api.refuses(401, 403, 404)
async def own_thread(thread_id: str, viewer: Correspondent, session: Transaction) -> Place:
    return await reached(session, viewer, thread_id)


OwnThread = Annotated[Place, Depends(own_thread)]
"""The thread in the path with the viewer's own state in it; 404 for who is not in it."""


@api.refuses(429)
async def changed_thread(place: OwnThread, viewer: Correspondent, process: Running) -> Place:
    await process.limits.take(CHANGES, str(viewer.id))
    return place


ChangedThread = Annotated[Place, Depends(changed_thread)]
"""As `OwnThread`, for who changes messages in it: 600 times a minute."""

Seq = Annotated[int, Path(ge=1, le=SEQ_LIMIT, description="The message's number in its thread.")]


async def readable_message(place: OwnThread, viewer: Correspondent, session: Transaction, seq: Seq) -> Read:
    found = await message_of(session, place, seq)
    if found is None:
        raise errors.not_found()
    return found


ReadableMessage = Annotated[Read, Depends(readable_message)]
"""The message in the path; 404 for what the viewer may not read."""


class Destination(NamedTuple):
    """Who sends where."""

    viewer: Viewer
    place: Place


@api.refuses(401, 403, 404, 429)
async def destination(request: Request, thread_id: str, process: Running) -> Destination:
    """In a transaction of its own: while the writer works, the request must hold no connection."""
    async with process.database.transaction() as session:
        viewer = await correspondent(await known(request, session))
        place = await reached(session, viewer, thread_id)
    await process.limits.take(SENDS, str(viewer.id))
    return Destination(viewer, place)


WritableThread = Annotated[Destination, Depends(destination)]
"""Where a message is sent to; whether it may be is asked under the thread's lock. 404 for who is not in the thread."""


async def writer_of(request: Request) -> Writer:
    return cast(Writer, request.app.state.writer)


TheWriter = Annotated[Writer, Depends(writer_of)]
"""The one writer of this process."""


async def reached(session: Session, viewer: Viewer, thread_id: str) -> Place:
    """The thread that a text names, as the viewer has it; 404 else."""
    identity = ids.parse(thread_id)
    place = await place_of(session, viewer, identity) if identity else None
    if place is None:
        raise errors.not_found()
    return place

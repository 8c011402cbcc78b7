"""Loaders: a thread is reached through the viewer's place in it, so that a stranger finds nothing."""

from typing import Annotated

from fastapi import Depends

from ssc.accounts.loaders import Correspondent
from ssc.core import errors, ids
from ssc.messaging.queries.places import Place, place_of
from ssc.web.transactions import Transaction


async def own_thread(thread_id: str, viewer: Correspondent, session: Transaction) -> Place:
    identity = ids.parse(thread_id)
    place = await place_of(session, viewer, identity) if identity else None
    if place is None:
        raise errors.not_found()
    return place


OwnThread = Annotated[Place, Depends(own_thread)]
"""The thread in the path with the viewer's own state in it; 404 for who is not in it."""

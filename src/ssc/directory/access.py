"""Loaders: who may read the directory, and the member that an address names."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from ssc.accounts.loaders import SignedIn, Visitor
from ssc.core import errors
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.directory.actions.counting import count_profiles, count_request
from ssc.people import queries as people
from ssc.people.queries import Reached
from ssc.people.viewer import Viewer
from ssc.web.transactions import Running, Transaction


async def reader(viewer: Visitor, process: Running) -> Viewer | None:
    if viewer is not None and viewer.limited:
        raise errors.forbidden(
            _("Your account was recovered less than 72 hours ago. Until they have passed it cannot use the directory.")
        )
    await count_request(process, viewer)
    return viewer


Reader = Annotated[Viewer | None, Depends(reader)]
"""Who reads the directory: a member within her limits, or a visitor (None); 403 for a recovered account."""


async def seen_member(handle: str, viewer: Reader, process: Running, session: Transaction) -> Reached:
    found = await people.reached_by_handle(session, viewer, handle)
    if found is None:
        raise errors.not_found()
    await count_profiles(process, viewer, [found.id])
    return found


SeenMember = Annotated[Reached, Depends(seen_member)]
"""The member of the handle in the path, as far as the reader may see her; 404 else."""


async def signed_in_reader(viewer: SignedIn, _counted: Reader) -> Viewer:
    return viewer


SignedInReader = Annotated[Viewer, Depends(signed_in_reader)]
"""A member within her limits; 401 for a visitor."""


async def to_be_blocked(session: Session, viewer: Viewer, handle: str) -> UUID:
    """The id of whom the viewer sees, or has blocked already; 404 else."""
    seen = await people.reached_by_handle(session, viewer, handle)
    if seen is not None:
        return seen.id
    member_id = await people.id_of(session, handle)
    if member_id is None or not await people.has_blocked(session, viewer.id, member_id):
        raise errors.not_found()
    return member_id

"""Loaders: the topic group that an address names."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request

from ssc.accounts.loaders import SignedIn
from ssc.communities.groups import rules
from ssc.communities.groups.queries import Seen, group_of
from ssc.core import errors
from ssc.core.i18n import _
from ssc.people import queries as people
from ssc.people.viewer import Viewer
from ssc.web import api
from ssc.web.transactions import Transaction


@api.refuses(404)
async def seen_group(slug: str, request: Request, viewer: SignedIn, session: Transaction) -> Seen:
    return errors.found(await group_of(session, viewer, slug, lock=request.method not in ("GET", "HEAD")))


SeenGroup = Annotated[Seen, Depends(seen_group)]
"""The group of the slug in the path, locked where something is to be changed; 404 for whom it is not there."""


@api.refuses(403)
async def kept_group(viewer: SignedIn, found: SeenGroup) -> Seen:
    if not rules.looks_after(viewer, found.group):
        raise errors.forbidden(_("This is for who looks after the group, and for the secretariat."))
    return found


KeptGroup = Annotated[Seen, Depends(kept_group)]
"""The same for its owner and the secretariat; 403 for others."""


@api.refuses(404)
async def named_member(handle: str, _found: KeptGroup, session: Transaction) -> UUID:
    return errors.found(await people.id_of(session, handle))


NamedMember = Annotated[UUID, Depends(named_member)]
"""Whom the handle in the path means, for who looks after the group."""


@api.refuses(403)
async def proposer(viewer: SignedIn) -> Viewer:
    if not rules.may_propose(viewer):
        raise errors.forbidden(_("Adult members propose groups."))
    return viewer


Proposer = Annotated[Viewer, Depends(proposer)]
"""Who may propose a group; 403 for minors and for recovered accounts within their 72 hours."""

"""The item of an address, as far as it is for the reader."""

from typing import Annotated

from fastapi import Depends

from ssc.accounts.loaders import SignedIn, Visitor
from ssc.core import errors
from ssc.core.i18n import _
from ssc.news import queries, rules
from ssc.news.told import Told
from ssc.web import api
from ssc.web.transactions import Transaction
from ssc.writing.access import Editor


@api.refuses(404, required=False)
async def readable(slug: str, viewer: Visitor, session: Transaction) -> Told:
    found = await queries.told(session, viewer, slug)
    if found is None:
        raise errors.not_found()
    return found


@api.refuses(401, 404)
async def own(slug: str, viewer: SignedIn, session: Transaction) -> Told:
    return await readable(slug, viewer, session)


@api.refuses(403)
async def changeable(told: Annotated[Told, Depends(own)], viewer: SignedIn) -> Told:
    if not rules.can_edit(viewer, told.item, told.publication):
        raise errors.forbidden(_("This is for editors, and until they have it for who wrote it."))
    return told


@api.refuses(403)
async def edited(told: Annotated[Told, Depends(own)], viewer: Editor) -> Told:
    return told


@api.refuses(404)
async def known_kind(kind: str, viewer: Editor) -> str:
    if kind not in rules.KINDS:
        raise errors.not_found()
    return kind


KnownKind = Annotated[str, Depends(known_kind)]
"""The kind in the path, for editors; 404 for none."""
Readable = Annotated[Told, Depends(readable)]
"""An item that the reader may read; 404 else, as if there were none."""
Own = Annotated[Told, Depends(own)]
Changeable = Annotated[Told, Depends(changeable)]
"""An item that the member may change."""
Edited = Annotated[Told, Depends(edited)]
"""An item, for an editor; 404 for who may not read it, 403 for other members."""

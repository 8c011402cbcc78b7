"""Pages: one's addresses."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from ssc.accounts import forms, queries
from ssc.accounts.access import identity
from ssc.accounts.actions import addresses, mailed_links
from ssc.accounts.loaders import Fresh, SignedIn
from ssc.accounts.rules import is_fresh
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.people.viewer import Viewer
from ssc.web import pages
from ssc.web.forms import Form, blank, read
from ssc.web.transactions import Running, Transaction

router = APIRouter(prefix="/me/emails", include_in_schema=False)

Done = Annotated[str, Query(max_length=20)]


@router.get("")
async def emails(request: Request, viewer: SignedIn, session: Transaction, done: Done = "") -> Response:
    return await _page(request, viewer, session, blank(), done=done)


@router.post("")
async def add(request: Request, viewer: Fresh, process: Running, session: Transaction) -> Response:
    form = await read(request, forms.Address)
    if form.data is not None:
        try:
            await mailed_links.limit_letters(process, request, form.data.email)
            await addresses.add_address(session, viewer.member, form.data.email)
            return pages.see_other("/me/emails?done=added")
        except Problem as refused:
            form.refuse(refused)
    return await _page(request, viewer, session, form, 422)


@router.post("/{address_id}/primary")
async def make_primary(request: Request, address_id: str, viewer: Fresh, session: Transaction) -> Response:
    try:
        await addresses.make_primary(session, viewer.member, identity(address_id))
    except Problem as refused:
        return await _refused(request, viewer, session, refused)
    return pages.see_other("/me/emails?done=primary")


@router.post("/{address_id}/remove")
async def remove(request: Request, address_id: str, viewer: Fresh, session: Transaction) -> Response:
    try:
        await addresses.remove_address(session, viewer.member, identity(address_id))
    except Problem as refused:
        return await _refused(request, viewer, session, refused)
    return pages.see_other("/me/emails?done=removed")


async def _refused(request: Request, viewer: Viewer, session: Session, refused: Problem) -> Response:
    if refused.kind.status == 404:
        raise refused
    form = blank()
    return await _page(request, viewer, session, form.refuse(refused), refused.kind.status)


async def _page(
    request: Request, viewer: Viewer, session: Session, form: Form[Any], status: int = 200, *, done: str = ""
) -> Response:
    return pages.render(
        request,
        "accounts/emails.html",
        viewer,
        status=status,
        form=form,
        done=done,
        fresh=is_fresh(viewer),
        addresses=await queries.addresses_of(session, viewer.id),
    )

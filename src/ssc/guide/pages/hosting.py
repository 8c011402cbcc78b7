"""How hosts are reached: the secretariat's list of those that consented."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import Staff
from ssc.core import ids
from ssc.core.db import Session
from ssc.core.errors import Problem, not_found
from ssc.guide.actions import hosting
from ssc.guide.forms import HostBody
from ssc.guide.queries.partners import host_contacts
from ssc.people.viewer import Viewer
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.transactions import Transaction

router = APIRouter(include_in_schema=False)

DESK = "/desk/host-contacts"


@router.get(DESK)
async def contacts(request: Request, viewer: Staff, session: Transaction) -> Response:
    return await _page(request, viewer, session, forms.blank())


@router.post(DESK)
async def note(request: Request, viewer: Staff, session: Transaction) -> Response:
    form = await forms.read(request, HostBody)
    if form.data is not None:
        try:
            await hosting.note_contact(session, form.data, by=viewer.id)
            return pages.see_other(DESK)
        except Problem as refused:
            form.refuse(refused)
    return await _page(request, viewer, session, form)


@router.post(DESK + "/{identity}/remove")
async def remove(identity: str, viewer: Staff, session: Transaction) -> Response:
    organisation = ids.parse(identity)
    if organisation is None:
        raise not_found()
    await hosting.forget_contact(session, organisation, by=viewer.id)
    return pages.see_other(DESK)


async def _page(request: Request, viewer: Viewer, session: Session, form: Form[Any]) -> Response:
    status = 422 if form.errors else 200
    listed = await host_contacts(session)
    return pages.render(request, "guide/desk_hosts.html", viewer, status=status, form=form, contacts=listed)

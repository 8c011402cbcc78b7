"""The door on a phone: by name first, by code or camera second; and one's own ticket."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from ssc.accounts.access import identity
from ssc.accounts.loaders import SignedIn
from ssc.core import errors
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.core.i18n import _
from ssc.events import clocks, rules, tickets
from ssc.events.access import KeptDoor, OrganisedEvent, SeenEvent
from ssc.events.actions import door as actions
from ssc.events.forms.door import CheckInBody, HelperBody
from ssc.events.models import Event
from ssc.events.queries import door as queries
from ssc.people.viewer import Viewer
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.transactions import Transaction

router = APIRouter(include_in_schema=False)

Words = Annotated[str, Query(max_length=120)]


@router.get("/events/{slug}/ticket")
async def ticket(request: Request, viewer: SignedIn, found: SeenEvent) -> Response:
    if found.answer is None or found.answer.status != "going":
        raise errors.not_found()
    code = found.answer.ticket_code
    return pages.render(
        request,
        "events/ticket.html",
        viewer,
        event=found.event,
        answer=found.answer,
        square=tickets.square(code),
        clocks=clocks.clocks_of(found.event, viewer.member.time_zone),
    )


@router.get("/events/{slug}/door")
async def door(
    request: Request, found: OrganisedEvent, viewer: SignedIn, session: Transaction, q: Words = ""
) -> Response:
    return await _door(request, session, found.event, viewer, f"{found.event.url}/door", q)


@router.post("/events/{slug}/door")
async def let_in(request: Request, found: OrganisedEvent, viewer: SignedIn, session: Transaction) -> Response:
    return await _let_in(request, session, found.event, viewer, f"{found.event.url}/door")


@router.post("/events/{slug}/door/undo")
async def undo(request: Request, found: OrganisedEvent, viewer: SignedIn, session: Transaction) -> Response:
    return await _undo(request, session, found.event, f"{found.event.url}/door")


@router.post("/events/{slug}/door/helpers")
async def helper(request: Request, found: OrganisedEvent, viewer: SignedIn, session: Transaction) -> Response:
    form = await forms.read(request, HelperBody)
    address = ""
    if form.data is not None:
        _made, address = await actions.make_link(session, viewer, found.event, form.data.label)
    return await _door(request, session, found.event, viewer, f"{found.event.url}/door", address=address)


@router.post("/events/{slug}/door/helpers/{helper}/end")
async def end_helper(found: OrganisedEvent, helper: str, viewer: SignedIn, session: Transaction) -> Response:
    await actions.end_link(session, viewer, found.event, identity(helper))
    return pages.see_other(f"{found.event.url}/door")


@router.get("/door/{token}")
async def help_door(request: Request, token: str, event: KeptDoor, session: Transaction, q: Words = "") -> Response:
    return await _door(request, session, event, None, f"/door/{token}", q)


@router.post("/door/{token}")
async def help_in(request: Request, token: str, event: KeptDoor, session: Transaction) -> Response:
    return await _let_in(request, session, event, None, f"/door/{token}")


@router.post("/door/{token}/undo")
async def help_undo(request: Request, token: str, event: KeptDoor, session: Transaction) -> Response:
    return await _undo(request, session, event, f"/door/{token}")


async def _let_in(request: Request, session: Session, event: Event, viewer: Viewer | None, here: str) -> Response:
    form = await forms.read(request, CheckInBody)
    found = None
    if form.data is not None:
        try:
            async with session.begin_nested():
                found = await actions.check_in(session, event, form.data.ticket_code, viewer, known=form.data.known)
        except Problem as problem:
            said = _("Nobody has this code.") if problem.kind.status == 404 else problem.kind.title()
            form.errors["ticket_code"] = said
    return await _door(request, session, event, viewer, here, form=form, found=found)


async def _undo(request: Request, session: Session, event: Event, here: str) -> Response:
    form = await forms.read(request, CheckInBody)
    if form.data is None:
        raise errors.invalid(*form.errors.items())
    await actions.take_back(session, event, form.data.ticket_code)
    return pages.see_other(here)


async def _door(
    request: Request,
    session: Session,
    event: Event,
    viewer: Viewer | None,
    here: str,
    q: str = "",
    form: Form[Any] | None = None,
    found: actions.LetIn | None = None,
    address: str = "",
) -> Response:
    guests = await queries.guests_called(session, event, q)
    return pages.render(
        request,
        "events/door.html",
        viewer,
        status=422 if form is not None and form.errors else 200,
        event=event,
        here=here,
        calls=f"/api/v1{event.url}/check-ins" if viewer else f"/api/v1{here}/check-ins",
        q=q,
        form=forms.blank() if form is None or not form.errors else form,
        found=found,
        guests=guests,
        whole=not q and len(guests) < queries.MOST,
        arrivals=await queries.arrivals(session, event),
        helpers=await queries.helper_links(session, event) if viewer else [],
        organises=viewer is not None,
        confirms=viewer is not None and rules.may_write_in(viewer, event.country),
        address=address,
    )

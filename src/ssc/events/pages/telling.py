"""The organisers' page for telling and inviting."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn, Staff
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.events import words
from ssc.events.access import OrganisedEvent, WaitingRound
from ssc.events.actions import confirming, telling
from ssc.events.forms.telling import AnnouncementBody, DecliningBody, InvitingForm
from ssc.events.queries import told
from ssc.events.queries.events import Seen
from ssc.people.viewer import Viewer
from ssc.places import countries
from ssc.programmes import catalogue
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.transactions import Transaction

router = APIRouter(include_in_schema=False)

Done = Annotated[str, Query(max_length=20)]


@router.get("/events/{slug}/tell")
async def tell(request: Request, found: OrganisedEvent, viewer: SignedIn, session: Transaction) -> Response:
    return await _page(request, session, viewer, found)


@router.post("/events/{slug}/announcements")
async def announce(request: Request, found: OrganisedEvent, viewer: SignedIn, session: Transaction) -> Response:
    form = await forms.read(request, AnnouncementBody)
    if form.data is not None:
        try:
            async with session.begin_nested():
                await telling.announce(session, viewer, found.event, form.data)
            return pages.see_other(f"{found.event.url}/tell#told")
        except Problem as problem:
            form.refuse(problem)
    return await _page(request, session, viewer, found, announcing=form)


@router.post("/events/{slug}/invitations")
async def invite(request: Request, found: OrganisedEvent, viewer: SignedIn, session: Transaction) -> Response:
    """First counted; the button that then appears sends."""
    form = await forms.read(request, InvitingForm)
    count = None
    if form.data is not None:
        try:
            async with session.begin_nested():
                if not form.data.dry_run:
                    await telling.invite(session, viewer, found.event, form.data)
                    return pages.see_other(f"{found.event.url}/tell#invited")
                count = await telling.count_invitable(session, viewer, found.event, form.data)
        except Problem as problem:
            form.refuse(problem)
    return await _page(request, session, viewer, found, inviting=form, count=count)


@router.post("/events/{slug}/invitations/{identity}/confirm")
async def confirm(found: OrganisedEvent, made: WaitingRound, viewer: Staff, session: Transaction) -> Response:
    await confirming.confirm(session, viewer, found.event, made)
    return pages.see_other(f"{confirming.DESK}?done=confirmed")


@router.post("/events/{slug}/invitations/{identity}/decline")
async def decline(
    request: Request, found: OrganisedEvent, made: WaitingRound, viewer: Staff, session: Transaction
) -> Response:
    form = await forms.read(request, DecliningBody)
    if form.data is None:
        return await _desk(request, session, viewer, form, wrong=made.id)
    await confirming.decline(session, viewer, found.event, made, form.data.note)
    return pages.see_other(f"{confirming.DESK}?done=declined")


@router.get(confirming.DESK)
async def desk(request: Request, viewer: Staff, session: Transaction, done: Done = "") -> Response:
    return await _desk(request, session, viewer, forms.blank(), done=done)


async def _desk(
    request: Request, session: Session, viewer: Viewer, form: Form[Any], *, wrong: UUID | None = None, done: str = ""
) -> Response:
    return pages.render(
        request,
        "events/desk_invitations.html",
        viewer,
        status=422 if form.errors else 200,
        waiting=await told.waiting(session),
        programmes={code: programme.short() for code, programme in catalogue.PROGRAMMES.items()},
        form=form,
        wrong=wrong,
        done=done,
    )


async def _page(
    request: Request,
    session: Session,
    viewer: Viewer,
    found: Seen,
    announcing: Form[Any] | None = None,
    inviting: Form[Any] | None = None,
    count: telling.Counted | None = None,
) -> Response:
    event = found.event
    refused = any(form.errors for form in (announcing, inviting) if form is not None)
    own = [pair for pair in countries.choices() if viewer.is_staff or pair[0] in viewer.coordinates]
    answered = await told.answered(session, event.id)
    return pages.render(
        request,
        "events/tell.html",
        viewer,
        status=422 if refused else 200,
        event=event,
        announcing=announcing or forms.blank(to=telling.CONCERNED),
        inviting=inviting or forms.blank(country=event.country),
        count=count,
        audiences=[(status, words.statuses()[status], answered.get(status, 0)) for status in telling.CONCERNED],
        invites=bool(own),
        countries=own,
        programmes=[(code, programme.short()) for code, programme in catalogue.PROGRAMMES.items()],
        announcements=await told.announcements(session, event.id),
        rounds=await told.rounds(session, event.id),
    )

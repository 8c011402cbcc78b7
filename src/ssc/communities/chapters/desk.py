"""The secretariat's page of coordinators: who would like to, who does, and until when."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import Staff
from ssc.communities.chapters import actions, queries
from ssc.communities.chapters.forms import AppointForm, EndForm, TermBody
from ssc.communities.chapters.notices import CANDIDATES
from ssc.communities.chapters.rules import usual_end
from ssc.core import clock
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.core.i18n import _
from ssc.notifications import actions as notifications
from ssc.people import queries as people
from ssc.people.models import Member
from ssc.people.shapes import MemberInShort
from ssc.people.viewer import Viewer
from ssc.places import countries
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.transactions import Transaction

router = APIRouter(include_in_schema=False)

HERE = "/desk/chapters"


@router.get(HERE)
async def desk(request: Request, viewer: Staff, session: Transaction, member: str = "", country: str = "") -> Response:
    viewer = await notifications.seen(session, viewer, CANDIDATES)
    today = clock.today_in_japan()
    usual = {"starts_on": today.isoformat(), "ends_on": usual_end(today).isoformat()}
    return await _page(request, session, viewer, forms.blank(member=member, country=country, **usual))


@router.post(HERE)
async def appoint(request: Request, viewer: Staff, session: Transaction) -> Response:
    form = await forms.read(request, AppointForm)
    if form.data is not None:
        given = form.data
        member = await _meant(session, viewer, form, given.member, given.country)
        if member is not None:
            term = TermBody(**given.model_dump(exclude={"member", "country"}))
            try:
                async with session.begin_nested():
                    await actions.appoint(session, viewer, member, f"coordinator:{given.country}", term)
                return pages.see_other(f"{HERE}?done=appointed")
            except Problem as refused:
                form.refuse(refused)
    return await _page(request, session, viewer, form)


@router.get(HERE + "/decline")
async def ask_to_decline(
    request: Request, viewer: Staff, session: Transaction, member: str = "", country: str = ""
) -> Response:
    return await _ending(request, session, viewer, forms.blank(member=member, country=country), ends=False)


@router.post(HERE + "/decline")
async def decline(request: Request, viewer: Staff, session: Transaction) -> Response:
    return await _end(request, session, viewer, ends=False)


@router.get(HERE + "/end")
async def ask_to_end(
    request: Request, viewer: Staff, session: Transaction, member: str = "", country: str = ""
) -> Response:
    return await _ending(request, session, viewer, forms.blank(member=member, country=country), ends=True)


@router.post(HERE + "/end")
async def end(request: Request, viewer: Staff, session: Transaction) -> Response:
    return await _end(request, session, viewer, ends=True)


async def _end(request: Request, session: Session, viewer: Viewer, *, ends: bool) -> Response:
    """A term of office, or an offer that is not taken up."""
    form = await forms.read(request, EndForm)
    if form.data is not None:
        given = form.data
        member = await _meant(session, viewer, form, given.member, given.country)
        if member is not None and ends:
            await actions.withdraw_office(session, viewer, member, f"coordinator:{given.country}", given.reason)
            return pages.see_other(f"{HERE}?done=ended")
        if member is not None:
            await actions.decline(session, viewer, member, given.country, given.reason)
            return pages.see_other(f"{HERE}?done=declined")
    return await _ending(request, session, viewer, form, ends=ends)


async def _meant(session: Session, viewer: Viewer, form: Form[Any], handle: str, country: str) -> Member | None:
    """The member; what is wrong with either stands at its field."""
    member = await _called(session, handle)
    if member is None or member.id in viewer.blocked:
        form.errors["member"] = _("There is no such member.")
    if not countries.exists(country):
        form.errors["country"] = _("Choose a country or region.")
    return member if not form.errors else None


async def _page(request: Request, session: Session, viewer: Viewer, form: Form[Any]) -> Response:
    """`known`: whom the form names, so that nobody is appointed by a handle alone."""
    return pages.render(
        request,
        "communities/desk_chapters.html",
        viewer,
        status=422 if form.errors else 200,
        form=form,
        known=await _shown(session, viewer, form),
        countries=countries.choices(),
        candidates=await queries.candidates(session, viewer),
        terms=await queries.terms(session, viewer),
        done=request.query_params.get("done", ""),
    )


async def _ending(request: Request, session: Session, viewer: Viewer, form: Form[Any], *, ends: bool) -> Response:
    """Whoever came from the list sees whom it is about, and where; else both are asked for."""
    known = await _shown(session, viewer, form) if countries.exists(str(form.value("country"))) else None
    status = 422 if form.errors else 200
    return pages.render(
        request,
        "communities/desk_end.html",
        viewer,
        status=status,
        form=form,
        ends=ends,
        known=known,
        countries=countries.choices(),
    )


async def _shown(session: Session, viewer: Viewer, form: Form[Any]) -> MemberInShort | None:
    """Whom the form names, as far as the viewer may know her."""
    member = await _called(session, str(form.value("member")))
    shown = await people.in_short(session, viewer, [member.id]) if member is not None else []
    return shown[0] if shown else None


async def _called(session: Session, handle: str) -> Member | None:
    """None too for what cannot be a handle: an address holds anything."""
    if not handle.isprintable() or not handle.isascii():
        return None
    return await people.by_handle(session, handle.lstrip("@").lower())

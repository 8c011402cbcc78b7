"""The form by which anything is reported; it works without scripts, and says who reads it."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.core.i18n import _
from ssc.moderation import actions
from ssc.moderation.actions.reporting import found
from ssc.moderation.forms import Why
from ssc.moderation.targets import Found, named
from ssc.people import queries as people
from ssc.people.viewer import Viewer
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)

HERE = "/report/{type_}/{identity}"


@router.get("/report/thanks")
async def thanks(
    request: Request, viewer: SignedIn, session: Transaction, member: Annotated[str, Query(max_length=40)] = ""
) -> Response:
    """What happens now, and how to keep away from whom it concerns meanwhile."""
    seen = await people.reached_by_handle(session, viewer, member) if member else None
    return pages.render(request, "moderation/thanks.html", viewer, member=seen.member if seen else None)


@router.get(HERE)
async def form(
    request: Request,
    viewer: SignedIn,
    session: Transaction,
    type_: str,
    identity: str,
) -> Response:
    thing = await found(session, viewer, type_, identity)
    return page(request, viewer, type_, thing, forms.blank())


@router.post(HERE)
async def send(
    request: Request, viewer: SignedIn, session: Transaction, process: Running, type_: str, identity: str
) -> Response:
    thing = await found(session, viewer, type_, identity)
    form = await forms.read(request, Why)
    if form.data is not None:
        try:
            async with session.begin_nested():
                await actions.report(session, process.limits, process.blobs, viewer, type_, identity, form.data)
            return await thank(session, thing)
        except Problem as refused:
            _explain(form, refused)
    return page(request, viewer, type_, thing, form, status=422)


def page(
    request: Request,
    viewer: Viewer,
    type_: str,
    thing: Found,
    form: Form[Why],
    *,
    action: str = "",
    also: str = "",
    status: int = 200,
) -> Response:
    """`action`: where the form goes, when not to its own address; `also`: what else sending it does."""
    target = named(type_)
    assert target is not None
    return pages.render(
        request,
        "moderation/report.html",
        viewer,
        status=status,
        form=form,
        label=target.label(),
        thing=thing,
        action=action or f"/report/{type_}/{thing.id}",
        also=also,
        is_message=type_ == "message",
        reasons=reasons(),
    )


async def thank(session: Session, thing: Found) -> Response:
    handles = await people.handles_of(session, [thing.member_id] if thing.member_id else [])
    return pages.see_other(f"/report/thanks?member={handles[0]}" if handles else "/report/thanks")


def reasons() -> list[tuple[str, str, str]]:
    return [
        ("harassment", _("It hurts, threatens or bothers"), ""),
        ("spam", _("It advertises, or goes to many who did not ask for it"), ""),
        ("impersonation", _("Somebody pretends to be somebody else"), ""),
        ("minor-safety", _("Somebody under 18 may be in danger"), _("It is looked at first.")),
        ("other", _("Something else"), _("Please say what, below.")),
    ]


def _explain(form: Form[Why], refused: Problem) -> None:
    if refused.kind.status not in (422, 429):
        raise refused
    form.errors[""] = refused.errors[0].message if refused.errors else refused.detail or refused.kind.title()

"""Reporting a request: the moderators hear of it, and it is declined with the same button."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import Correspondent
from ssc.core import errors
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.core.i18n import _
from ssc.messaging.access import OwnThread
from ssc.messaging.actions import membership
from ssc.messaging.queries.people import other_of, owner_of
from ssc.messaging.queries.places import Place
from ssc.messaging.reporting import found_in
from ssc.moderation import actions as moderation
from ssc.moderation.actions.reporting import found
from ssc.moderation.forms import Why
from ssc.moderation.pages.reporting import page, thank
from ssc.moderation.targets import Found
from ssc.people.viewer import Viewer
from ssc.web import forms
from ssc.web.forms import Form
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)

HERE = "/messages/{thread_id}/report"


@router.get(HERE)
async def form(request: Request, place: OwnThread, viewer: Correspondent, session: Transaction) -> Response:
    return _page(request, viewer, place, *await _meant(session, viewer, place), forms.blank())


@router.post(HERE)
async def send(
    request: Request, place: OwnThread, viewer: Correspondent, session: Transaction, process: Running
) -> Response:
    type_, thing = await _meant(session, viewer, place)
    form = await forms.read(request, Why)
    if form.data is not None:
        try:
            async with session.begin_nested():
                await moderation.report(session, process.limits, process.blobs, viewer, type_, thing.id, form.data)
            await membership.decline(session, viewer, place)
            return await thank(session, thing)
        except Problem as refused:
            form.refuse(refused)
    return _page(request, viewer, place, type_, thing, form, 422)


async def _meant(session: Session, viewer: Viewer, place: Place) -> tuple[str, Found]:
    """The first message of who asks, else herself; of a group that one is asked into, whoever owns it."""
    if place.request != "incoming":
        raise errors.not_found()
    if place.kind == "direct":
        first = await found_in(session, place, 1)
        if first is not None:
            return "message", first
    asking = await (other_of(session, place) if place.kind == "direct" else owner_of(session, place))
    if asking is None or not asking.handle:
        raise errors.not_found()
    return "member", await found(session, viewer, "member", asking.handle)


def _page(
    request: Request, viewer: Viewer, place: Place, type_: str, thing: Found, form: Form[Why], status: int = 200
) -> Response:
    also = _("The request is declined with it. Nobody learns that.")
    action = f"/messages/{place.id}/report"
    return page(request, viewer, type_, thing, form, action=action, also=also, status=status)

"""The page about a conversation: who is in it, what it is called, and how loud it is for the reader."""

from datetime import timedelta

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import Correspondent
from ssc.core import clock as instants
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.core.i18n import _
from ssc.core.paging import Slice
from ssc.messaging.access import OwnThread
from ssc.messaging.actions import membership, own_state
from ssc.messaging.pages.clocks import Clock
from ssc.messaging.queries.inbox import thread_of_viewer
from ssc.messaging.queries.participants import participants_of
from ssc.messaging.queries.places import Place
from ssc.messaging.rules import FOREVER, OWNED_BY_FEATURES
from ssc.messaging.thread_forms import MemberForm, ThreadChange
from ssc.people.viewer import Viewer
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)

HERE = "/messages/{thread_id}"
_SHOWN = 100


@router.get(HERE + "/settings")
async def settings(
    request: Request,
    place: OwnThread,
    viewer: Correspondent,
    session: Transaction,
    process: Running,
) -> Response:
    return await _page(request, session, process, viewer, place, forms.blank(title=place.title, history=place.history))


@router.post(HERE + "/settings")
async def change(
    request: Request, place: OwnThread, viewer: Correspondent, session: Transaction, process: Running
) -> Response:
    form = await forms.read(request, ThreadChange)
    if form.data is not None:
        change = form.data
        await membership.change_group(
            session, viewer, place, title=change.title, owner=change.owner, history=change.history
        )
        return pages.see_other(f"/messages/{place.id}/settings?done=changed")
    return await _page(request, session, process, viewer, place, form, status=422)


@router.post(HERE + "/members")
async def add(
    request: Request, place: OwnThread, viewer: Correspondent, session: Transaction, process: Running
) -> Response:
    form = await forms.read(request, MemberForm)
    if form.data is not None:
        try:
            async with session.begin_nested():
                await membership.add_member(session, process.limits, viewer, place, form.data.member.lstrip("@"))
            return pages.see_other(f"/messages/{place.id}/settings?done=added")
        except Problem as refused:
            form.errors["member"] = (
                _("There is no such member.") if refused.kind.status == 404 else refused.detail or refused.kind.title()
            )
    form.values |= {"title": place.title, "history": place.history}
    return await _page(request, session, process, viewer, place, form, status=422)


@router.post(HERE + "/members/{handle}/remove")
async def remove(handle: str, place: OwnThread, viewer: Correspondent, session: Transaction) -> Response:
    await membership.remove_member(session, viewer, place, handle)
    own = handle == viewer.member.handle
    return pages.see_other("/messages" if own else f"/messages/{place.id}/settings?done=removed")


@router.post(HERE + "/mute")
async def mute(request: Request, place: OwnThread, viewer: Correspondent, session: Transaction) -> Response:
    """Until a time that the form names in hours; nothing: it tells again; `always`."""
    chosen = str((await forms.submission(request)).get("hours", ""))
    until = FOREVER if chosen == "always" else None
    if chosen.isdecimal() and 0 < int(chosen) <= 24 * 366:
        until = instants.now() + timedelta(hours=int(chosen))
    await own_state.mute(session, viewer, place, until)
    return pages.see_other(f"/messages/{place.id}/settings?done={'muted' if until else 'unmuted'}")


@router.post(HERE + "/archive")
async def archive(request: Request, place: OwnThread, viewer: Correspondent, session: Transaction) -> Response:
    away = str((await forms.submission(request)).get("away", "true")) == "true"
    await own_state.archive(session, viewer, place, away)
    return pages.see_other("/messages" if away else f"/messages/{place.id}")


@router.post(HERE + "/acceptance")
async def decide(request: Request, place: OwnThread, viewer: Correspondent, session: Transaction) -> Response:
    if str((await forms.submission(request)).get("accept", "")) == "true":
        await membership.accept(session, viewer, place)
        return pages.see_other(f"/messages/{place.id}")
    await membership.decline(session, viewer, place)
    return pages.see_other("/messages")


async def _page(
    request: Request,
    session: Session,
    process: Running,
    viewer: Viewer,
    place: Place,
    form: Form[ThreadChange] | Form[MemberForm],
    status: int = 200,
) -> Response:
    thread = await thread_of_viewer(session, viewer, place.id)
    people = await participants_of(session, viewer, place, Slice(limit=_SHOWN, key=process.settings.key))
    until = thread["muted_until"]
    return pages.render(
        request,
        "messaging/settings.html",
        viewer,
        status=status,
        thread=thread,
        people=people.rows,
        more=people.next is not None,
        form=form,
        namesakes=[(one.handle, one.name) for one in people.rows if one.handle != viewer.member.handle],
        owns=place.kind == "group" and place.owner_id == viewer.id,
        belongs=place.kind in OWNED_BY_FEATURES,
        muted_until="" if not until else _("always") if until.startswith("9999") else Clock.of(viewer).whole(until),
        me=viewer.member.handle,
        done=request.query_params.get("done", ""),
    )

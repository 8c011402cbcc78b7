"""The page of notices, and the way out that letters carry."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn
from ssc.core import i18n
from ssc.core.db import Session
from ssc.core.errors import not_found
from ssc.notifications import actions, queries
from ssc.notifications.forms import LeaveForm, ReadBody, SubjectBody
from ssc.notifications.leaving import Leave, of_token
from ssc.notifications.rules import TRIES
from ssc.people.models import Member
from ssc.web import forms, pages
from ssc.web.paging import Paging
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)

PAGE = "/notifications"


@router.get(PAGE)
async def notices(request: Request, viewer: SignedIn, session: Transaction, part: Paging) -> Response:
    cut = await queries.notices_of(session, viewer, part)
    return pages.render(
        request,
        "notifications/page.html",
        viewer,
        notices=cut.rows,
        next_href=f"{PAGE}?cursor={cut.next}" if cut.next else "",
        first_href=PAGE if part.after else "",
    )


@router.post(PAGE + "/read")
async def read(request: Request, viewer: SignedIn, session: Transaction) -> Response:
    form = await forms.read(request, ReadBody)
    if form.data is not None:
        await actions.read_up_to(session, viewer, form.data.up_to)
    return pages.see_other(PAGE)


@router.post("/me/push-devices/test")
async def try_out(viewer: SignedIn, process: Running, session: Transaction) -> Response:
    await process.limits.take(TRIES, str(viewer.id))
    await actions.try_out(session, viewer)
    return pages.see_other("/me/preferences?done=rung#push")


@router.post("/me/push-devices/{identity}/remove")
async def remove_device(identity: UUID, viewer: SignedIn, session: Transaction) -> Response:
    await actions.remove_device(session, viewer, identity)
    return pages.see_other("/me/preferences?done=saved#push")


@router.post("/me/mail-instead")
async def mail_instead(viewer: SignedIn, session: Transaction) -> Response:
    await actions.mail_instead(session, viewer)
    return pages.see_other("/me/preferences?done=mail#push")


@router.post("/me/mail-stops/allow")
async def allow(request: Request, viewer: SignedIn, session: Transaction) -> Response:
    form = await forms.read(request, SubjectBody)
    if form.data is not None:
        await actions.allow_mail(session, Leave(viewer.id, "subject", "", form.data.subject))
    return pages.see_other("/me/preferences?done=saved")


async def leave_of(token: str, session: Transaction) -> Leave:
    leave = of_token(token, session.settings.key)
    if leave is None:
        raise not_found()
    return leave


KnownLeave = Annotated[Leave, Depends(leave_of)]


@router.get("/unsubscribe/n.{token}")
async def way_out(leave: KnownLeave, request: Request, session: Transaction) -> Response:
    """Scanners open links too: looking changes nothing."""
    return await _way_out(request, session, leave, "asked")


@router.post("/unsubscribe/n.{token}")
async def unsubscribe(leave: KnownLeave, request: Request, session: Transaction) -> Response:
    """Mail programs press it themselves (RFC 8058), without a cookie; people choose on the page how much to stop."""
    form = await forms.read(request, LeaveForm)
    chosen = form.data.scope if form.data is not None else None
    leave = leave.wider(chosen) if chosen in leave.scopes else leave
    await actions.stop_mail(session, leave)
    return await _way_out(request, session, leave, "stopped")


@router.post("/unsubscribe/n.{token}/undo")
async def undo(leave: KnownLeave, request: Request, session: Transaction) -> Response:
    form = await forms.read(request, LeaveForm)
    chosen = form.data.scope if form.data is not None else None
    leave = leave.wider(chosen) if chosen in leave.scopes else leave
    await actions.allow_mail(session, leave)
    return await _way_out(request, session, leave, "allowed")


async def _way_out(request: Request, session: Session, leave: Leave, state: str) -> Response:
    member = await session.get(Member, leave.member_id)
    if member is None:
        raise not_found()
    i18n.use(member.language)
    answer = pages.render(
        request,
        "notifications/leave.html",
        state=state,
        leave=leave,
        token=leave.token(session.settings.key),
        words=await queries.words_of(session, member, leave),
    )
    answer.headers["Referrer-Policy"] = "no-referrer"  # the address holds a secret
    return answer


routers = (router,)

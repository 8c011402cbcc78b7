"""The page of notices."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn
from ssc.notifications import actions, queries
from ssc.notifications.forms import ReadBody, SubjectBody
from ssc.web import forms, pages
from ssc.web.paging import Paging
from ssc.web.transactions import Transaction

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


@router.post("/me/mail-stops/allow")
async def allow(request: Request, viewer: SignedIn, session: Transaction) -> Response:
    form = await forms.read(request, SubjectBody)
    if form.data is not None:
        await actions.allow_mail(session, viewer.id, form.data.subject)
    return pages.see_other("/me/preferences?done=saved")


routers = (router,)

"""The pages of links for missing mates: the link to pass on, and what the mate sees."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn, Visitor
from ssc.core import clock, errors
from ssc.core.db import Session
from ssc.core.errors import not_found
from ssc.core.i18n import _
from ssc.people.viewer import Viewer
from ssc.roster.bringing import actions, queries
from ssc.roster.bringing.access import KnownExchange, count_answer, count_made
from ssc.roster.bringing.forms import AnswerForm, MateBody
from ssc.roster.bringing.rules import ERRORS
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)


@router.post("/exchanges/{code}/claim-links")
async def make(
    viewer: SignedIn, exchange: KnownExchange, request: Request, session: Transaction, process: Running
) -> Response:
    form = await forms.read(request, MateBody)
    if form.data is None:
        raise not_found()
    await count_made(process, viewer)
    made = await actions.make(session, viewer, exchange, form.data.member)
    return _unkept(pages.render(request, "roster/bringing/made.html", viewer, status=201, exchange=exchange, made=made))


@router.get("/claim-links/{token}")
async def look(token: str, request: Request, session: Transaction, viewer: Visitor) -> Response:
    return await _page(request, session, viewer, token, forms.blank())


@router.post("/claim-links/{token}")
async def answer(token: str, request: Request, session: Transaction, process: Running, viewer: Visitor) -> Response:
    await count_answer(process, request)
    form = await forms.read(request, AnswerForm)
    if form.data is None:
        return await _page(request, session, viewer, token, form)
    outcome = await actions.answer(session, token, form.data)
    if outcome in ("right", "unknown"):
        return _unkept(
            pages.render(
                request, "roster/bringing/sent.html", viewer, status=202, email=form.data.email, outcome=outcome
            )
        )
    if outcome == "wrong":
        form.refuse(errors.invalid(("birth_date", _("This is not the date that the roster has for this name."))))
    return await _page(request, session, viewer, token, form)


async def _page(request: Request, session: Session, viewer: Viewer | None, token: str, form: Form[Any]) -> Response:
    found = await queries.opened(session, token)
    if found is None:
        raise not_found()
    if not found.is_open(clock.today_in_japan()):
        return _unkept(pages.render(request, "roster/bringing/over.html", viewer, status=410, found=found))
    left = ERRORS - found.link.errors
    return _unkept(
        pages.render(
            request,
            "roster/bringing/page.html",
            viewer,
            status=422 if form.errors else 200,
            found=found,
            token=token,
            form=form,
            left=left if left < ERRORS else None,
        )
    )


def _unkept(response: Response) -> Response:
    """The address or the page holds a secret, so no other page is told it."""
    response.headers["Referrer-Policy"] = "strict-origin"
    return response

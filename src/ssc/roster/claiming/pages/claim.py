"""The page of an invitation: claiming with it, and asking for a fresh link when it has expired."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import Visitor
from ssc.core import i18n
from ssc.core.db import Session
from ssc.core.errors import CONFLICT, GONE, INVALID, Problem, not_found
from ssc.people.viewer import Viewer
from ssc.roster.claiming import actions, queries
from ssc.roster.claiming.access import KnownToken, count_attempt, count_renewal
from ssc.roster.claiming.forms import ClaimBody, ClaimForm
from ssc.roster.claiming.rules import wording_language, wording_of
from ssc.roster.inviting import actions as inviting
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)


@router.get("/invitations/{token}")
async def look(token: str, request: Request, session: Transaction, viewer: Visitor) -> Response:
    return await _claim_page(request, session, viewer, token, forms.blank())


@router.post("/invitations/{token}")
async def accept(
    token: KnownToken, request: Request, session: Transaction, process: Running, viewer: Visitor
) -> Response:
    form = await forms.read(request, ClaimForm)
    if form.data is not None:
        try:
            await count_attempt(process, session, token)
            async with session.begin_nested():
                await actions.claim(session, request, token, form.data)
            return pages.see_other("/welcome")
        except Problem as problem:
            if problem.kind.status not in (CONFLICT.status, GONE.status, INVALID.status):
                raise
            form.refuse(problem)
    return await _claim_page(request, session, viewer, token, form)


@router.post("/invitations/{token}/renewal")
async def renew(token: str, request: Request, session: Transaction, process: Running, viewer: Visitor) -> Response:
    await count_renewal(request, process, session, token)
    await inviting.renew(session, token)
    return _unkept(pages.render(request, "roster/claim/renewed.html", viewer, status=202))


async def _claim_page(
    request: Request, session: Session, viewer: Viewer | None, token: str, form: Form[ClaimBody] | Form[ClaimForm]
) -> Response:
    claim = await queries.claim_of(session, token)
    if claim is None:
        raise not_found()
    if not claim.open:
        return _unkept(pages.render(request, "roster/claim/over.html", viewer, status=410, claim=claim, token=token))
    context: dict[str, Any] = {
        "claim": claim,
        "token": token,
        "form": form,
        "wordings": {kind: wording_of(kind, i18n.language()) for kind in ("terms", "privacy")},
        "written_in": wording_language(i18n.language()),
    }
    status = 422 if form.errors else 200
    return _unkept(pages.render(request, "roster/claim/page.html", viewer, status=status, **context))


def _unkept(response: Response) -> Response:
    """The address holds a secret, so no other page is told it. (`no-referrer` would take the forms' origin too.)"""
    response.headers["Referrer-Policy"] = "strict-origin"
    return response

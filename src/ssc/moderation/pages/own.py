"""A decision as the person concerned reads it, and her appeal; also for who is shut out and holds the letter."""

from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.core.errors import Problem
from ssc.moderation import actions, rules
from ssc.moderation.access import Concerned, OwnDecision
from ssc.moderation.forms import AppealBody
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.transactions import Transaction

router = APIRouter(include_in_schema=False)


@router.get("/decisions/{identity}")
async def decision(request: Request, found: OwnDecision) -> Response:
    return _page(request, found, forms.blank())


@router.post("/decisions/{identity}/appeal")
async def appeal(request: Request, found: OwnDecision, session: Transaction) -> Response:
    form = await forms.read(request, AppealBody)
    if form.data is not None:
        try:
            await actions.appeal(session, found.decision, found.member_id, form.data.note)
            return pages.see_other(_path(request, found))
        except Problem as refused:
            form.refuse(refused)
    return _page(request, found, form, 422)


def _path(request: Request, found: Concerned, act: str = "") -> str:
    """With the key by which she came, if it was one."""
    key = request.query_params.get("key", "")
    return f"/decisions/{found.decision.id}{act}" + (f"?key={quote(key)}" if key else "")


def _page(request: Request, found: Concerned, form: Form[AppealBody], status: int = 200) -> Response:
    return pages.render(
        request,
        "moderation/decision.html",
        found.viewer,
        status=status,
        decision=found.decision,
        logged=found.logged,
        appeal=found.logged.appeal,
        may_appeal=rules.may_appeal(found.decision, found.member_id),
        form=form,
        action=_path(request, found, "/appeal"),
    )

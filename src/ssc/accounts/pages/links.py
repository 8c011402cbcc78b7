"""Pages that mailed links lead to: each asks first, since scanners open links too, and acts on its button."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts import forms, tokens
from ssc.accounts.actions import addresses, passwords, signing_in, undoing
from ssc.accounts.kinds import CONFIRM_ADDRESS, PASSWORD_RESET, SIGN_IN_LINK, UNDO_CHANGE
from ssc.accounts.loaders import Visitor
from ssc.accounts.models import Token
from ssc.accounts.tokens import Kind
from ssc.core.db import Session
from ssc.core.errors import GONE, INVALID, Problem
from ssc.people.models import Member
from ssc.web import pages
from ssc.web.forms import Form, blank, read
from ssc.web.transactions import Transaction

router = APIRouter(include_in_schema=False)


@router.get("/session/link/{token}")
async def link_page(token: str, request: Request, session: Transaction) -> Response:
    found = await _open(session, SIGN_IN_LINK, token)
    return _page(request, "accounts/link.html") if found else _spent(request, "link")


@router.post("/session/link/{token}")
async def use_link(token: str, request: Request, session: Transaction) -> Response:
    try:
        _member, used = await signing_in.sign_in_by_link(session, request, token)
    except Problem as refused:
        return _spent_or_raise(request, "link", refused)
    return pages.see_other(pages.on_site(used.payload.get("next")))


@router.get("/password-reset/{token}")
async def reset_page(token: str, request: Request, session: Transaction) -> Response:
    found = await _open(session, PASSWORD_RESET, token)
    return _reset(request, found, blank()) if found else _spent(request, "reset")


@router.post("/password-reset/{token}")
async def reset(token: str, request: Request, session: Transaction) -> Response:
    found = await _open(session, PASSWORD_RESET, token)
    if found is None:
        return _spent(request, "reset")
    form = await read(request, forms.NewPassword)
    if form.data is None:
        return _reset(request, found, form, 422)
    try:
        await passwords.reset_password(session, request, token, form.data.password)
    except Problem as refused:
        if refused.kind is not INVALID:
            return _spent_or_raise(request, "reset", refused)
        return _reset(request, found, form.refuse(refused), 422)
    return pages.see_other("/me/security?done=password")


@router.get("/me/emails/confirm/{token}")
async def confirm_page(token: str, request: Request, viewer: Visitor, session: Transaction) -> Response:
    found = await _open(session, CONFIRM_ADDRESS, token)
    if found is None:
        return _spent(request, "confirm")
    member = await session.get_one(Member, found.member_id)
    return _page(request, "accounts/confirm.html", address=found.address, member=member)


@router.post("/me/emails/confirm/{token}")
async def confirm(token: str, request: Request, viewer: Visitor, session: Transaction) -> Response:
    try:
        row = await addresses.confirm_by_token(session, token)
    except Problem as refused:
        return _spent_or_raise(request, "confirm", refused)
    if viewer is not None and viewer.id == row.member_id:
        return pages.see_other("/me/emails?done=confirmed")
    return _page(request, "accounts/confirmed.html", address=row.address)


@router.get("/email-changes/{token}/undo")
async def undo_page(token: str, request: Request, session: Transaction) -> Response:
    found = await _open(session, UNDO_CHANGE, token)
    if found is None:
        return _spent(request, "undo")
    return _page(request, "accounts/undo.html", address=found.address)


@router.post("/email-changes/{token}/undo")
async def undo(token: str, request: Request, session: Transaction) -> Response:
    try:
        await undoing.undo_change(session, token)
    except Problem as refused:
        return _spent_or_raise(request, "undo", refused)
    return _page(request, "accounts/undone.html")


async def _open(session: Session, kind: Kind, secret: str) -> Token | None:
    found = await tokens.find(session, kind, secret)
    return found if found is not None and not found.spent else None


def _reset(request: Request, token: Token, form: Form[Any], status: int = 200) -> Response:
    return _page(request, "accounts/new_password.html", status, form=form, address=token.address)


def _spent_or_raise(request: Request, what: str, refused: Problem) -> Response:
    if refused.kind is not GONE:
        raise refused
    return _spent(request, what)


def _spent(request: Request, what: str) -> Response:
    return _page(request, "accounts/spent.html", 410, what=what)


def _page(request: Request, template: str, status: int = 200, **context: Any) -> Response:
    """The address holds a token: no page that is opened from here learns it."""
    answer = pages.render(request, template, status=status, **context)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer

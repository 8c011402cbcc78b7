"""Pages: one's password, devices and access tokens."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from ssc.accounts import forms, queries
from ssc.accounts.access import identity
from ssc.accounts.actions import access_tokens, passwords, sessions
from ssc.accounts.loaders import Fresh, SignedIn
from ssc.accounts.rules import is_fresh
from ssc.accounts.shapes import Device
from ssc.core import errors
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.people.viewer import Viewer
from ssc.web import pages
from ssc.web.forms import Form, blank, read
from ssc.web.transactions import Transaction

router = APIRouter(prefix="/me/security", include_in_schema=False)

Done = Annotated[str, Query(max_length=20)]


@router.get("")
async def security(request: Request, viewer: SignedIn, session: Transaction, done: Done = "") -> Response:
    return await _page(request, viewer, session, done=done)


@router.post("/password")
async def set_password(request: Request, viewer: Fresh, session: Transaction) -> Response:
    form = await read(request, forms.NewPassword)
    if form.data is not None:
        try:
            await passwords.set_password(session, viewer, form.data.password)
            return pages.see_other("/me/security?done=password")
        except Problem as refused:
            form.refuse(refused)
    return await _page(request, viewer, session, 422, password=form)


@router.post("/password/remove")
async def remove_password(viewer: Fresh, session: Transaction) -> Response:
    await passwords.remove_password(session, viewer)
    return pages.see_other("/me/security?done=no-password")


@router.post("/sessions/end")
async def end_other_sessions(viewer: SignedIn, session: Transaction) -> Response:
    await sessions.end_sessions(session, viewer.id, but=viewer.session_id)
    return pages.see_other("/me/security?done=ended")


@router.post("/sessions/{session_id}/end")
async def end_session(session_id: str, viewer: SignedIn, session: Transaction) -> Response:
    if not await sessions.end_session(session, viewer.id, identity(session_id)):
        raise errors.not_found()
    return pages.see_other("/me/security?done=ended")


@router.post("/tokens")
async def make_token(request: Request, viewer: Fresh, session: Transaction) -> Response:
    """Answers with the page itself: the secret is shown this once, and no address leads to it."""
    form = await read(request, forms.NewToken)
    if form.data is not None:
        wanted = form.data
        try:
            made, secret = await access_tokens.make_access_token(
                session, viewer, wanted.name, wanted.scopes, wanted.expires_in_days
            )
            return await _page(request, viewer, session, made=made.name, secret=secret)
        except Problem as refused:
            form.refuse(refused)
    return await _page(request, viewer, session, 422, token=form)


@router.post("/tokens/{token_id}/revoke")
async def revoke_token(token_id: str, viewer: SignedIn, session: Transaction) -> Response:
    await access_tokens.revoke_access_token(session, viewer, identity(token_id))
    return pages.see_other("/me/security?done=revoked")


async def _page(
    request: Request,
    viewer: Viewer,
    session: Session,
    status: int = 200,
    *,
    done: str = "",
    password: Form[Any] | None = None,
    token: Form[Any] | None = None,
    made: str = "",
    secret: str = "",
) -> Response:
    return pages.render(
        request,
        "accounts/security.html",
        viewer,
        status=status,
        done=done,
        fresh=is_fresh(viewer),
        has_password=await queries.has_password(session, viewer.id),
        password=password or blank(),
        token=token or blank(scopes=["read"], expires_in_days=90),
        made=made,
        secret=secret,
        devices=[Device.of(row, viewer.session_id) for row in await queries.sessions_of(session, viewer.id)],
        access_tokens=await queries.access_tokens_of(session, viewer.id),
    )

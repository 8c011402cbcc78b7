"""Calls: one's own password, addresses, devices and access tokens."""

from fastapi import Request

from ssc.accounts import forms, queries, tokens
from ssc.accounts.access import identity
from ssc.accounts.actions import access_tokens, addresses, mailed_links, passwords, sessions, undoing
from ssc.accounts.kinds import UNDO_CHANGE
from ssc.accounts.loaders import Fresh, SignedIn
from ssc.accounts.shapes import AccessTokenShape, Address, Device, MadeToken
from ssc.core import errors
from ssc.web import api
from ssc.web.paging import Page
from ssc.web.transactions import Running, Transaction

router = api.router(tags=["Sign-in and one's own account"])


@router.put("/me/password", status_code=204, responses=api.problems(403, 422))
async def set_password(body: forms.NewPassword, viewer: Fresh, session: Transaction) -> None:
    """Sets the password, at least 12 characters; ends the other sessions. Needs a fresh sign-in."""
    await passwords.set_password(session, viewer, body.password)


@router.delete("/me/password", status_code=204, responses=api.problems(403))
async def remove_password(viewer: Fresh, session: Transaction) -> None:
    """Does without a password from now on: signing in is by mailed links. Needs a fresh sign-in."""
    await passwords.remove_password(session, viewer)


@router.get("/me/emails")
async def my_addresses(viewer: SignedIn, session: Transaction) -> Page[Address]:
    """One's addresses, the primary one first."""
    rows = await queries.addresses_of(session, viewer.id)
    return Page(items=[Address.of(row) for row in rows], next=None)


@router.post("/me/emails", status_code=201, responses=api.problems(403, 409, 422, 429))
async def add_address(
    body: forms.Address, request: Request, viewer: Fresh, process: Running, session: Transaction
) -> Address:
    """Adds an address and mails the link that confirms it. Needs a fresh sign-in.

    The answer does not show whether another account has the address: that goes to the address alone.
    """
    await mailed_links.limit_letters(process, request, body.email)
    return Address.of(await addresses.add_address(session, viewer.member, body.email))


@router.post("/me/emails/confirm", responses=api.problems(409, 410, 422))
async def confirm_address(body: forms.Redemption, session: Transaction) -> Address:
    """Confirms an address by the token that was mailed to it; no session is needed, the letter is the proof.

    Every other address is told and can undo it for 72 hours.
    """
    return Address.of(await addresses.confirm_by_token(session, body.token))


@router.put("/me/emails/{address_id}/primary", status_code=204, responses=api.problems(403, 404, 409))
async def make_primary(address_id: str, viewer: Fresh, session: Transaction) -> None:
    """Letters go to this confirmed address from now on. Needs a fresh sign-in."""
    await addresses.make_primary(session, viewer.member, identity(address_id))


@router.delete("/me/emails/{address_id}", status_code=204, responses=api.problems(403, 404, 409))
async def remove_address(address_id: str, viewer: Fresh, session: Transaction) -> None:
    """Takes an address off the list; the last confirmed one stays. Needs a fresh sign-in."""
    await addresses.remove_address(session, viewer.member, identity(address_id))


@router.post("/email-changes/{token}/undo", status_code=204, responses=api.problems(404, 410))
async def undo_change(token: str, session: Transaction) -> None:
    """Undoes a change of addresses by the token that was mailed to another one; ends all sessions."""
    if await tokens.find(session, UNDO_CHANGE, token) is None:
        raise errors.not_found()
    await undoing.undo_change(session, token)


@router.get("/me/sessions")
async def my_sessions(viewer: SignedIn, session: Transaction) -> Page[Device]:
    """Where one is signed in, the latest seen first."""
    rows = await queries.sessions_of(session, viewer.id)
    return Page(items=[Device.of(row, viewer.session_id) for row in rows], next=None)


@router.delete("/me/sessions/{session_id}", status_code=204, responses=api.problems(404))
async def end_session(session_id: str, viewer: SignedIn, session: Transaction) -> None:
    """Signs out there."""
    if not await sessions.end_session(session, viewer.id, identity(session_id)):
        raise errors.not_found()


@router.get("/me/tokens")
async def my_tokens(viewer: SignedIn, session: Transaction) -> Page[AccessTokenShape]:
    """One's access tokens that work, the newest first; without their secrets."""
    rows = await queries.access_tokens_of(session, viewer.id)
    return Page(items=[AccessTokenShape.of(row) for row in rows], next=None)


@router.post("/me/tokens", status_code=201, responses=api.problems(403, 409, 422))
async def make_token(body: forms.NewToken, viewer: Fresh, session: Transaction) -> MadeToken:
    """Makes an access token; its secret is in this answer and nowhere else. Needs a fresh sign-in.

    `read` is for GET, `write` for everything else, `messages` for threads, `staff` for what one's office allows.
    """
    made, secret = await access_tokens.make_access_token(session, viewer, body.name, body.scopes, body.expires_in_days)
    return MadeToken(**AccessTokenShape.of(made).model_dump(), token=secret)


@router.delete("/me/tokens/{token_id}", status_code=204, responses=api.problems(404))
async def revoke_token(token_id: str, viewer: SignedIn, session: Transaction) -> None:
    """Takes an access token back at once."""
    await access_tokens.revoke_access_token(session, viewer, identity(token_id))

"""Calls: signing in by password or mailed link, signing out, resetting a password."""

from fastapi import Request

from ssc.accounts import forms
from ssc.accounts.actions import mailed_links, passwords, sessions, signing_in
from ssc.accounts.loaders import SignedIn
from ssc.accounts.shapes import Who
from ssc.core import clock
from ssc.core.db import Session
from ssc.people import queries as people
from ssc.people.models import Member
from ssc.web import api
from ssc.web.transactions import Running, Transaction

router = api.router(tags=["Sign-in and one's own account"])


@router.post("/session", status_code=201, responses=api.problems(401, 403, 422, 429))
async def sign_in(body: forms.Credentials, request: Request, process: Running, session: Transaction) -> Who:
    """Signs in and sends the session's cookie.

    401 `wrong-credentials` alike for an unknown address and a wrong password; 403 `suspended` says until when.
    Limit: 10 failures per account and 30 per network (IPv6 /64) in 15 minutes; a known device has 10 of its own.
    """
    member = await signing_in.sign_in(process, session, request, body.email, body.password)
    return await _who(session, member)


@router.get("/session")
async def who_am_i(viewer: SignedIn) -> Who:
    """Who is signed in."""
    return Who.of(viewer.member, viewer.roles)


@router.delete("/session", status_code=204)
async def sign_out(request: Request, session: Transaction) -> None:
    """Signs out: ends the session of the cookie, if there is one."""
    await sessions.sign_out(session, request)


@router.post("/session/link", status_code=202, responses=api.problems(422, 429))
async def ask_for_link(body: forms.Address, request: Request, process: Running, session: Transaction) -> None:
    """Mails a sign-in link, if the address is a member's; the answer never shows whether it is.

    Limit: 5 letters to an address and 20 from a network an hour.
    """
    await mailed_links.ask_for_sign_in_link(process, session, request, body.email)


@router.post("/session/link/redeem", status_code=201, responses=api.problems(403, 410, 422))
async def redeem_link(body: forms.Redemption, request: Request, session: Transaction) -> Who:
    """Signs in by the token of a mailed link: once, within 15 minutes."""
    member, _token = await signing_in.sign_in_by_link(session, request, body.token)
    return await _who(session, member)


@router.post("/session/fresh", status_code=204, responses=api.problems(401, 403, 422, 429))
async def show_again(
    body: forms.NewPassword, request: Request, viewer: SignedIn, process: Running, session: Transaction
) -> None:
    """Shows again that it is oneself: for ten minutes then what matters can be done."""
    await signing_in.show_again(process, session, request, viewer, body.password)


@router.post("/password-reset", status_code=202, responses=api.problems(422, 429))
async def ask_for_reset(body: forms.Address, request: Request, process: Running, session: Transaction) -> None:
    """Mails a link that sets a new password, if the address is a member's; the answer never shows whether it is.

    Limit: 5 letters to an address and 20 from a network an hour, together with sign-in links.
    """
    await mailed_links.ask_for_reset(process, session, request, body.email)


@router.post("/password-reset/redeem", status_code=201, responses=api.problems(403, 410, 422))
async def reset(body: forms.Reset, request: Request, session: Transaction) -> Who:
    """Sets the password by the token of a mailed link, ends the account's sessions, and signs in here.

    A password that is refused leaves the link good.
    """
    member = await passwords.reset_password(session, request, body.token, body.password)
    return await _who(session, member)


async def _who(session: Session, member: Member) -> Who:
    roles = await people.roles_of(session, member.id, clock.today_in_japan())
    return Who.of(member, frozenset(role.spelled for role in roles))

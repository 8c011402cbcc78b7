"""Signing in: by password or by a mailed link; and showing again, in a session, that it is oneself."""

from datetime import datetime
from uuid import UUID

from babel.dates import format_date
from starlette.requests import Request

from ssc.accounts import cookies, passwords, queries, throttle, tokens
from ssc.accounts.actions import sessions
from ssc.accounts.addresses import key_of
from ssc.accounts.kinds import SIGN_IN_LINK
from ssc.accounts.models import Account, Token
from ssc.accounts.queries import Entrance
from ssc.accounts.rules import spelled
from ssc.accounts.throttle import Attempt
from ssc.core import clock, errors, i18n
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.core.i18n import _, words
from ssc.core.process import Process
from ssc.people import queries as people
from ssc.people.models import Member
from ssc.people.viewer import Viewer
from ssc.web.guard import network_of

WRONG_CREDENTIALS = errors.kind(
    "wrong-credentials",
    401,
    words("The address or the password is not right"),
    words(
        "The address and the password do not fit together. "
        "Check both for typing errors, or have a sign-in link mailed to you."
    ),
)
SUSPENDED = errors.kind(
    "suspended",
    403,
    words("This account is suspended"),
    words("The moderators have shut this account out for a time. The answer says until when and why."),
)


async def sign_in(process: Process, session: Session, request: Request, address: str, password: str) -> Member:
    """Signs in by password, in this browser. 401 alike for an unknown address and a wrong password; 429.

    Until the password is known to be right nothing is asked of `session`, so that no connection waits for argon2.
    """
    entrance, tried = await _count(process, request, key_of(address))
    if not await passwords.matches(entrance.password_hash, password):
        raise Problem(WRONG_CREDENTIALS)
    await throttle.give_back(session, tried)
    account = await session.get(Account, entrance.member_id, with_for_update=True)
    if account is None or account.password_hash != entrance.password_hash:
        raise Problem(WRONG_CREDENTIALS)  # changed while we looked
    if passwords.outdated(account.password_hash or ""):
        account.password_hash = await passwords.hashed(password)
    return await enter(session, request, account.member_id)


async def sign_in_by_link(session: Session, request: Request, secret: str) -> tuple[Member, Token]:
    """Redeems a mailed sign-in link. 410 too when the address is no longer confirmed for the member."""
    token = await redeem_by_mail(session, SIGN_IN_LINK, secret)
    assert token.member_id is not None
    await throttle.pardon(session, token.member_id)
    return await enter(session, request, token.member_id), token


async def redeem_by_mail(session: Session, kind: tokens.Kind, secret: str) -> Token:
    """The token, used up, and with it the member's other open ones of its kind."""
    token = await tokens.redeem(session, kind, secret)
    row = await queries.confirmed(session, key_of(token.address))
    if token.member_id is None or row is None or row.member_id != token.member_id:
        raise errors.gone()
    await tokens.void(session, token.member_id, kind)
    return token


async def enter(session: Session, request: Request, member_id: UUID) -> Member:
    """Begins the session of somebody who has shown who she is; 403 with reason and end when she is suspended."""
    member = await session.get_one(Member, member_id)
    await refuse_suspended(session, member_id)
    await sessions.begin_session(session, request, member)
    return member


async def refuse_suspended(session: Session, member_id: UUID) -> None:
    suspension = await people.suspension_of(session, member_id)
    if suspension is not None:
        raise Problem(SUSPENDED, _suspended(suspension.until, suspension.reason))


async def show_again(process: Process, session: Session, request: Request, viewer: Viewer, password: str) -> None:
    """Makes the session fresh by the password; counted and refused like a sign-in."""
    device = str(viewer.session_id)
    async with process.database.apart() as apart:
        account = await apart.get_one(Account, viewer.id)
        tried = throttle.attempt(process.settings, account=f"fresh:{device}", network=_network(request), device=None)
        await throttle.count(apart, tried)
    if not await passwords.matches(account.password_hash, password):
        raise Problem(WRONG_CREDENTIALS)
    await throttle.give_back(session, tried)
    assert viewer.session_id is not None
    await sessions.refresh_session(session, request, viewer.session_id, spelled(viewer.roles))


async def _count(process: Process, request: Request, key: str) -> tuple[Entrance, Attempt]:
    device = cookies.device_of(request, process.settings)
    async with process.database.apart() as apart:
        entrance = await queries.entrance(apart, key, device)
        tried = throttle.attempt(
            process.settings,
            account=str(entrance.member_id or key),
            network=_network(request),
            device=entrance.device_id,
        )
        await throttle.count(apart, tried)
    return entrance, tried


def _network(request: Request) -> str:
    return network_of(request.state.address)


def _suspended(until: datetime | None, reason: str) -> str:
    if until is None:
        return _("Your account is suspended until further notice. Reason: {reason}", reason=reason)
    day = format_date(until.astimezone(clock.JAPAN), format="long", locale=i18n.locale())
    return _("Your account is suspended until {day}. Reason: {reason}", day=day, reason=reason)

"""Setting a password: in a fresh session, or by a mailed link; what it ends elsewhere, and who is told."""

from uuid import UUID

from sqlalchemy import delete
from starlette.requests import Request

from ssc.accounts import letters, passwords, queries, throttle, tokens
from ssc.accounts.actions import sessions
from ssc.accounts.actions.signing_in import enter, redeem_by_mail, refuse_suspended
from ssc.accounts.kinds import PASSWORD_RESET, SIGN_IN_LINK
from ssc.accounts.models import Account, KnownDevice
from ssc.accounts.words import own_words
from ssc.core import audit, clock, errors
from ssc.core.db import Session
from ssc.people.models import Member
from ssc.people.viewer import Viewer


async def set_password(session: Session, viewer: Viewer, password: str) -> None:
    """The viewer's new password; her other sessions end."""
    await _check(session, viewer.member, password)
    await _set(session, viewer.member, password, but=viewer.session_id)


async def remove_password(session: Session, viewer: Viewer) -> None:
    """From now on she signs in by mailed links only."""
    account = await session.get_one(Account, viewer.id)
    account.password_hash, account.password_set_at = None, clock.now()
    await _shut_others_out(session, viewer.member, but=viewer.session_id)


async def reset_password(session: Session, request: Request, secret: str, password: str) -> Member:
    """Redeems a mailed reset: new password, all sessions ended, signed in here. A bad password leaves the link good."""
    token = await tokens.find(session, PASSWORD_RESET, secret)
    if token is None or token.spent or token.member_id is None:
        raise errors.gone()
    member = await session.get_one(Member, token.member_id)
    await refuse_suspended(session, member.id)
    await _check(session, member, password)
    await redeem_by_mail(session, PASSWORD_RESET, secret)
    await _set(session, member, password, but=None)
    await throttle.pardon(session, member.id)
    return await enter(session, request, member.id)


async def _check(session: Session, member: Member, password: str) -> None:
    addresses = [row.address for row in await queries.addresses_of(session, member.id)]
    passwords.check(password, own_words(member, *addresses))


async def _set(session: Session, member: Member, password: str, *, but: UUID | None) -> None:
    digest = await passwords.hashed(password)
    account = await session.get_one(Account, member.id)
    account.password_hash, account.password_set_at = digest, clock.now()
    await _shut_others_out(session, member, but=but)


async def _shut_others_out(session: Session, member: Member, *, but: UUID | None) -> None:
    await sessions.end_sessions(session, member.id, but=but)
    await session.execute(delete(KnownDevice).where(KnownDevice.member_id == member.id))
    await tokens.void(session, member.id, SIGN_IN_LINK, PASSWORD_RESET)
    audit.write(session, member.id, "password.set", f"member:{member.id}")
    primary = await queries.primary_of(session, member.id)
    if primary is not None:
        await letters.password_changed(session, member, primary.address)

"""The owner objects: whatever the recovery brought is taken back, whatever she had stays."""

from uuid import UUID

from sqlalchemy import delete

from ssc.accounts import tokens
from ssc.accounts.actions import end_sessions
from ssc.accounts.kinds import CONFIRM_ADDRESS, PASSWORD_RESET, SIGN_IN_LINK
from ssc.accounts.models import AccessToken, Account, EmailAddress, KnownDevice
from ssc.core import audit, clock, live, mail
from ssc.core.db import Session
from ssc.core.errors import gone, not_found
from ssc.people.models import Member
from ssc.people.viewer import Viewer
from ssc.roster.claiming import actions as claiming
from ssc.roster.inviting import actions as inviting
from ssc.roster.inviting.models import Invitation
from ssc.roster.recovering import letters, queries
from ssc.roster.recovering.models import Recovery
from ssc.roster.recovering.rules import RETURN, VETO


async def object_by_letter(session: Session, secret: str) -> None:
    """A known address objects with the link it got. 404 for none of ours, 410 when used or after 72 hours."""
    if await tokens.find(session, VETO, secret) is None:
        raise not_found()
    token = await tokens.redeem(session, VETO, secret)
    asked = await session.get(Recovery, UUID(token.payload["recovery"]), with_for_update=True)
    if asked is None or not asked.contestable:
        raise gone()
    await _take_back(session, asked, by=None, how="address", keep=None)


async def object_by_session(session: Session, viewer: Viewer, recovery_id: UUID) -> None:
    """Who is signed in objects to a recovery of her own account; 404 unless her session is older than it."""
    asked = await session.get(Recovery, recovery_id, with_for_update=True)
    if asked is None or asked.member_id != viewer.id or not await queries.stood_before(session, viewer, asked):
        raise not_found()
    if not asked.contestable:
        raise gone()
    await _take_back(session, asked, by=viewer.id, how="session", keep=viewer.session_id)


async def _take_back(session: Session, asked: Recovery, *, by: UUID | None, how: str, keep: UUID | None) -> None:
    was = asked.state
    asked.vetoed_at = clock.now()
    audit.write(session, by, "recovery.veto", f"recovery:{asked.id}", member=str(asked.member_id), how=how)
    record = await session.get(Member, asked.member_id, with_for_update=True)
    if record is not None and was != "asked":
        if asked.invitation_id is not None:
            await _unclaim(session, asked.invitation_id, record)
        else:
            await _shut_out(session, asked, record.id, keep)
        await mail.send(session, letters.stopped(session.settings, asked))


async def _unclaim(session: Session, invitation_id: UUID, record: Member) -> None:
    """A record that nobody had claimed before becomes so again, and its owner may still claim it."""
    invitation = await session.get(Invitation, invitation_id, with_for_update=True)
    if invitation is None:
        return
    if invitation.used_at is not None and record.claimed:
        await claiming.undo_claim(session, record)
    else:
        await inviting.withdraw_one(session, invitation)


async def _shut_out(session: Session, asked: Recovery, member_id: UUID, keep: UUID | None) -> None:
    """All sessions end but the objecting one; addresses, tokens, devices and a password of since then are gone."""
    since = asked.approved_at
    await tokens.void(session, member_id, RETURN, SIGN_IN_LINK, PASSWORD_RESET, CONFIRM_ADDRESS)
    await end_sessions(session, member_id, but=keep)
    live.refresh(session, member_id)  # tokens made since then go too, and what was limited no longer is
    for table in (EmailAddress, AccessToken, KnownDevice):
        await session.execute(delete(table).where(table.member_id == member_id, table.created_at >= since))
    account = await session.get(Account, member_id, with_for_update=True)
    if account is None or since is None:
        return
    account.limited_until = None
    if account.password_set_at is not None and account.password_set_at >= since:
        account.password_hash = account.password_set_at = None
    await session.flush()

"""Two records of one person: the account of the one that goes moves to the one that stays."""

from uuid import UUID

from sqlalchemy import delete, select, update

from ssc.accounts import tokens
from ssc.accounts.actions import sessions
from ssc.accounts.kinds import CONFIRM_ADDRESS, PASSWORD_RESET, SIGN_IN_LINK, UNDO_CHANGE
from ssc.accounts.models import AccessToken, Account, EmailAddress, KnownDevice, SignedInSession
from ssc.core import live
from ssc.core.db import Session


async def move_account(session: Session, gone_id: UUID, kept_id: UUID) -> None:
    """Gives the kept member the other's addresses and, if she has no account, the other's account with its sessions.

    Where both have one, the kept one stays as it is, the other's sessions end, and its addresses sign in to it.
    """
    has_account = await session.scalar(select(Account.member_id).where(Account.member_id == kept_id)) is not None
    await _move_addresses(session, gone_id, kept_id)
    live.revoke(session, gone_id)  # whoever comes again comes as the kept one
    await tokens.void(session, gone_id, SIGN_IN_LINK, PASSWORD_RESET, CONFIRM_ADDRESS, UNDO_CHANGE)
    if has_account:
        await sessions.end_sessions(session, gone_id)
        await session.execute(delete(AccessToken).where(AccessToken.member_id == gone_id))
        await session.execute(delete(Account).where(Account.member_id == gone_id))
        return
    for table in (Account, SignedInSession, KnownDevice, AccessToken):
        await session.execute(update(table).where(table.member_id == gone_id).values(member_id=kept_id))


async def _move_addresses(session: Session, gone_id: UUID, kept_id: UUID) -> None:
    """Every address once: a confirmed one stands for an unconfirmed one of the other record."""
    rows = await session.scalars(
        select(EmailAddress)
        .where(EmailAddress.member_id.in_((gone_id, kept_id)))
        .order_by(EmailAddress.confirmed_at.is_(None), EmailAddress.member_id != kept_id, EmailAddress.created_at)
    )
    moved: dict[str, EmailAddress] = {}
    for row in rows.all():
        if moved.setdefault(row.key, row) is not row:
            await session.delete(row)
    primaries = sorted((row for row in moved.values() if row.is_primary), key=lambda row: row.member_id != kept_id)
    for row in moved.values():
        row.is_primary = False
    await session.flush()
    for row in moved.values():
        row.member_id, row.is_primary = kept_id, row in primaries[:1]
    await session.flush()

"""Undoing a change of addresses: what was before is restored, and whoever made the change is shut out."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from ssc.accounts import letters, queries, tokens
from ssc.accounts.actions import sessions
from ssc.accounts.kinds import PASSWORD_RESET, SIGN_IN_LINK, UNDO_CHANGE
from ssc.accounts.models import AccessToken, Account, EmailAddress, EmailChange, KnownDevice, Token
from ssc.core import audit, clock, errors, live
from ssc.core.db import Session
from ssc.people.models import Member


async def undo_change(session: Session, secret: str) -> Member:
    """Redeems the link of a letter about a change. 410 when it is spent, or the change was undone already.

    With the change go the later ones, every session, and what was made since that would let its maker in
    again: devices, access tokens, a password. The owner signs in by a link to an address that is hers again.
    """
    token = await tokens.redeem(session, UNDO_CHANGE, secret)
    change = await session.get(EmailChange, UUID(token.payload["change"]), with_for_update=True)
    if change is None or change.undone_at is not None:
        raise errors.gone()
    member = await session.get_one(Member, change.member_id, with_for_update=True)
    after = await queries.addresses_of(session, member.id)
    await _restore(session, member, change.before["addresses"], after)
    await _shut_out(session, member, change.created_at)
    await _close(session, member, change.created_at)
    told = {row.address for row in [*after, *await queries.addresses_of(session, member.id)] if row.confirmed_at}
    for address in sorted(told):
        await letters.change_undone(session, member, address)
    audit.write(session, None, "email.undo", f"member:{member.id}", change=str(change.id))
    return member


async def _restore(session: Session, member: Member, before: list[dict[str, Any]], after: list[EmailAddress]) -> None:
    """The list as it was. An address that another account has confirmed meanwhile comes back unconfirmed."""
    kept = {UUID(row["id"]) for row in before}
    by_id = {row.id: row for row in after}
    for row in after:
        row.is_primary = False
        if row.id not in kept:
            await session.delete(row)
    await session.flush()
    for then in before:
        row = by_id.get(UUID(then["id"])) or EmailAddress(
            id=UUID(then["id"]), member_id=member.id, created_at=datetime.fromisoformat(then["created_at"])
        )
        taken = await queries.confirmed(session, then["key"])
        row.address, row.key, row.source = then["address"], then["key"], then["source"]
        is_free = taken is None or taken.member_id == member.id
        row.confirmed_at = datetime.fromisoformat(then["confirmed_at"]) if then["confirmed_at"] and is_free else None
        row.is_primary = then["is_primary"] and is_free
        session.add(row)
    await session.flush()


async def _shut_out(session: Session, member: Member, since: datetime) -> None:
    await sessions.end_sessions(session, member.id)
    await session.execute(
        delete(KnownDevice).where(KnownDevice.member_id == member.id, KnownDevice.created_at >= since)
    )
    await session.execute(
        delete(AccessToken).where(AccessToken.member_id == member.id, AccessToken.created_at >= since)
    )
    await session.execute(
        update(Account)
        .where(Account.member_id == member.id, Account.password_set_at >= since)
        .values(password_hash=None, password_set_at=clock.now())
    )
    await tokens.void(session, member.id, SIGN_IN_LINK, PASSWORD_RESET)
    live.revoke(session, member.id)


async def _close(session: Session, member: Member, since: datetime) -> None:
    """This change and those after it are undone; their other letters' links have nothing left to do."""
    undone = await session.scalars(
        update(EmailChange)
        .where(EmailChange.member_id == member.id, EmailChange.created_at >= since, EmailChange.undone_at.is_(None))
        .values(undone_at=clock.now())
        .returning(EmailChange.id)
    )
    gone = [str(change) for change in undone]
    open_ones = await session.scalars(
        select(Token).where(Token.member_id == member.id, Token.kind == UNDO_CHANGE.name, Token.used_at.is_(None))
    )
    for token in open_ones:
        if token.payload["change"] in gone:
            token.used_at = clock.now()

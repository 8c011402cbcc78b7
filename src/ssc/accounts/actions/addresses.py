"""A member's addresses: added, confirmed, made primary, removed; every other one is told and may undo it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from ssc.accounts import letters, queries, tokens
from ssc.accounts.addresses import key_of
from ssc.accounts.kinds import CONFIRM_ADDRESS, UNDO_CHANGE
from ssc.accounts.models import EmailAddress, EmailChange
from ssc.accounts.rules import may_undo
from ssc.core import audit, clock, errors, ids
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.core.i18n import _, words
from ssc.people.models import Member

MOST = 10

ADDRESS_TAKEN = errors.kind(
    "address-taken",
    409,
    words("This address belongs to another account"),
    words("An address signs in to one account. Sign in to the other one with it, or use another address."),
)


async def add_address(
    session: Session, member: Member, address: str, *, source: str = "member", primary: bool = False
) -> EmailAddress:
    """Puts the address on the list, unconfirmed, and mails the link that confirms it.

    Whether another account has it is told to the address alone. `primary`: once confirmed it is the first one.
    """
    rows = {row.key: row for row in await queries.addresses_of(session, member.id)}
    row = rows.get(key_of(address))
    if row is not None and row.confirmed_at:
        raise errors.invalid(("email", _("This address is on your list already.")))
    if row is None and len(rows) >= MOST:
        raise errors.conflict(_("You can keep {n} addresses. Remove one first.", n=MOST))
    if row is None:
        row = EmailAddress(
            id=ids.new(), member_id=member.id, address=address, key=key_of(address), source=source, is_primary=False
        )
        session.add(row)
    await session.flush()
    await mail_confirmation(session, member, row, primary=primary or row.source == "claim")
    return row


async def mail_confirmation(session: Session, member: Member, row: EmailAddress, *, primary: bool = False) -> None:
    """Mails the link that confirms the address; to one that is taken, that it is."""
    if await queries.confirmed(session, row.key) is not None:
        await letters.address_taken(session, member, row.address)
        return
    payload = {"address": str(row.id), "primary": primary}
    secret = await tokens.issue(session, CONFIRM_ADDRESS, member_id=member.id, address=row.address, payload=payload)
    await letters.confirm_address(session, member, row.address, secret)


async def confirm_address(session: Session, member: Member, address: str, *, source: str = "member") -> EmailAddress:
    """Counts the address as the member's, since a link that was mailed to it came back. 409 when it is taken."""
    key = key_of(address)
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"address:{key}", 0))))
    taken = await queries.confirmed(session, key)
    if taken is not None and taken.member_id != member.id:
        raise Problem(ADDRESS_TAKEN)
    rows = await queries.addresses_of(session, member.id)
    row = next((row for row in rows if row.key == key), None)
    if row is None:
        row = EmailAddress(id=ids.new(), member_id=member.id, address=address, key=key, source=source)
        session.add(row)
    row.confirmed_at = row.confirmed_at or clock.now()
    await session.flush()
    if not any(other.is_primary and other.confirmed_at for other in rows):
        await _put_first(session, row)
    return row


async def confirm_by_token(session: Session, secret: str) -> EmailAddress:
    """Redeems the mailed link. 410 when it is spent, or the address has been taken off the list meanwhile."""
    token = await tokens.redeem(session, CONFIRM_ADDRESS, secret)
    row = await session.get(EmailAddress, UUID(token.payload["address"]))
    member = await session.get(Member, token.member_id)
    if row is None or member is None or row.member_id != member.id or row.address != token.address:
        raise errors.gone()
    if row.confirmed_at:
        return row
    before = [was for was in await _snapshot(session, member) if was["id"] != str(row.id) or row.source == "roster"]
    await confirm_address(session, member, row.address)
    if token.payload["primary"]:
        await _put_first(session, row)
    await _tell(session, member, row, "added", before)
    return row


async def make_primary(session: Session, member: Member, address_id: UUID) -> None:
    """Letters go to this address from now on."""
    before = await _snapshot(session, member)
    row = await _own(session, member, address_id)
    if row.confirmed_at is None:
        raise errors.conflict(_("Confirm the address first: the link is in the letter that we sent to it."))
    if row.is_primary:
        return
    await _put_first(session, row)
    await _tell(session, member, row, "primary", before)


async def remove_address(session: Session, member: Member, address_id: UUID) -> None:
    """Takes the address off the list; the last confirmed one stays, since it is the way back in."""
    before = await _snapshot(session, member)  # before it is looked what is left: of two tabs the second sees it
    row = await _own(session, member, address_id)
    rows = await queries.addresses_of(session, member.id)
    left = [other for other in rows if other.confirmed_at and other.id != row.id]
    if row.confirmed_at and not left:
        raise errors.conflict(_("This is your only confirmed address. Add and confirm another one first."))
    await session.delete(row)
    await session.flush()
    if row.is_primary:
        await _put_first(session, left[0])
    if row.confirmed_at:
        await _tell(session, member, row, "removed", before)


async def _own(session: Session, member: Member, address_id: UUID) -> EmailAddress:
    row = await session.get(EmailAddress, address_id)
    if row is None or row.member_id != member.id:
        raise errors.not_found()
    return row


async def _put_first(session: Session, row: EmailAddress) -> None:
    for other in await queries.addresses_of(session, row.member_id):
        other.is_primary = False
    await session.flush()
    row.is_primary = True
    await session.flush()


async def _snapshot(session: Session, member: Member) -> list[dict[str, Any]]:
    """The addresses as they are; the member's row is locked, so that changes follow one another."""
    await session.execute(select(Member.id).where(Member.id == member.id).with_for_update())
    return [frozen(row) for row in await queries.addresses_of(session, member.id)]


def frozen(row: EmailAddress) -> dict[str, Any]:
    """A row as a change remembers it."""
    return {
        "id": str(row.id),
        "address": row.address,
        "key": row.key,
        "confirmed_at": row.confirmed_at.isoformat() if row.confirmed_at else None,
        "is_primary": row.is_primary,
        "source": row.source,
        "created_at": row.created_at.isoformat(),
    }


async def _tell(
    session: Session, member: Member, changed: EmailAddress, what: str, before: list[dict[str, Any]]
) -> None:
    """Writes to every other confirmed address, and to one that was removed; those that stood long may undo it."""
    change = EmailChange(id=ids.new(), member_id=member.id, before={"addresses": before}, created_at=clock.now())
    session.add(change)
    await session.flush()
    for row in before:
        if row["confirmed_at"] is None or (row["id"] == str(changed.id) and what != "removed"):
            continue
        secret = None
        if may_undo(row["source"], datetime.fromisoformat(row["confirmed_at"])):
            payload = {"change": str(change.id)}
            secret = await tokens.issue(
                session, UNDO_CHANGE, member_id=member.id, address=row["address"], payload=payload
            )
        await letters.address_changed(session, member, row["address"], what, changed.address, secret)
    audit.write(session, member.id, f"email.{what}", f"member:{member.id}")

"""Whose account it is when a record is split: whoever's address it was claimed with keeps it."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select, text

from ssc.accounts.addresses import key_of
from ssc.accounts.models import Account, EmailAddress
from ssc.core.db import Session
from ssc.people.actions import name_key
from ssc.people.models import Member
from ssc.roster.duplicates.lines import derive
from ssc.roster.duplicates.merging import choose_primary
from ssc.roster.inviting.models import Invitation

_PERSONAL = ("name", "name_native", "country", "birth_date")

# Where both are in one exchange each keeps her own; all else of the roster changes places.
_SWAP = """
UPDATE {table} SET member_id = CASE member_id WHEN CAST(:one AS uuid) THEN CAST(:other AS uuid)
    ELSE CAST(:one AS uuid) END
WHERE member_id IN (:one, :other)
"""
_NOT_SHARED = """ AND exchange_id NOT IN (
    SELECT exchange_id FROM {table} WHERE member_id IN (:one, :other) GROUP BY exchange_id HAVING count(*) > 1)
"""  # names of ours
_ADDRESSES = (
    "UPDATE email_address SET is_primary = false WHERE member_id IN (:one, :other) AND confirmed_at IS NULL",
    """DELETE FROM email_address a WHERE a.member_id IN (:one, :other) AND a.confirmed_at IS NULL AND EXISTS (
        SELECT FROM email_address b WHERE b.member_id IN (:one, :other) AND b.id <> a.id AND b.key = a.key
            AND (b.confirmed_at IS NOT NULL OR b.id < a.id))""",
    _SWAP.format(table="email_address") + " AND confirmed_at IS NULL",
)


async def belongs_to_other(session: Session, member_id: UUID, addresses: Collection[str]) -> bool:
    """Whether the member's account was claimed with one of these addresses, which came with the other record."""
    if await session.get(Account, member_id) is None:
        return False
    keys = {key_of(address) for address in addresses}
    claimed_with = await session.scalars(
        select(Invitation.address).where(Invitation.member_id == member_id, Invitation.used_at.is_not(None))
    )
    used = {key_of(address) for address in claimed_with}
    confirmed = await session.scalars(
        select(EmailAddress.key).where(EmailAddress.member_id == member_id, EmailAddress.confirmed_at.is_not(None))
    )
    return bool(keys & (used or set(confirmed)))


async def swap_records(session: Session, account_id: UUID, new_id: UUID) -> None:
    """What the roster says changes places between two members, and so the account stays with the other person.

    What a member wrote over the roster's words stays with the account.
    """
    values = {"one": account_id, "other": new_id}
    for table in ("participation", "roster_entry"):
        await session.execute(text((_SWAP + _NOT_SHARED).format(table=table)), values)
    whole = [_SWAP.format(table=table) for table in ("roster_line", "roster_identity", "waiting_person")]
    for statement in (*whole, *_ADDRESSES):
        await session.execute(text(statement), values)
    for member_id in (account_id, new_id):
        await derive(session, member_id)
    await _swap_persons(session, account_id, new_id)
    for member_id in (account_id, new_id):
        await choose_primary(session, member_id)
    session.expire_all()


async def _swap_persons(session: Session, account_id: UUID, new_id: UUID) -> None:
    account = await session.get_one(Member, account_id, populate_existing=True)
    new = await session.get_one(Member, new_id, populate_existing=True)
    for name in _PERSONAL:
        ours, theirs = getattr(account, name), getattr(new, name)
        setattr(account, name, theirs)
        setattr(new, name, ours)
    for member in (account, new):
        member.name_key = name_key(member.name)
    await session.flush()

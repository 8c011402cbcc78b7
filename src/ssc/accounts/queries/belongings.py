"""What belongs to an account: addresses, devices, sessions, access tokens; and where an address leads at sign-in."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, or_, select

from ssc.accounts.models import AccessToken, Account, EmailAddress, KnownDevice, SignedInSession
from ssc.accounts.rules import IDLE
from ssc.core import clock, ids
from ssc.core.db import Session


async def addresses_of(session: Session, member_id: UUID) -> list[EmailAddress]:
    """The member's addresses, the primary one first, then as they came."""
    rows = await session.scalars(
        select(EmailAddress)
        .where(EmailAddress.member_id == member_id)
        .order_by(EmailAddress.is_primary.desc(), EmailAddress.created_at, EmailAddress.id)
    )
    return list(rows)


async def confirmed(session: Session, key: str) -> EmailAddress | None:
    """The one confirmed address with this key."""
    found: EmailAddress | None = await session.scalar(
        select(EmailAddress).where(EmailAddress.key == key, EmailAddress.confirmed_at.is_not(None))
    )
    return found


async def waiting(session: Session, key: str) -> EmailAddress | None:
    """The address that a member with an account named, and that waits for its letter's answer."""
    found: EmailAddress | None = await session.scalar(
        select(EmailAddress)
        .join(Account, Account.member_id == EmailAddress.member_id)
        .where(EmailAddress.key == key, EmailAddress.confirmed_at.is_(None), EmailAddress.source != "roster")
        .order_by(EmailAddress.created_at.desc())
        .limit(1)
    )
    return found


async def primary_of(session: Session, member_id: UUID) -> EmailAddress | None:
    """Where letters go: the first of the confirmed addresses."""
    rows = await addresses_of(session, member_id)
    return next((row for row in rows if row.confirmed_at), None)


async def has_password(session: Session, member_id: UUID) -> bool:
    return await session.scalar(select(Account.password_hash).where(Account.member_id == member_id)) is not None


async def devices_of(session: Session, member_id: UUID) -> list[KnownDevice]:
    return list(await session.scalars(select(KnownDevice).where(KnownDevice.member_id == member_id)))


async def sessions_of(session: Session, member_id: UUID) -> list[SignedInSession]:
    """Where the member is signed in, the latest seen first."""
    now = clock.now()
    rows = await session.scalars(
        select(SignedInSession)
        .where(
            SignedInSession.member_id == member_id,
            SignedInSession.expires_at > now,
            SignedInSession.last_seen_at > now - IDLE,
        )
        .order_by(SignedInSession.last_seen_at.desc(), SignedInSession.id.desc())
    )
    return list(rows)


async def access_tokens_of(session: Session, member_id: UUID) -> list[AccessToken]:
    """The member's access tokens that still work, the newest first."""
    rows = await session.scalars(
        select(AccessToken)
        .where(AccessToken.member_id == member_id, AccessToken.expires_at > clock.now())
        .order_by(AccessToken.id.desc())
    )
    return list(rows)


class Entrance(NamedTuple):
    """What an address and a browser lead to when someone signs in; all None for an unknown address."""

    member_id: UUID | None = None
    password_hash: str | None = None
    device_id: UUID | None = None


async def entrance(session: Session, key: str, device: str | None) -> Entrance:
    """By a confirmed address; else by one that was named at a claim and whose letter is still unanswered:
    it signs in with the password that was set beside it, and gets no link."""
    row = (
        await session.execute(
            select(Account.member_id, Account.password_hash, KnownDevice.id)
            .join(EmailAddress, EmailAddress.member_id == Account.member_id)
            .outerjoin(
                KnownDevice,
                and_(KnownDevice.member_id == Account.member_id, KnownDevice.digest == ids.digest(device or "")),
            )
            .where(
                EmailAddress.key == key,
                or_(EmailAddress.confirmed_at.is_not(None), EmailAddress.source == "claim"),
            )
            .order_by(EmailAddress.confirmed_at.is_(None), EmailAddress.created_at.desc())
            .limit(1)
        )
    ).one_or_none()
    return Entrance(*row) if row else Entrance()

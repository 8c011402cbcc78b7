"""What the club has made of a member for a while: terms of office that run, and who is shut out."""

from datetime import date, datetime
from typing import LiteralString
from uuid import UUID

from sqlalchemy import or_, select

from ssc.core import clock
from ssc.core.db import Session
from ssc.people.models import Role, Suspension

SHUT_OUT: LiteralString = """EXISTS (
    SELECT FROM suspension p
    WHERE p.member_id = m.id AND p.lifted_at IS NULL AND (p.until IS NULL OR p.until > %(now)s::timestamptz)
)"""
"""A condition for statements about members `m` at the instant `now`."""


async def roles_of(session: Session, member_id: UUID, today: date) -> list[Role]:
    """The terms of office that are running today."""
    rows = await session.scalars(
        select(Role).where(
            Role.member_id == member_id,
            Role.runs(today),
        )
    )
    return list(rows)


async def in_office(session: Session, *roles: str) -> list[UUID]:
    """Who holds one of these offices (`staff`, `moderator`) today."""
    held = (Role.role.in_(roles), Role.runs(clock.today_in_japan()))
    return list(await session.scalars(select(Role.member_id).where(*held).distinct()))


async def suspension_of(session: Session, member_id: UUID) -> Suspension | None:
    """The suspension in force, if any."""
    found: Suspension | None = await session.scalar(
        select(Suspension).where(
            Suspension.member_id == member_id,
            Suspension.lifted_at.is_(None),
            or_(Suspension.until.is_(None), Suspension.until > clock.now()),
        )
    )
    return found


async def suspended_until(session: Session, since: datetime) -> list[UUID]:
    """Whose suspension has run out by itself since then."""
    ran_out = (Suspension.lifted_at.is_(None), Suspension.until > since, Suspension.until <= clock.now())
    return list(await session.scalars(select(Suspension.member_id).where(*ran_out).distinct()))


async def suspended(session: Session) -> frozenset[UUID]:
    """Who is shut out at this moment."""
    rows = await session.scalars(
        select(Suspension.member_id).where(
            Suspension.lifted_at.is_(None),
            or_(Suspension.until.is_(None), Suspension.until > clock.now()),
        )
    )
    return frozenset(rows)

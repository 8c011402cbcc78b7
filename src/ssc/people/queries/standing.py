"""What the club has made of a member for a while: terms of office that run, and who is shut out."""

from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from ssc.core import clock
from ssc.core.db import Session
from ssc.people.models import Role, Suspension


async def roles_of(session: Session, member_id: UUID, today: date) -> list[Role]:
    """The terms of office that are running today."""
    rows = await session.scalars(
        select(Role).where(
            Role.member_id == member_id,
            Role.starts_on <= today,
            or_(Role.ends_on.is_(None), Role.ends_on >= today),
        )
    )
    return list(rows)


async def holders(session: Session, *roles: str) -> list[UUID]:
    """Who holds one of these offices today."""
    today = clock.today_in_japan()
    rows = await session.scalars(
        select(Role.member_id)
        .where(Role.role.in_(roles), Role.starts_on <= today, or_(Role.ends_on.is_(None), Role.ends_on >= today))
        .distinct()
    )
    return list(rows)


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


async def suspended(session: Session) -> frozenset[UUID]:
    """Who is shut out at this moment."""
    rows = await session.scalars(
        select(Suspension.member_id).where(
            Suspension.lifted_at.is_(None),
            or_(Suspension.until.is_(None), Suspension.until > clock.now()),
        )
    )
    return frozenset(rows)

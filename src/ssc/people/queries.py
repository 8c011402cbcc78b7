"""Named selects over people; what needs a reader takes the viewer first."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, and_, or_, select, union_all

from ssc.core import clock
from ssc.core.db import Session
from ssc.people.models import Block, Member, Participation, Role, Suspension
from ssc.programmes.models import Exchange


async def exchanges_of(session: Session, member_id: UUID) -> frozenset[UUID]:
    rows = await session.scalars(select(Participation.exchange_id).where(Participation.member_id == member_id))
    return frozenset(rows)


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


async def blocked_of(session: Session, member_id: UUID) -> frozenset[UUID]:
    """Whom the member blocked, and who blocked the member."""
    rows = await session.scalars(
        union_all(
            select(Block.blocked_id).where(Block.member_id == member_id),
            select(Block.member_id).where(Block.blocked_id == member_id),
        )
    )
    return frozenset(rows)


def mates_of(member_id: UUID) -> Select[UUID]:
    """The ids of those who share an exchange with the member."""
    own = select(Participation.exchange_id).where(Participation.member_id == member_id)
    return select(Participation.member_id).where(
        Participation.exchange_id.in_(own), Participation.member_id != member_id
    )


async def participations_of(session: Session, member_ids: Sequence[UUID]) -> list[tuple[Participation, Exchange]]:
    """All participations of these members with their exchanges, latest first."""
    rows = await session.execute(
        select(Participation, Exchange)
        .join(Exchange, Exchange.id == Participation.exchange_id)
        .where(Participation.member_id.in_(member_ids))
        .order_by(Exchange.fiscal_year.desc(), Exchange.code)
    )
    return [(participation, exchange) for participation, exchange in rows]


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


async def by_handle(session: Session, handle: str) -> Member | None:
    found: Member | None = await session.scalar(
        select(Member).where(and_(Member.handle == handle, Member.joined_at.is_not(None)))
    )
    return found

"""Who wants nothing to do with whom."""

from uuid import UUID

from sqlalchemy import select, union_all

from ssc.core.db import Session
from ssc.people.models import Block, Member


async def blocked_of(session: Session, member_id: UUID) -> frozenset[UUID]:
    """Whom the member blocked, and who blocked the member."""
    rows = await session.scalars(
        union_all(
            select(Block.blocked_id).where(Block.member_id == member_id),
            select(Block.member_id).where(Block.blocked_id == member_id),
        )
    )
    return frozenset(rows)


async def has_blocked(session: Session, member_id: UUID, other_id: UUID) -> bool:
    """Whether the member herself blocked the other."""
    return await session.get(Block, (member_id, other_id)) is not None


async def blocked_by(session: Session, member_id: UUID) -> list[tuple[str, str]]:
    """Handle and name of those whom the member herself blocked."""
    rows = await session.execute(
        select(Member.handle, Member.name)
        .join(Block, Block.blocked_id == Member.id)
        .where(Block.member_id == member_id, Member.handle.is_not(None))
        .order_by(Member.name_key)
    )
    return [(handle, name) for handle, name in rows if handle]

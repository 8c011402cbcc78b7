"""Who was asked whether the report may quote her, and what she said."""

from uuid import UUID

from sqlalchemy import select

from ssc.core.db import Session
from ssc.events.models import Answer, Quote
from ssc.people.models import Member


async def quote_of(session: Session, event_id: UUID, member_id: UUID, *, lock: bool = False) -> Quote | None:
    statement = select(Quote).where(Quote.event_id == event_id, Quote.member_id == member_id)
    found: Quote | None = await session.scalar(statement.with_for_update() if lock else statement)
    return found


async def quotes_of(session: Session, event_id: UUID) -> list[tuple[Quote, Member]]:
    """All of an event's, in the order in which they were asked."""
    rows = await session.execute(
        select(Quote, Member)
        .join(Member, Member.id == Quote.member_id)
        .where(Quote.event_id == event_id)
        .order_by(Quote.id)
    )
    return [(quote, member) for quote, member in rows]


async def agreed(session: Session, event_id: UUID) -> list[Quote]:
    """Those that may be printed; locked, so that none is taken back between reading and printing."""
    rows = await session.scalars(
        select(Quote)
        .where(Quote.event_id == event_id, Quote.agreed_at.is_not(None))
        .order_by(Quote.id)
        .with_for_update()
    )
    return list(rows)


async def quotable(session: Session, event_id: UUID, member_id: UUID) -> Member | None:
    """Somebody with an account who was going, if she may be asked; the caller looks at her age."""
    found: Member | None = await session.scalar(
        select(Member)
        .join(Answer, Answer.member_id == Member.id)
        .where(
            Answer.event_id == event_id,
            Answer.status == "going",
            Member.id == member_id,
            Member.joined_at.is_not(None),
            Member.deceased.is_(False),
        )
    )
    return found

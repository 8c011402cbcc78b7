"""Who took part in what, and with whom."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, select

from ssc.core.db import Session
from ssc.people.models import Participation
from ssc.programmes.models import Exchange


async def exchanges_of(session: Session, member_id: UUID) -> frozenset[UUID]:
    rows = await session.scalars(select(Participation.exchange_id).where(Participation.member_id == member_id))
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

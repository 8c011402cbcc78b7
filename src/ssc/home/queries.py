"""One's own day: the cohorts one belongs to, how complete they are, and who came lately."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from ssc.core import clock
from ssc.core.db import Session
from ssc.people.models import Member, Participation
from ssc.people.viewer import Viewer
from ssc.programmes.models import Exchange, Organisation

LATELY = timedelta(days=30)


@dataclass(frozen=True)
class Cohort:
    """An exchange of one's own: `here` of `people` have joined, oneself included."""

    code: str
    title: str
    host: str
    fiscal_year: int
    here: int
    people: int


@dataclass(frozen=True)
class Day:
    """What the home page of a member shows."""

    cohorts: list[Cohort]
    newcomers: list[Member]


async def day_of(session: Session, viewer: Viewer) -> Day:
    return Day(await _cohorts(session, viewer), await _newcomers(session, viewer))


async def _cohorts(session: Session, viewer: Viewer) -> list[Cohort]:
    if not viewer.exchanges:
        return []
    rows = await session.execute(
        select(
            Exchange.code,
            Exchange.title,
            func.coalesce(Organisation.name, ""),
            Exchange.fiscal_year,
            func.count(Member.joined_at),
            func.count(),
        )
        .join(Participation, Participation.exchange_id == Exchange.id)
        .join(Member, Member.id == Participation.member_id)
        .outerjoin(Organisation, Organisation.id == Exchange.host_id)
        .where(Exchange.id.in_(viewer.exchanges), Member.deceased.is_(False), _not_among(viewer.blocked))
        .group_by(Exchange.id, Organisation.name)
        .order_by(Exchange.fiscal_year.desc(), Exchange.code)
    )
    return [Cohort(*row) for row in rows]


async def _newcomers(session: Session, viewer: Viewer) -> list[Member]:
    """Mates who joined within the last month, latest first."""
    mates = select(Participation.member_id).where(Participation.exchange_id.in_(viewer.exchanges))
    rows = await session.scalars(
        select(Member)
        .where(
            Member.id.in_(mates),
            Member.id != viewer.id,
            Member.joined_at > clock.now() - LATELY,
            _not_among(viewer.blocked),
        )
        .order_by(Member.joined_at.desc(), Member.id)
        .limit(6)
    )
    return list(rows)


def _not_among(blocked: Iterable[UUID]) -> ColumnElement[bool]:
    return Member.id.not_in(list(blocked))

"""One's own day: the cohorts one belongs to, who of them is here, and who came lately."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Uuid, all_, any_, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from ssc.core import clock
from ssc.core.db import Prepared, Session
from ssc.people import queries as people
from ssc.people import shapes
from ssc.people.models import Member, Participation
from ssc.people.queries import Reached
from ssc.people.viewer import Viewer
from ssc.programmes.models import Exchange, Organisation

LATELY = timedelta(days=30)
NEWCOMERS = 6


@dataclass(frozen=True)
class Cohort:
    """An exchange of one's own. `here`: the mates who have joined; `people`: everybody, oneself included."""

    code: str
    title: str
    host: str
    fiscal_year: int
    people: int
    here: list[shapes.Member]


@dataclass(frozen=True)
class Day:
    """What the home page of a member shows."""

    cohorts: list[Cohort]
    newcomers: list[shapes.Member]


async def day_of(session: Session, viewer: Viewer) -> Day:
    """A recovered account within its 72 hours has its cohorts, but meets nobody there."""
    joined = await _joined(session, viewer)
    mates = await people.reached(session, viewer, list(joined))
    lately = [mate.member for mate in mates if joined[mate.id] > clock.now() - LATELY]
    return Day(await _cohorts(session, viewer, mates), lately[:NEWCOMERS])


async def _joined(session: Session, viewer: Viewer) -> dict[UUID, datetime]:
    """Mates who have joined, and when: the latest first."""
    rows = await _JOINED.rows(session, exchanges=list(viewer.exchanges), me=viewer.id)
    return {row.id: row.joined_at for row in rows}


async def _cohorts(session: Session, viewer: Viewer, mates: Sequence[Reached]) -> list[Cohort]:
    rows = await _COHORTS.rows(session, exchanges=list(viewer.exchanges), blocked=list(viewer.blocked))
    return [
        Cohort(code, title, host, year, number, [mate.member for mate in mates if identity in mate.exchange_ids])
        for identity, code, title, host, year, number in rows
    ]


_OWN = bindparam("exchanges", type_=ARRAY(Uuid))
_JOINED = Prepared(
    select(Member.id, Member.joined_at)
    .where(
        Member.id.in_(select(Participation.member_id).where(Participation.exchange_id == any_(_OWN))),
        Member.id != bindparam("me", type_=Uuid()),
        Member.joined_at.is_not(None),
    )
    .order_by(Member.joined_at.desc(), Member.id)
)
_COHORTS = Prepared(
    select(
        Exchange.id,
        Exchange.code,
        Exchange.title,
        func.coalesce(Organisation.name, "").label("host"),
        Exchange.fiscal_year,
        func.count().label("people"),
    )
    .join(Participation, Participation.exchange_id == Exchange.id)
    .join(Member, Member.id == Participation.member_id)
    .outerjoin(Organisation, Organisation.id == Exchange.host_id)
    .where(
        Exchange.id == any_(_OWN),
        Member.deceased.is_(False),
        Member.id != all_(bindparam("blocked", type_=ARRAY(Uuid))),
    )
    .group_by(Exchange.id, Organisation.name)
    .order_by(Exchange.fiscal_year.desc(), Exchange.code)
)

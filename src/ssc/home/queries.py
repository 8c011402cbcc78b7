"""One's own day: the cohorts one belongs to, who of them is here, and who came lately."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
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
    rows = await _COHORTS.rows(session, exchanges=list(viewer.exchanges), blocked=list(viewer.blocked), me=viewer.id)
    joined = _joined(rows)
    mates = await people.reached(session, viewer, list(joined))
    lately = [mate.member for mate in mates if joined[mate.id] > clock.now() - LATELY]
    return Day([_cohort(row, mates) for row in rows], lately[:NEWCOMERS])


def _joined(rows: Sequence[Any]) -> dict[UUID, datetime]:
    """Mates who have joined, and when: the latest first."""
    joined = {mate: at for row in rows for mate, at in zip(row.mates or (), row.joined or (), strict=True)}
    return dict(sorted(joined.items(), key=lambda pair: (-pair[1].timestamp(), pair[0])))


def _cohort(row: Any, mates: Sequence[Reached]) -> Cohort:
    here = [mate.member for mate in mates if row.id in mate.exchange_ids]
    return Cohort(row.code, row.title, row.host, row.fiscal_year, row.people, here)


_OWN = bindparam("exchanges", type_=ARRAY(Uuid))
_MATES = (Member.joined_at.is_not(None), Member.id != bindparam("me", type_=Uuid()))
_COHORTS = Prepared(
    select(
        Exchange.id,
        Exchange.code,
        Exchange.title,
        func.coalesce(Organisation.name, "").label("host"),
        Exchange.fiscal_year,
        func.count().label("people"),
        func.array_agg(Member.id).filter(*_MATES).label("mates"),
        func.array_agg(Member.joined_at).filter(*_MATES).label("joined"),
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

"""Exchanges to browse, and how many people each stands for."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select
from sqlalchemy.orm import joinedload, selectinload

from ssc.communities.forms import ExchangeFilters
from ssc.communities.rules import Tally
from ssc.core import clock
from ssc.core.db import Session
from ssc.core.paging import Cut, Slice
from ssc.directory.queries.organisations import organisations_called
from ssc.people.models import Member, Participation
from ssc.people.viewer import Viewer
from ssc.programmes import catalogue
from ssc.programmes.models import Exchange

_YEARLY = TypeAdapter(tuple[int, str])
COUNTED_ROLES = ("participant", "supervisor")


async def exchanges(session: Session, filters: ExchangeFilters, part: Slice) -> Cut[Exchange]:
    """The latest first, with host and senders loaded."""
    statement = (
        select(Exchange)
        .options(joinedload(Exchange.host), selectinload(Exchange.sending))
        .where(*await _narrowing(session, filters))
    )
    return await latest_first(session, statement, part)


async def latest_first(session: Session, chosen: Select[Exchange], part: Slice) -> Cut[Exchange]:
    """A part of these exchanges; 422 for a cursor that is none of ours."""
    if (after := part.place(_YEARLY)) is not None:
        year, code = after
        same_year = and_(Exchange.fiscal_year == year, Exchange.code > code)
        chosen = chosen.where(or_(Exchange.fiscal_year < year, same_year))
    ordered = chosen.order_by(Exchange.fiscal_year.desc(), Exchange.code).limit(part.limit + 1)
    return part.cut((await session.scalars(ordered)).all(), lambda exchange: (exchange.fiscal_year, exchange.code))


async def exchange_of(session: Session, code: str) -> Exchange | None:
    """By its code, with host and senders loaded; a text that cannot be a code is none."""
    if not code.isprintable() or len(code) > 60:
        return None
    found: Exchange | None = await session.scalar(
        select(Exchange).options(joinedload(Exchange.host), selectinload(Exchange.sending)).where(Exchange.code == code)
    )
    return found


async def tallies(session: Session, viewer: Viewer | None, exchange_ids: Sequence[UUID]) -> dict[UUID, Tally]:
    """How many took part in each and how many are here; minors are counted for those who may know of them."""
    rows = await session.execute(
        select(Participation.exchange_id, func.count(), func.count().filter(Member.joined_at.is_not(None)))
        .join(Member, Member.id == Participation.member_id)
        .where(Participation.exchange_id.in_(exchange_ids), Participation.role.in_(COUNTED_ROLES), *of_age(viewer))
        .group_by(Participation.exchange_id)
    )
    found = {exchange_id: Tally(everyone, here) for exchange_id, everyone, here in rows}
    return {one: found.get(one, Tally()) for one in exchange_ids}


def of_age(viewer: Viewer | None) -> list[ColumnElement[bool]]:
    """Without minors that the viewer may not see; over `Member` and `Participation`."""
    adult = Member.adult_from <= clock.today_in_japan()
    if viewer is None or viewer.limited:
        return [adult]
    if viewer.is_staff:
        return []
    mine = Participation.exchange_id.in_(viewer.exchanges)
    return [or_(adult, mine, Member.country.in_(viewer.coordinates))]


def counts_adults(viewer: Viewer | None, exchange: Exchange) -> bool:
    """Whether her tally of a programme for young people leaves them out, so that a page has to say so."""
    if exchange.programme != catalogue.HIGH_SCHOOL:
        return False
    if viewer is None or viewer.limited:
        return True
    counts_all = viewer.is_staff or exchange.id in viewer.exchanges or viewer.coordinates.issuperset(exchange.countries)
    return not counts_all


async def _narrowing(session: Session, filters: ExchangeFilters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.programme:
        found.append(Exchange.programme == filters.programme)
    if filters.fiscal_year is not None:
        found.append(Exchange.fiscal_year == filters.fiscal_year)
    if filters.country:
        found.append(Exchange.countries.contains([filters.country]))
    if filters.host:
        found.append(Exchange.host_id.in_(await organisations_called(session, [filters.host])))
    if filters.field:
        field = func.unnest(Exchange.fields).table_valued("name").render_derived("field")
        named = select(literal(1)).select_from(field).where(func.lower(field.c.name) == filters.field.lower())
        found.append(named.correlate(Exchange).exists())
    return found

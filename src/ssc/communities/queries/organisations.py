"""Organisations that received or sent people, with how much came of it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select, tuple_, union
from sqlalchemy.orm import selectinload

from ssc.communities.forms import OrganisationFilters
from ssc.communities.queries.exchanges import COUNTED_ROLES
from ssc.core import clock
from ssc.core.db import Session
from ssc.core.paging import Cut, Slice
from ssc.directory.queries.organisations import organisations_called
from ssc.people.models import Member, Participation
from ssc.programmes.models import Exchange, ExchangeSending, Organisation

_HOSTED = exists().where(Exchange.host_id == Organisation.id)
_SENT = exists().where(ExchangeSending.organisation_id == Organisation.id)
_ROLES: dict[str, ColumnElement[bool]] = {"host": _HOSTED, "sending": _SENT}


async def organisations(session: Session, filters: OrganisationFilters, part: Slice) -> Cut[Any]:
    """Rows of (organisation with its names, hosted, sent), by name."""
    statement = (
        select(Organisation, _HOSTED.label("hosted"), _SENT.label("sent"))
        .options(selectinload(Organisation.names))
        .where(*await _narrowing(session, filters))
        .order_by(Organisation.name, Organisation.id)
        .limit(part.limit + 1)
    )
    if (after := part.named) is not None:
        statement = statement.where(tuple_(Organisation.name, Organisation.id) > tuple_(*after))
    rows = (await session.execute(statement)).all()
    return part.cut(rows, lambda row: (row[0].name, str(row[0].id)))


async def figures(session: Session, organisation_ids: Sequence[UUID]) -> dict[UUID, tuple[int, int]]:
    """Organisation → exchanges, and adults who took part in them."""
    involved = union(
        select(Exchange.host_id.label("organisation"), Exchange.id.label("exchange")).where(
            Exchange.host_id.in_(organisation_ids)
        ),
        select(ExchangeSending.organisation_id, ExchangeSending.exchange_id).where(
            ExchangeSending.organisation_id.in_(organisation_ids)
        ),
    ).subquery()
    rows = await session.execute(
        select(
            involved.c.organisation,
            func.count(involved.c.exchange.distinct()),
            func.count(Member.id.distinct()).filter(
                Member.adult_from <= clock.today_in_japan(), Participation.role.in_(COUNTED_ROLES)
            ),
        )
        .outerjoin(Participation, Participation.exchange_id == involved.c.exchange)
        .outerjoin(Member, Member.id == Participation.member_id)
        .group_by(involved.c.organisation)
    )
    found = {organisation: (exchanges, people) for organisation, exchanges, people in rows}
    return {one: found.get(one, (0, 0)) for one in organisation_ids}


async def _narrowing(session: Session, filters: OrganisationFilters) -> list[ColumnElement[bool]]:
    found = [_ROLES[filters.role] if filters.role else or_(_HOSTED, _SENT)]
    if filters.country:
        found.append(Organisation.country == filters.country)
    if filters.q:
        found.append(Organisation.id.in_(await organisations_called(session, [filters.q])))
    return found

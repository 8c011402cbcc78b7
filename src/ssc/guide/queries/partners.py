"""Which hosts and senders have worked with a country, in a field first."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, literal, select

from ssc.core.db import Session
from ssc.guide.findings import Partner
from ssc.guide.forms import Question
from ssc.guide.models import HostContact
from ssc.programmes.models import Exchange, ExchangeSending, Organisation

HOSTS_SHOWN = 5
SENDERS_SHOWN = 8


async def hosts(session: Session, asked: Question) -> dict[str, list[Partner]]:
    """Programme → the hosts to look at first. Without country and field nobody is named."""
    if not (asked.homes or asked.field):
        return {}
    worked = _worked(asked, Exchange.programme).join(Organisation, Organisation.id == Exchange.host_id)
    rows = (await session.execute(_first(worked, asked, HOSTS_SHOWN, Exchange.programme))).all()
    reached = await contacts(session, {row.id for row in rows})
    found: dict[str, list[Partner]] = defaultdict(list)
    for row in rows:
        found[row.programme].append(_partner(row, reached.get(row.id)))
    return found


async def contacts(session: Session, organisations: Collection[UUID]) -> dict[UUID, str]:
    """How those of these hosts are reached that consented to it."""
    if not organisations:
        return {}
    statement = select(HostContact.organisation_id, HostContact.contact)
    return dict(iter(await session.execute(statement.where(HostContact.organisation_id.in_(organisations)))))


async def host_contacts(session: Session) -> Sequence[tuple[HostContact, str]]:
    """All of them with the host's name, for the secretariat."""
    rows = await session.execute(
        select(HostContact, Organisation.name)
        .join(Organisation, Organisation.id == HostContact.organisation_id)
        .order_by(Organisation.name)
    )
    return [(contact, name) for contact, name in rows]


async def senders(session: Session, asked: Question) -> list[Partner]:
    """Organisations of her own country that have sent people."""
    if not asked.homes:
        return []
    worked = (
        _worked(asked)
        .join(ExchangeSending, ExchangeSending.exchange_id == Exchange.id)
        .join(Organisation, Organisation.id == ExchangeSending.organisation_id)
        .where(Organisation.country.in_(asked.homes))
    )
    return [_partner(row) for row in await session.execute(_first(worked, asked, SENDERS_SHOWN))]


async def fields(session: Session) -> list[str]:
    """The fields that exchanges had, the commonest first: to choose from, or to write another."""
    named = select(func.unnest(Exchange.fields).label("name")).subquery()
    rows = await session.execute(select(named.c.name).group_by(named.c.name).order_by(func.count().desc()).limit(60))
    return list(rows.scalars())


def _worked(asked: Question, *also: Any) -> Select[*tuple[Any, ...]]:
    statement = select(
        *also,
        Organisation.id,
        Organisation.name,
        Organisation.country,
        func.count().label("exchanges"),
        func.bool_or(_in_field(asked.field)).label("in_field"),
        func.max(Exchange.fiscal_year).label("latest"),
    ).select_from(Exchange)
    if asked.homes:
        return statement.where(Exchange.countries.overlap(asked.homes))
    return statement.where(_in_field(asked.field))


def _first(worked: Select[*tuple[Any, ...]], asked: Question, most: int, *parts: Any) -> Select[*tuple[Any, ...]]:
    """The first of each part: those in the field, then those with most exchanges, then the latest."""
    grouped = worked.group_by(Organisation.id, *parts).subquery()
    order = (grouped.c.in_field.desc(), grouped.c.exchanges.desc(), grouped.c.latest.desc(), grouped.c.name)
    place = func.row_number().over(partition_by=[grouped.c[part.key] for part in parts], order_by=order)
    placed = select(grouped, place.label("place")).subquery()
    return select(placed).where(placed.c.place <= most).order_by(placed.c.place)


def _in_field(field: str) -> ColumnElement[bool]:
    if not field:
        return literal(False)
    name = func.unnest(Exchange.fields).table_valued("name").render_derived("field")
    holds = func.strpos(func.lower(name.c.name), field.lower()) > 0
    return select(literal(1)).select_from(name).where(holds).correlate(Exchange).exists()


def _partner(row: Any, contact: str | None = None) -> Partner:
    return Partner(row.id, row.name, row.country, row.exchanges, row.in_field, row.latest, contact)

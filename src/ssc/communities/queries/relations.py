"""A cohort's relations: exchanges with the same host, sender or field, who joined there of late, what is told of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from operator import itemgetter
from typing import Literal
from uuid import UUID

from sqlalchemy import ColumnElement, case, cast, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import joinedload
from sqlalchemy.types import String

from ssc.core import clock
from ssc.core.db import Session
from ssc.people import queries as people
from ssc.people.models import Member, Participation
from ssc.people.viewer import Viewer
from ssc.places import countries
from ssc.programmes.models import Exchange, ExchangeSending
from ssc.stories.models import Story
from ssc.stories.queries.reach import public
from ssc.writing.models import Writing

Tie = Literal["host", "sending", "field"]

MOST = 5
LATELY = timedelta(days=90)
_MOST_NEWCOMERS = 30


@dataclass(frozen=True)
class Relation:
    """Another exchange, what it shares with this one (the nearest first), and what goes on there: the names of who
    joined lately, and the latest public story as (slug, title)."""

    exchange: Exchange
    ties: tuple[Tie, ...]
    newcomers: Sequence[str]
    story: tuple[str, str] | None = None


def chapters_of(exchange: Exchange) -> list[tuple[str, str]]:
    """Code and name of the countries its people came from, by name."""
    return sorted(((code, countries.name(code)) for code in exchange.countries), key=itemgetter(1))


async def relations(session: Session, viewer: Viewer | None, exchange: Exchange) -> list[Relation]:
    """The nearest five, then the latest. Newcomers as far as the viewer may see them and their exchanges."""
    host, sending, field = _same(exchange)
    nearness = case((host, 4), else_=0) + case((sending, 2), else_=0) + case((field, 1), else_=0)
    rows = await session.execute(
        select(Exchange, host, sending, field)
        .options(joinedload(Exchange.host))
        .where(Exchange.id != exchange.id, or_(host, sending, field))
        .order_by(nearness.desc(), Exchange.fiscal_year.desc(), Exchange.code)
        .limit(MOST)
    )
    found = [(one, _ties(*same)) for one, *same in rows]
    if not found:
        return []
    newcomers = await _newcomers(session, viewer, [one for one, _ties_to_it in found]) if viewer else {}
    told = await _stories(session, viewer, [one.id for one, _ties_to_it in found])
    return [Relation(one, ties, newcomers.get(one.code, ()), told.get(one.id)) for one, ties in found]


def _same(exchange: Exchange) -> tuple[ColumnElement[bool], ColumnElement[bool], ColumnElement[bool]]:
    """Whether another has its host, a sender of its, a field of its."""
    senders = [sender.id for sender in exchange.sending]
    shares_sender = select(ExchangeSending.exchange_id).where(ExchangeSending.organisation_id.in_(senders))
    nothing = literal(False)
    return (
        Exchange.host_id == exchange.host_id if exchange.host_id else nothing,
        Exchange.id.in_(shares_sender) if senders else nothing,
        Exchange.fields.overlap(cast(exchange.fields, ARRAY(String(120)))) if exchange.fields else nothing,
    )


def _ties(host: bool, sending: bool, field: bool) -> tuple[Tie, ...]:
    named: tuple[tuple[Tie, bool], ...] = (("host", host), ("sending", sending), ("field", field))
    return tuple(tie for tie, is_so in named if is_so)


async def _stories(
    session: Session, viewer: Viewer | None, exchange_ids: Sequence[UUID]
) -> dict[UUID, tuple[str, str]]:
    """The latest that the viewer may read, of each exchange."""
    rows = await session.execute(
        select(Story.exchange_id, Story.slug, Writing.title)
        .join(Story.author)
        .join(Story.writing)
        .where(Story.exchange_id.in_(exchange_ids), *public(viewer))
        .order_by(Story.published_at)  # of each exchange the last one stays
    )
    return {exchange_id: (slug, title) for exchange_id, slug, title in rows if exchange_id is not None}


async def _newcomers(session: Session, viewer: Viewer, exchanges: Sequence[Exchange]) -> dict[str, list[str]]:
    """By the exchange's code."""
    ids: list[UUID] = list(
        await session.scalars(
            select(Member.id)
            .join(Participation, Participation.member_id == Member.id)
            .where(
                Participation.exchange_id.in_([one.id for one in exchanges]),
                Member.joined_at > clock.now() - LATELY,
                Member.id != viewer.id,
            )
            .order_by(Member.joined_at.desc(), Member.id)
            .limit(_MOST_NEWCOMERS)
        )
    )
    found: dict[str, list[str]] = {}
    for seen in await people.reached(session, viewer, list(dict.fromkeys(ids))):
        for shown in seen.member.exchanges or ():
            found.setdefault(shown.code, []).append(seen.member.name)
    return found

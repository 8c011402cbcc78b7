"""Exchanges that took place, by code, title or host."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from ssc.core import text
from ssc.core.db import Session
from ssc.people.viewer import Viewer
from ssc.programmes import catalogue
from ssc.programmes.models import Exchange, OrganisationName
from ssc.search.hits import Hit


async def find(session: Session, _viewer: Viewer | None, words: str, most: int) -> Sequence[Hit]:
    """Each word must stand in the title, the code, or a name of the host."""
    statement = select(Exchange).options(joinedload(Exchange.host)).limit(most)
    for word in text.plain(words).split()[:8]:
        named = select(OrganisationName.organisation_id).where(OrganisationName.key.contains(word, autoescape=True))
        titled = func.strpos(func.lower(Exchange.title + " " + Exchange.code), word) > 0
        statement = statement.where(or_(titled, Exchange.host_id.in_(named)))
    rows = await session.scalars(statement.order_by(Exchange.fiscal_year.desc(), Exchange.code))
    return [_hit(exchange) for exchange in rows]


def _hit(exchange: Exchange) -> Hit:
    host = exchange.host.name if exchange.host else ""
    about = " · ".join((catalogue.short_name(exchange.programme), str(exchange.fiscal_year)))
    return Hit(exchange.title or exchange.code, f"/exchanges/{exchange.code}", host, about)

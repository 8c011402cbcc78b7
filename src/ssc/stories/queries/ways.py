"""Stories by the way on which people came: for who looks for her own."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select, true

from ssc.core.db import Session
from ssc.people.models import Member
from ssc.programmes.models import Exchange
from ssc.stories.models import Story
from ssc.stories.queries.reach import public
from ssc.writing.models import Writing

SHOWN = 2


class Voice(NamedTuple):
    """A story in one line."""

    slug: str
    title: str
    lang: str
    byline: str
    country: str


@dataclass(frozen=True)
class Voices:
    """Of people who went one way. `count`: those of the country asked for; `first`: these first, then others."""

    count: int
    first: tuple[Voice, ...]


NOBODY = Voices(0, ())


async def voices(session: Session, *, country: str) -> dict[str, Voices]:
    """Programme → public stories of people who went that way. `country` empty: of all countries. One statement."""
    near: ColumnElement[Any] = Member.country == country if country else true()
    order = (near.desc(), Story.published_at.desc(), Story.id.desc())
    way = Exchange.programme
    placed = (
        select(
            way,
            Story.slug,
            Writing.title,
            Writing.lang,
            Story.byline,
            Member.country,
            func.count().filter(near).over(partition_by=way).label("told"),
            func.row_number().over(partition_by=way, order_by=order).label("place"),
        )
        .select_from(Story)
        .join(Story.author)
        .join(Story.writing)
        .join(Story.exchange)
        .where(*public(None))
        .subquery()
    )
    rows = await session.execute(select(placed).where(placed.c.place <= SHOWN).order_by(placed.c.place))
    found: dict[str, Voices] = {}
    for row in rows:
        before = found.get(row.programme, Voices(row.told, ()))
        voice = Voice(row.slug, row.title, row.lang, row.byline, row.country)
        found[row.programme] = Voices(row.told, (*before.first, voice))
    return found

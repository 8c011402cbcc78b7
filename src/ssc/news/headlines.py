"""The latest news in short, as every member's home page asks for them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Date, DateTime, Integer, String, and_, bindparam, select

from ssc.core import clock, i18n
from ssc.core.db import Prepared, Session
from ssc.news.models import NewsItem, Publication
from ssc.news.queries import is_open, is_preferred, is_standing
from ssc.writing.models import Writing


@dataclass(frozen=True)
class Headline:
    """`closes_on`: the last day of an opportunity, in Japan."""

    slug: str
    title: str
    lang: str
    published_at: datetime
    closes_on: date | None


async def headlines(session: Session, most: int) -> list[Headline]:
    """As `queries.latest` in the reader's language, at a tenth of its cost: read past the ORM, compiled once."""
    now, today = clock.now(), clock.today_in_japan()
    rows = await _LATEST.rows(session, now=now, today=today, lang=i18n.language(), most=most)
    return [Headline(row.slug, row.title, row.lang, row.at, row.closes_on) for row in rows]


_NOW = bindparam("now", type_=DateTime(timezone=True))
_LATEST = Prepared(
    select(NewsItem.slug, Writing.title, Writing.lang, Publication.at, NewsItem.closes_on)
    .join(Publication, and_(Publication.item_id == NewsItem.id, *is_standing(Publication, _NOW)))
    .join(Writing, Writing.id == NewsItem.writing_id)
    .where(is_open(bindparam("today", type_=Date())), is_preferred(bindparam("lang", type_=String()), _NOW))
    .order_by(Publication.at.desc(), NewsItem.id.desc())
    .limit(bindparam("most", type_=Integer()))
)

"""Named selects over news: what is before the public at this moment, and what waits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import contains_eager

from ssc.core import clock
from ssc.core.db import Session
from ssc.core.paging import Cut, Slice
from ssc.news import rules
from ssc.news.forms import NewsFilters
from ssc.news.models import NewsItem, Publication
from ssc.people.viewer import Viewer
from ssc.writing.models import Writing


@dataclass(frozen=True)
class Told:
    """An item with its latest publication, and its translations that are before the public: (lang, slug)."""

    item: NewsItem
    publication: Publication | None
    translations: Sequence[tuple[str, str]] = field(default=())

    @property
    def state(self) -> rules.State:
        return rules.state_of(self.publication, clock.now())

    @property
    def updated_at(self) -> datetime:
        """When what the public reads came to be."""
        written = self.item.writing.written_at
        return max(written, self.publication.at) if self.publication else written


async def told(session: Session, viewer: Viewer | None, slug: str) -> Told | None:
    """The item, if it is for this reader; None as if there were none."""
    row = (await session.execute(_with_latest().where(NewsItem.slug == slug))).first()
    if row is None or not rules.can_read(viewer, row[0], row[1], clock.now()):
        return None
    return (await _translated(session, [Told(row[0], row[1])]))[0]


async def published(session: Session, filters: NewsFilters, part: Slice, *, closed: bool = False) -> Cut[Told]:
    """What is before the public: pinned first, then the latest. `closed`: also opportunities that are over."""
    statement = _standing().where(*_fits(filters), *([] if closed else [_open()]))
    position = tuple_(NewsItem.pinned, Publication.at, NewsItem.id)
    if part.after is not None:
        pinned, at, identity = part.after
        statement = statement.where(position < tuple_(pinned, datetime.fromisoformat(at), UUID(identity)))
    order = (NewsItem.pinned.desc(), Publication.at.desc(), NewsItem.id.desc())
    rows = (await session.execute(statement.order_by(*order).limit(part.limit + 1))).all()
    found = await _translated(session, [Told(row[0], row[1]) for row in rows])
    return part.cut(found, _place)


async def latest(session: Session, filters: NewsFilters, limit: int) -> list[Told]:
    """The latest, pinned or not, over or not: for feeds and the home page."""
    statement = _standing().where(*_fits(filters)).order_by(Publication.at.desc(), NewsItem.id.desc()).limit(limit)
    return [Told(row[0], row[1]) for row in (await session.execute(statement)).all()]


async def changed_at(session: Session) -> datetime:
    """Since when all that the public may read of news stands as it does."""
    ((found,),) = await session.rows(_CHANGED_AT, {"now": clock.now()})
    return found or datetime.fromtimestamp(0, clock.now().tzinfo)


async def at_the_desk(session: Session, limit: int = 200) -> list[Told]:
    """All items for editors, whatever state they are in, the latest changed first."""
    rows = (await session.execute(_with_latest().order_by(Writing.written_at.desc()).limit(limit))).all()
    return [Told(row[0], row[1]) for row in rows]


async def item_with(session: Session, slug: str) -> NewsItem | None:
    found: NewsItem | None = await session.scalar(select(NewsItem).where(NewsItem.slug == slug))
    return found


async def slugs_like(session: Session, stem: str) -> list[str]:
    """Which addresses are taken that begin so."""
    return list(await session.scalars(select(NewsItem.slug).where(NewsItem.slug.startswith(stem, autoescape=True))))


async def latest_publication(session: Session, item_id: UUID) -> Publication | None:
    found: Publication | None = await session.scalar(
        select(Publication).where(Publication.item_id == item_id).order_by(Publication.id.desc()).limit(1)
    )
    return found


def _standing() -> Select[Any]:
    on = and_(
        Publication.item_id == NewsItem.id, Publication.withdrawn_at.is_(None), Publication.at <= clock.now()
    )
    return _whole(select(NewsItem, Publication).join(Publication, on))


def _with_latest() -> Select[Any]:
    newest = (
        select(Publication.id)
        .where(Publication.item_id == NewsItem.id)
        .order_by(Publication.id.desc())
        .limit(1)
        .correlate(NewsItem)
        .scalar_subquery()
    )
    return _whole(select(NewsItem, Publication).outerjoin(Publication, Publication.id == newest))


def _whole(statement: Select[Any]) -> Select[Any]:
    return statement.join(NewsItem.writing).options(contains_eager(NewsItem.writing))


def _open() -> ColumnElement[bool]:
    return or_(NewsItem.closes_on.is_(None), NewsItem.closes_on >= clock.today_in_japan())


def _fits(filters: NewsFilters) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if filters.kind:
        asked.append(NewsItem.kind == filters.kind)
    if filters.lang:
        asked.append(Writing.lang == filters.lang)
    if filters.country:
        asked.append(or_(func.cardinality(NewsItem.countries) == 0, NewsItem.countries.any(filters.country)))
    return asked


def _place(one: Told) -> tuple[bool, str, str]:
    at = one.publication.at if one.publication else one.item.created_at
    return (one.item.pinned, at.isoformat(), str(one.item.id))


async def _translated(session: Session, found: Sequence[Told]) -> list[Told]:
    originals: Collection[UUID] = {one.item.original for one in found}
    if not originals:
        return []
    rows = (await session.execute(_standing().where(NewsItem.original.in_(originals)))).all()
    others: dict[UUID, list[tuple[str, str, UUID]]] = {}
    for item, _publication in rows:
        others.setdefault(item.original, []).append((item.writing.lang, item.slug, item.id))
    return [
        Told(
            one.item,
            one.publication,
            sorted((lang, slug) for lang, slug, other in others.get(one.item.original, ()) if other != one.item.id),
        )
        for one in found
    ]


_CHANGED_AT: LiteralString = """
SELECT max(greatest(p.at, w.written_at, p.withdrawn_at))
FROM news_publication p JOIN news_item i ON i.id = p.item_id JOIN writing w ON w.id = i.writing_id
WHERE p.at <= %(now)s
"""

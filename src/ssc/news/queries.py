"""Named selects over news: what is before the public at this moment, and what waits."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import LiteralString
from uuid import UUID

from pydantic import AwareDatetime, TypeAdapter
from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, tuple_
from sqlalchemy.orm import aliased, contains_eager

from ssc.core import clock
from ssc.core.db import Session
from ssc.core.paging import Cut, Slice
from ssc.news import rules
from ssc.news.forms import NewsFilters
from ssc.news.models import KindRule, NewsItem, Publication
from ssc.news.told import Told
from ssc.people.viewer import Viewer
from ssc.writing.models import Writing

When = datetime | date | ColumnElement[datetime] | ColumnElement[date]
"""Now or today, or the parameter that stands for it in a statement that is compiled once."""

_PLACE = TypeAdapter(tuple[bool, AwareDatetime, UUID])
EVER = datetime(2014, 4, 1, tzinfo=UTC)  # when the programme began


async def told(session: Session, viewer: Viewer | None, slug: str) -> Told | None:
    """The item, if it is for this reader; None as if there were none."""
    row = (await session.execute(_with_latest().where(NewsItem.slug == slug))).first()
    if row is None or not rules.can_read(viewer, row[0], row[1], clock.now()):
        return None
    return (await _translated(session, [Told(row[0], row[1])]))[0]


async def told_of(session: Session, writing_id: UUID) -> Told | None:
    """The item of this text, for whoever has shown that she may read it."""
    row = (await session.execute(_with_latest().where(NewsItem.writing_id == writing_id))).first()
    return Told(row[0], row[1]) if row is not None else None


async def published(session: Session, filters: NewsFilters, part: Slice, *, prefer: str | None = None) -> Cut[Told]:
    """What is before the public and not over: pinned first, then the latest.

    `prefer`: of items in several languages only the one in this language, where there is one.
    """
    statement = _standing().where(*_fits(filters), *_readable(prefer))
    if (after := part.place(_PLACE)) is not None:
        position = tuple_(NewsItem.pinned, Publication.at, NewsItem.id)
        statement = statement.where(position < tuple_(*after))
    order = (NewsItem.pinned.desc(), Publication.at.desc(), NewsItem.id.desc())
    rows = (await session.execute(statement.order_by(*order).limit(part.limit + 1))).all()
    return part.cut(await _translated(session, [Told(row[0], row[1]) for row in rows]), _place)


async def latest(session: Session, filters: NewsFilters, limit: int, *, prefer: str | None = None) -> list[Told]:
    """The latest, pinned or not, but none that is over: for feeds, the home page and letters."""
    statement = _standing().where(*_fits(filters), *_readable(prefer))
    rows = await session.execute(statement.order_by(Publication.at.desc(), NewsItem.id.desc()).limit(limit))
    return [Told(row[0], row[1]) for row in rows]


async def standing(session: Session, slugs: Sequence[str]) -> dict[str, Told]:
    """Those of these that are before the public, by slug."""
    rows = await session.execute(_standing().where(NewsItem.slug.in_(slugs)))
    return {row[0].slug: Told(row[0], row[1]) for row in rows}


async def in_all_languages(session: Session, originals: Sequence[UUID]) -> dict[UUID, list[Told]]:
    """Of each of these the versions that are before the public, the one first written first."""
    rows = await session.execute(_standing().where(NewsItem.original.in_(originals)).order_by(NewsItem.id))
    found: dict[UUID, list[Told]] = {}
    for row in rows:
        found.setdefault(row[0].original, []).append(Told(row[0], row[1]))
    return found


async def changed_at(session: Session, original: UUID | None = None) -> datetime:
    """Since when all that the public may read of news, or of one item in all languages, stands as it does."""
    now, today = clock.now(), clock.today_in_japan()
    ((found, closed_on),) = await session.rows(_CHANGED_AT, {"now": now, "today": today, "original": original})
    midnight = None
    if closed_on is not None:
        midnight = datetime.combine(closed_on, datetime.min.time(), clock.JAPAN)
    return max(filter(None, (found, midnight)), default=EVER)


async def of_author(session: Session, viewer: Viewer) -> list[Told]:
    """What the viewer has written or handed in, latest first."""
    statement = _with_latest().where(NewsItem.author_id == viewer.id).order_by(NewsItem.id.desc()).limit(50)
    return [Told(row[0], row[1]) for row in await session.execute(statement)]


async def at_the_desk(session: Session, part: Slice) -> Cut[Told]:
    """All items for editors, whatever state they are in: what waits for approval first, then the latest changed."""
    waits = and_(Publication.id.is_not(None), Publication.approved_at.is_(None), Publication.withdrawn_at.is_(None))
    position = tuple_(func.coalesce(waits, False), Writing.written_at, NewsItem.id)
    statement = _with_latest()
    if (after := part.place(_PLACE)) is not None:
        statement = statement.where(position < tuple_(*after))
    order = (func.coalesce(waits, False).desc(), Writing.written_at.desc(), NewsItem.id.desc())
    rows = (await session.execute(statement.order_by(*order).limit(part.limit + 1))).all()
    found = [Told(row[0], row[1]) for row in rows]
    return part.cut(
        found, lambda one: (one.state == "waiting", one.item.writing.written_at.isoformat(), str(one.item.id))
    )


async def family(session: Session, item: NewsItem) -> list[Told]:
    """The item in all its languages, whatever state they are in."""
    rows = await session.execute(_with_latest().where(NewsItem.original == item.original).order_by(NewsItem.id))
    return [Told(row[0], row[1]) for row in rows]


async def slugs_like(session: Session, stem: str) -> list[str]:
    """Which addresses are taken that begin so."""
    return list(await session.scalars(select(NewsItem.slug).where(NewsItem.slug.startswith(stem, autoescape=True))))


async def item_with(session: Session, slug: str) -> NewsItem | None:
    found: NewsItem | None = await session.scalar(select(NewsItem).where(NewsItem.slug == slug))
    return found


async def appeared_before(session: Session, publication: Publication) -> bool:
    """Whether the item was before the public at an earlier time: then nobody is told of it again."""
    earlier = exists().where(
        Publication.item_id == publication.item_id,
        Publication.id != publication.id,
        Publication.approved_at.is_not(None),
        Publication.at <= Publication.withdrawn_at,
    )
    return bool(await session.scalar(select(earlier)))


async def stands(session: Session, item: NewsItem) -> bool:
    """Whether it is before the public; who withdraws it waits until this transaction has ended."""
    held = select(Publication.id).where(Publication.item_id == item.id, *is_standing(Publication, clock.now()))
    return await session.scalar(held.with_for_update(read=True)) is not None


async def kind_rules(session: Session) -> dict[str, bool]:
    """Kind → whether a second person must approve."""
    rows = await session.execute(select(KindRule.kind, KindRule.needs_second))
    return dict.fromkeys(rules.KINDS, False) | {row.kind: row.needs_second for row in rows}


def _standing() -> Select[NewsItem, Publication]:
    on = and_(Publication.item_id == NewsItem.id, *is_standing(Publication, clock.now()))
    return _whole(select(NewsItem, Publication).join(Publication, on))


def is_standing(of: type[Publication], now: When) -> tuple[ColumnElement[bool], ...]:
    """Conditions of what is before the public."""
    return of.withdrawn_at.is_(None), of.approved_at.is_not(None), of.at <= now


def _with_latest() -> Select[NewsItem, Publication]:
    newest = (
        select(Publication.id)
        .where(Publication.item_id == NewsItem.id)
        .order_by(Publication.id.desc())
        .limit(1)
        .correlate(NewsItem)
        .scalar_subquery()
    )
    return _whole(select(NewsItem, Publication).outerjoin(Publication, Publication.id == newest))


def _whole(statement: Select[NewsItem, Publication]) -> Select[NewsItem, Publication]:
    return statement.join(NewsItem.writing).options(contains_eager(NewsItem.writing))


def is_open(today: When) -> ColumnElement[bool]:
    """It is not over; `today`: in Japan."""
    return or_(NewsItem.closes_on.is_(None), NewsItem.closes_on >= today)


def is_preferred(lang: str | ColumnElement[str], now: When) -> ColumnElement[bool]:
    """It is in this language, or in none that comes before: of several the one first written."""
    other, text, shown = aliased(NewsItem), aliased(Writing), aliased(Publication)
    sibling = (
        exists()
        .where(other.original == NewsItem.original, other.id != NewsItem.id, shown.item_id == other.id)
        .where(text.id == other.writing_id, *is_standing(shown, now))
    )
    better = or_(text.lang == lang, other.id < NewsItem.id)
    return or_(Writing.lang == lang, ~sibling.where(better))


def _readable(prefer: str | None) -> list[ColumnElement[bool]]:
    return [is_open(clock.today_in_japan()), *([is_preferred(prefer, clock.now())] if prefer else [])]


def _fits(filters: NewsFilters) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if filters.kind:
        asked.append(NewsItem.kind == filters.kind)
    if filters.lang:
        asked.append(Writing.lang == filters.lang)
    if filters.country:
        asked.append(or_(func.cardinality(NewsItem.countries) == 0, NewsItem.countries.contains([filters.country])))
    return asked


def _place(one: Told) -> tuple[bool, str, str]:
    at = one.publication.at if one.publication else one.item.created_at
    return (one.item.pinned, at.isoformat(), str(one.item.id))


async def _translated(session: Session, found: Sequence[Told]) -> list[Told]:
    originals = {one.item.original for one in found}
    if not originals:
        return []
    rows = await session.execute(_standing().where(NewsItem.original.in_(originals)))
    others = [row[0] for row in rows]
    return [replace(one, translations=_others_of(one.item, others)) for one in found]


def _others_of(item: NewsItem, others: Sequence[NewsItem]) -> list[tuple[str, str]]:
    return sorted(
        (other.writing.lang, other.slug) for other in others if other.original == item.original and other.id != item.id
    )


_CHANGED_AT: LiteralString = """
SELECT max(greatest(p.at, w.written_at, p.withdrawn_at)) AS at, max(i.closes_on + 1) FILTER (
    WHERE i.closes_on < %(today)s
) AS closed_on
FROM news_publication p JOIN news_item i ON i.id = p.item_id JOIN writing w ON w.id = i.writing_id
WHERE p.at <= %(now)s AND p.approved_at IS NOT NULL AND (%(original)s::uuid IS NULL OR i.original = %(original)s::uuid)
"""


async def found(session: Session, words: str, limit: int) -> list[Told]:
    """What is before the public and holds all these words, the latest first; for the search of everything."""
    said = func.lower(func.concat(Writing.title, " ", Writing.summary, " ", Writing.body))
    wanted = [func.strpos(said, word) > 0 for word in words.lower().split()[:8]]
    rows = await session.execute(_standing().where(*wanted).order_by(Publication.at.desc()).limit(limit))
    return [Told(row[0], row[1]) for row in rows]

"""Lists of public stories: browsed, related, latest, counted, found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, literal, or_, select, true, tuple_

from ssc.core import ids, text
from ssc.core.db import Session
from ssc.core.paging import Cut, Slice
from ssc.people import queries as people
from ssc.people.models import Member
from ssc.people.viewer import Viewer
from ssc.programmes.models import Exchange, Organisation, OrganisationName
from ssc.stories.forms import Filters
from ssc.stories.models import Story
from ssc.stories.queries.reach import BRIEF, WHOLE, public
from ssc.writing.models import Writing

RELATED = 3
_FEED = 30


@dataclass(frozen=True)
class Choices:
    """By what the public stories can be browsed: only values that lead somewhere."""

    countries: Sequence[str]
    fields: Sequence[str]
    programmes: Sequence[str]
    years: Sequence[int]
    hosts: Sequence[str]
    langs: Sequence[str]


async def stories(session: Session, viewer: Viewer | None, filters: Filters, part: Slice) -> Cut[Story]:
    """The latest first."""
    statement = _public(viewer).where(*_narrowing(filters)).limit(part.limit + 1)
    if (after := part.dated) is not None:
        statement = statement.where(tuple_(Story.published_at, Story.id) < tuple_(*after))
    rows = (await session.scalars(statement)).all()
    return part.cut(rows, _position)


async def latest(session: Session, viewer: Viewer | None, number: int) -> list[Story]:
    """For the home page."""
    return list(await session.scalars(_public(viewer).limit(number)))


async def for_feed(session: Session, lang: str) -> list[Story]:
    """The latest, each whole; `lang` empty: in any language."""
    statement = _public(None, whole=True).where(*_narrowing(Filters(lang=lang)))
    return list(await session.scalars(statement.limit(_FEED)))


async def related(session: Session, viewer: Viewer | None, story: Story) -> list[Story]:
    """Others that share field, host, programme, country or language; the nearest first, then the latest."""
    near = _nearness(story)
    statement = _public(viewer).where(Story.id != story.id, near > 0).order_by(None).order_by(near.desc(), *_LATEST)
    return list(await session.scalars(statement.limit(RELATED)))


async def choices(session: Session) -> Choices:
    """In one statement. The same for all readers: whether a block hides one story is nobody's to read off a filter."""
    rows = (
        select(
            Member.country,
            Story.fields,
            Exchange.programme,
            Exchange.fiscal_year,
            Organisation.name.label("host"),
            Writing.lang,
        )
        .select_from(Story)
        .join(Story.author)
        .join(Story.writing)
        .outerjoin(Story.exchange)
        .outerjoin(Exchange.host)
        .where(*public(None))
        .cte("public_story")
    )
    each = func.unnest(rows.c.fields).table_valued("name").render_derived("field")
    columns = [
        _values(rows.c.country, rows),
        func.array(
            select(each.c.name.distinct()).select_from(rows.join(each, true())).order_by(each.c.name).scalar_subquery()
        ),
        _values(rows.c.programme, rows),
        _values(rows.c.fiscal_year, rows),
        _values(rows.c.host, rows),
        _values(rows.c.lang, rows),
    ]
    found = (await session.execute(select(*columns))).one()
    return Choices(found[0], found[1], found[2], sorted(found[3], reverse=True), found[4], found[5])


async def found(session: Session, viewer: Viewer | None, words: str, number: int) -> list[Story]:
    """Public stories that hold all these words, in any script; for the search of everything."""
    wanted = [Story.search_key.contains(word, autoescape=True) for word in text.plain(words).split()[:8]]
    if not wanted:
        return []
    return list(await session.scalars(_public(viewer).where(*wanted).limit(number)))


async def addresses(session: Session) -> list[tuple[str, datetime]]:
    """Slug and last change of every public story, for the sitemap."""
    statement = select(Story.slug, Story.updated_at).join(Story.author).where(*public(None)).order_by(*_LATEST)
    return [(slug, at) for slug, at in await session.execute(statement)]


async def handles_of(session: Session, viewer: Viewer | None, told: Sequence[Story]) -> dict[UUID, str]:
    """Author → handle, where she shows her profile and this reader may see it."""
    wanted = list({story.author_id for story in told if story.shows_profile})
    return {one.id: one.member.handle for one in await people.reached(session, viewer, wanted)}


_LATEST = (Story.published_at.desc(), Story.id.desc())


def _public(viewer: Viewer | None, *, whole: bool = False) -> Select[Story]:
    return (
        select(Story)
        .join(Story.author)
        .join(Story.writing)
        .outerjoin(Story.exchange)
        .options(*(WHOLE if whole else BRIEF))
        .where(*public(viewer))
        .order_by(*_LATEST)
    )


def _position(story: Story) -> tuple[str, str]:
    assert story.published_at is not None
    return story.published_at.isoformat(), str(story.id)


def _narrowing(filters: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.country:
        found.append(Member.country == filters.country)
    if filters.programme:
        found.append(Exchange.programme == filters.programme)
    if filters.fiscal_year is not None:
        found.append(Exchange.fiscal_year == filters.fiscal_year)
    if filters.lang:
        found.append(or_(Writing.lang == filters.lang, Writing.lang.startswith(filters.lang + "-", autoescape=True)))
    if filters.field:
        each = func.unnest(Story.fields).table_valued("name").render_derived("field")
        named = select(literal(1)).select_from(each).where(func.lower(each.c.name) == filters.field.lower())
        found.append(named.correlate(Story).exists())
    if filters.host:
        found.append(_hosted_by(filters.host))
    return found


def _hosted_by(asked: str) -> ColumnElement[bool]:
    identity = ids.parse(asked)
    if identity is not None:
        return Exchange.host_id == identity
    named = select(OrganisationName.organisation_id).where(OrganisationName.key == text.plain(asked))
    return Exchange.host_id.in_(named)


def _nearness(story: Story) -> ColumnElement[int]:
    shared: list[tuple[ColumnElement[bool], int]] = [
        (Story.fields.overlap(story.fields), 4),
        (Member.country == story.author.country, 3),
        (Writing.lang == story.writing.lang, 1),
    ]
    if story.exchange is not None:
        shared.append((Exchange.programme == story.exchange.programme, 2))
        if story.exchange.host_id is not None:
            shared.append((Exchange.host_id == story.exchange.host_id, 3))
    total: ColumnElement[int] = literal(0)
    for condition, weight in shared:
        total = total + case((condition, weight), else_=0)
    return total


def _values(column: ColumnElement[Any], rows: Any) -> ColumnElement[Any]:
    wanted = select(column.distinct()).select_from(rows).where(column.is_not(None)).order_by(column)
    return func.array(wanted.scalar_subquery())

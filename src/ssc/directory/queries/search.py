"""Searching the directory: a page of members, how many there are, and how they spread over the facets."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    true,
    tuple_,
    union_all,
)

from ssc.core import errors, ids
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.core.paging import Cut, Slice
from ssc.directory import words
from ssc.directory.forms import Filters
from ssc.directory.models import DirectoryEntry, DirectoryTally
from ssc.directory.queries.organisations import organisations_called
from ssc.directory.queries.scope import Facet, Scope
from ssc.directory.queries.words import meant

DIMENSIONS = ("country", "programme", "fiscal_year", "field")
MOST_VALUES = 300
_TOTAL: Facet = ("", "", "")
_PAGE = "page"


@dataclass(frozen=True)
class Hit:
    """Where a member stands in the list."""

    member_id: UUID
    rank: int
    sort_key: str
    guessed: bool


@dataclass(frozen=True)
class Found:
    """A page of hits and the counts of all hits; `guessed` when a typing error was forgiven."""

    hits: Cut[Hit]
    counts: Counter[Facet]
    guessed: bool = False

    @property
    def total(self) -> int:
        return self.counts[_TOTAL]


@dataclass(frozen=True)
class _Place:
    """After which hit the page begins."""

    rank: int
    sort_key: str
    member_id: str
    guessed: bool


async def find(session: Session, scope: Scope, filters: Filters, part: Slice) -> Found:
    """The members that the viewer may find and that pass all filters, names that match first, then by name."""
    place = _place(part)
    within = _only_filter(filters)
    if scope.shares_counts and within is not None:
        return await _listed(session, scope, filters, part, place, within)
    asked = words.asked(filters.q)
    if filters.q and not asked:
        return Found(Cut([], None), Counter())
    narrowed = [scope.condition(), *await _narrowing(session, filters)]
    if not (place and place.guessed):
        found = await _counted(session, narrowed, _spelt(asked), part, place, guessed=False)
        if found.total or not asked:
            return found
    near = await meant(session, asked)
    if not any(near.values()):
        return Found(Cut([], None), Counter())
    return await _counted(session, narrowed, _spelt(asked, near), part, place, guessed=True)


async def counts_without(session: Session, scope: Scope, filters: Filters, dimension: str) -> Counter[Facet]:
    """The counts as they would be if this filter were not set: what else could be chosen in its place."""
    wider = filters.model_copy(update={dimension: []})
    return (await find(session, scope, wider, Slice(limit=1))).counts


async def _listed(
    session: Session, scope: Scope, filters: Filters, part: Slice, place: _Place | None, within: tuple[str, str]
) -> Found:
    """With one filter at most: the list by its index, the counts from the tally."""
    narrowed = [scope.condition(), *await _narrowing(session, filters)]
    entry = DirectoryEntry
    page = select(entry.sort_key, entry.member_id).where(*narrowed)
    if place:
        page = page.where(_after(place, literal(0), entry.sort_key, entry.member_id))
    page = page.order_by(entry.sort_key, entry.member_id).limit(part.limit + 1)
    hits = [Hit(member_id, 0, sort_key, False) for sort_key, member_id in await session.execute(page)]
    counts = await _tallied(session, scope, within)
    scope.adjust(counts, within)
    return Found(part.cut(hits, _position), counts)


async def _tallied(session: Session, scope: Scope, within: tuple[str, str]) -> Counter[Facet]:
    tally = DirectoryTally
    statement = (
        select(tally.dimension, tally.value, tally.label, func.sum(tally.amount))
        .where(tally.within == within[0], tally.within_value == within[1])
        .group_by(tally.dimension, tally.value, tally.label)
    )
    if not scope.all_ages:
        statement = statement.where(tally.from_day <= scope.today)
    rows = await session.execute(statement)
    return Counter({(dimension, value, label): amount for dimension, value, label, amount in rows})


async def _counted(
    session: Session,
    narrowed: Sequence[ColumnElement[bool]],
    spelt: Sequence[Sequence[str]],
    part: Slice,
    place: _Place | None,
    *,
    guessed: bool,
) -> Found:
    """Page and counts of whatever is asked, in one statement over the hits."""
    hits = _hits(narrowed, spelt)
    hit_list: list[Hit] = []
    counts: Counter[Facet] = Counter()
    for dimension, value, label, number in await session.execute(_page_and_counts(hits, part, place)):
        if dimension == _PAGE:
            hit_list.append(Hit(UUID(label), number, value, guessed))
        else:
            counts[dimension, value, label or ""] += number
    hit_list.sort(key=lambda hit: (hit.rank, hit.sort_key, hit.member_id))
    return Found(part.cut(hit_list, _position), counts, guessed)


def _hits(narrowed: Sequence[ColumnElement[bool]], spelt: Sequence[Sequence[str]]) -> CTE:
    entry = DirectoryEntry
    rank: ColumnElement[int] = literal(0)
    if spelt:
        rank = case((and_(*(_any_like(entry.names, one) for one in spelt)), 0), else_=1)
    return (
        select(
            entry.member_id,
            entry.sort_key,
            rank.label("rank"),
            entry.country,
            entry.programmes,
            entry.fiscal_years,
            entry.fields,
            entry.field_keys,
        )
        .where(*narrowed, *(_any_like(entry.text, one) for one in spelt))
        .cte("hits")
        .prefix_with("MATERIALIZED")
    )


def _page_and_counts(hits: CTE, part: Slice, place: _Place | None) -> Any:
    columns = hits.c
    page = select(columns.rank, columns.sort_key, columns.member_id)
    if place:
        page = page.where(_after(place, columns.rank, columns.sort_key, columns.member_id))
    listed = page.order_by(columns.rank, columns.sort_key, columns.member_id).limit(part.limit + 1).subquery()
    field = func.unnest(columns.field_keys, columns.fields).table_valued("key", "label").render_derived("field")
    programme = func.unnest(columns.programmes).table_valued("value").render_derived("programme")
    year = func.unnest(columns.fiscal_years).table_valued("value").render_derived("year")
    number = func.count()
    return union_all(
        select(literal(_PAGE), listed.c.sort_key, cast(listed.c.member_id, Text), listed.c.rank),
        select(literal(""), literal(""), null(), number).select_from(hits),
        _facet("country", columns.country).select_from(hits).where(columns.country.is_not(None)),
        _facet("programme", programme.c.value).select_from(hits).join(programme, true()),
        _facet("fiscal_year", cast(year.c.value, Text)).select_from(hits).join(year, true()),
        _facet("field", field.c.key, field.c.label).select_from(hits).join(field, true()),
    )


def _facet(name: str, value: ColumnElement[Any], label: ColumnElement[Any] | None = None) -> Select[Any]:
    labels = [] if label is None else [label]
    return select(literal(name), value, *(labels or [null()]), func.count()).group_by(value, *labels)


async def _narrowing(session: Session, filters: Filters) -> list[ColumnElement[bool]]:
    """The filters but `q`, as conditions."""
    entry = DirectoryEntry
    found: list[ColumnElement[bool]] = []
    if filters.country:
        found.append(entry.country.in_(filters.country))
    if filters.lives_in:
        found.append(entry.lives_in.in_(filters.lives_in))
    if filters.programme:
        found.append(entry.programmes.overlap(filters.programme))
    if filters.fiscal_year:
        found.append(entry.fiscal_years.overlap(filters.fiscal_year))
    if filters.field:
        found.append(entry.field_keys.overlap([words.key(field)[:240] for field in filters.field]))
    if filters.host:
        found.append(entry.hosts.overlap(await organisations_called(session, filters.host)))
    if filters.sending:
        found.append(entry.sendings.overlap(await organisations_called(session, filters.sending)))
    if filters.open_to:
        found.append(entry.open_to.overlap(filters.open_to))
    if filters.in_japan is not None:
        found.append(entry.lives_in == "JP" if filters.in_japan else entry.lives_in != "JP")
    return found


def _only_filter(filters: Filters) -> tuple[str, str] | None:
    """The one value of the one facet that is filtered by, or ("", "") without any; None for all else."""
    used = filters.model_dump(exclude_defaults=True)
    if not used:
        return ("", "")
    (dimension, values), *more = used.items()
    if more or dimension not in DIMENSIONS or len(values) != 1:
        return None
    value = str(values[0])
    return (dimension, words.key(value)[:240] if dimension == "field" else value)


def _spelt(asked: Sequence[str], near: dict[str, list[str]] | None = None) -> list[list[str]]:
    """For each word asked for, the patterns of which one must be there."""
    return [[words.pattern(word), *(f"% {other} %" for other in (near or {}).get(word, []))] for word in asked]


def _any_like(column: Any, patterns: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(column.like(pattern) for pattern in patterns))


def _after(place: _Place, rank: Any, sort_key: Any, member_id: Any) -> ColumnElement[bool]:
    if place.rank == 0 and not hasattr(rank, "table"):
        return tuple_(sort_key, member_id) > tuple_(place.sort_key, UUID(place.member_id))
    return tuple_(rank, sort_key, member_id) > tuple_(place.rank, place.sort_key, UUID(place.member_id))


def _position(hit: Hit) -> tuple[Any, ...]:
    return (hit.rank, hit.sort_key, str(hit.member_id), hit.guessed)


def _place(part: Slice) -> _Place | None:
    """The place in the cursor; 422 for a cursor of another list."""
    match part.after:
        case None:
            return None
        case (int() as rank, str() as sort_key, str() as member_id, bool() as guessed) if ids.parse(member_id):
            return _Place(rank, sort_key, member_id, guessed)
        case _other:
            raise errors.invalid(("cursor", _("This is not a cursor that the club gave out.")))


def facet_values(counts: Counter[Facet]) -> dict[str, list[tuple[str | int, int]]]:
    """Dimension → values and counts, most frequent first; a field by the spelling that most people use."""
    by_value: dict[str, Counter[str]] = {name: Counter() for name in DIMENSIONS}
    labels: dict[str, Counter[str]] = {}
    for (dimension, value, label), count in counts.items():
        if dimension and count > 0:
            by_value[dimension][value] += count
            labels.setdefault(value, Counter())[label] += count

    def shown(dimension: str, value: str) -> str | int:
        if dimension == "fiscal_year":
            return int(value)
        return min(labels[value].items(), key=lambda pair: (-pair[1], pair[0]))[0] if dimension == "field" else value

    return {
        dimension: [
            (shown(dimension, value), count)
            for value, count in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_VALUES]
        ]
        for dimension, found in by_value.items()
    }

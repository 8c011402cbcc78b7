"""Searching the directory: a page of members, how many there are, and how they spread over the facets."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, LiteralString
from uuid import UUID

from ssc.core.db import Session
from ssc.core.paging import Cut, Slice
from ssc.directory import words
from ssc.directory.forms import Filters
from ssc.directory.queries import broad
from ssc.directory.queries.conditions import Condition
from ssc.directory.queries.hits import TOTAL, Found, Hit, Place, counted, place_of, position
from ssc.directory.queries.organisations import organisations_called
from ssc.directory.queries.scope import Facet, Scope
from ssc.directory.queries.words import meant

DIMENSIONS = ("country", "programme", "fiscal_year", "field")
MOST_VALUES = 300


async def find(session: Session, scope: Scope, filters: Filters, part: Slice) -> Found:
    """The members that the viewer may find and that pass all filters, names that match first, then by name."""
    place = place_of(part)
    within = _only_filter(filters)
    if scope.shares_counts and within is not None:
        return await _listed(session, scope, filters, part, place, within)
    asked = words.asked(filters.q)
    if filters.q and not asked:
        return Found(Cut([], None), Counter())
    narrowed = await _narrowed(session, scope, filters)
    first_of_words = place is None and set(filters.model_dump(exclude_defaults=True)) == {"q"}
    if not (place and place.guessed):
        spelt = _spelt(asked)
        kept = await broad.prepared(session, scope, spelt, part) if first_of_words else None
        found = kept or await counted(session, narrowed, spelt, part, place, guessed=False)
        if kept is None and first_of_words:
            await broad.keep(session, scope, spelt, found)
        if found.total or not asked:
            return found
    near = await meant(session, asked)
    if not any(near.values()):
        return Found(Cut([], None), Counter())
    return await counted(session, narrowed, _spelt(asked, near), part, place, guessed=True)


async def counts_without(session: Session, scope: Scope, filters: Filters, dimension: str) -> Counter[Facet]:
    """The counts as they would be if this filter were not set: what else could be chosen in its place."""
    wider = filters.model_copy(update={dimension: []})
    return (await find(session, scope, wider, Slice(limit=1))).counts


async def _listed(
    session: Session, scope: Scope, filters: Filters, part: Slice, place: Place | None, within: tuple[str, str]
) -> Found:
    """With one filter at most: the list by its index, the counts from the tally."""
    everybody, counts = await _tallied(session, scope, within)
    scope.adjust(counts, within)
    if not counts[TOTAL]:
        return Found(Cut([], None), counts)
    narrowed = await _narrowed(session, scope, filters)
    values = {**narrowed.values, "most": part.limit + 1}
    after: LiteralString = ""
    if place:
        values |= {"after": place.sort_key, "after_id": UUID(place.member_id)}
        after = " AND (sort_key, member_id) > (%(after)s, %(after_id)s)"
    rare = counts[TOTAL] ** 2 < part.limit * everybody
    sql = (_RARE if rare else _COMMON) + "(" + narrowed.sql + ")" + after + (_RARE_ENDS if rare else _COMMON_ENDS)
    rows = await session.rows(sql, values, prepare=False)
    return Found(part.cut([Hit(row.member_id, 0, row.sort_key, False) for row in rows], position), counts)


async def _tallied(session: Session, scope: Scope, within: tuple[str, str]) -> tuple[int, Counter[Facet]]:
    """How many there are in all, and the counts within the filter."""
    until = date.max if scope.all_ages else scope.today
    rows = await session.rows(_TALLY, {"within": within[0], "value": within[1], "until": until}, prepare=True)
    everybody = sum(row.amount for row in rows if not (row.within or row.dimension))
    found = [row for row in rows if (row.within, row.within_value) == within]
    return everybody, Counter({(row.dimension, row.value, row.label): row.amount for row in found})


async def _narrowed(session: Session, scope: Scope, filters: Filters) -> Condition:
    """The scope and all filters but `q`."""
    found = scope.condition()
    for name, sql in _FILTERS.items():
        values = getattr(filters, name)
        if len(values) == 1 and name == "country":  # an index has the names of one country in their order
            found &= Condition("country = %(country)s", {"country": values[0]})
        elif values:
            found &= Condition(sql, {name: await _compared(session, name, values)})
    if filters.in_japan is not None:
        found &= Condition("lives_in = 'JP'" if filters.in_japan else "lives_in <> 'JP'")
    return found


async def _compared(session: Session, name: str, values: list[Any]) -> list[Any]:
    match name:
        case "field":
            return [words.key(field)[:240] for field in values]
        case "host" | "sending":
            return await organisations_called(session, values)
    return values


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


_FILTERS: dict[str, LiteralString] = {
    "country": "country = ANY (%(country)s)",
    "lives_in": "lives_in = ANY (%(lives_in)s)",
    "programme": "programmes && %(programme)s::varchar[]",
    "fiscal_year": "fiscal_years && %(fiscal_year)s::smallint[]",
    "field": "field_keys && %(field)s::varchar[]",
    "host": "hosts && %(host)s::uuid[]",
    "sending": "sendings && %(sending)s::uuid[]",
    "open_to": "open_to && %(open_to)s::varchar[]",
}
# What is common is met soon along the names' order; what is rare is gathered first, and then put in order.
# Left to itself PostgreSQL walks the whole club for a year in which nobody came (11 s at a million, measured).
_COMMON: LiteralString = "SELECT sort_key, member_id FROM directory_entry WHERE "
_COMMON_ENDS: LiteralString = " ORDER BY sort_key, member_id LIMIT %(most)s"
_RARE: LiteralString = "WITH hits AS MATERIALIZED (" + _COMMON
_RARE_ENDS: LiteralString = ") SELECT sort_key, member_id FROM hits ORDER BY sort_key, member_id LIMIT %(most)s"
_TALLY = """
    SELECT within, within_value, dimension, value, label, sum(amount) AS amount FROM directory_tally
    WHERE from_day <= %(until)s AND (
        within = %(within)s AND within_value = %(value)s OR within = '' AND within_value = '' AND dimension = '')
    GROUP BY within, within_value, dimension, value, label
"""

"""The hits of a search: a page of them, and how all of them spread, in one statement over the rows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

from pydantic import TypeAdapter

from ssc.core.db import Session
from ssc.core.paging import Cut, Slice
from ssc.directory.queries.conditions import Condition, like
from ssc.directory.queries.scope import Facet

TOTAL: Facet = ("", "", "")
_PLACE = TypeAdapter(tuple[int, str, UUID, bool])
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
        return self.counts[TOTAL]


@dataclass(frozen=True)
class Place:
    """After which hit the page begins."""

    rank: int
    sort_key: str
    member_id: str
    guessed: bool


async def counted(
    session: Session,
    narrowed: Condition,
    spelt: Sequence[Sequence[str]],
    part: Slice,
    place: Place | None,
    *,
    guessed: bool,
) -> Found:
    """Page and counts of whatever is asked, in one statement over the hits."""
    rank: LiteralString = "0"
    if spelt:
        named = _all_like("names", spelt)
        narrowed &= _all_like("text", spelt)
        rank = "CASE WHEN " + named.sql + " THEN 0 ELSE 1 END"
    values = {**narrowed.values, "most": part.limit + 1}
    after: LiteralString = ""
    if place:
        values |= {"rank": place.rank, "after": place.sort_key, "after_id": UUID(place.member_id)}
        after = " WHERE (rank, sort_key, member_id) > (%(rank)s, %(after)s, %(after_id)s)"
    hits: LiteralString = "WITH hits AS MATERIALIZED (SELECT " + rank + _HITS + narrowed.sql + ")"
    rows = await session.rows(hits + _PAGE_OF_HITS + after + _PAGE_ENDS + _COUNTS, values, prepare=False)
    return _found(rows, part, guessed=guessed)


def _found(rows: Sequence[Any], part: Slice, *, guessed: bool) -> Found:
    hits: list[Hit] = []
    counts: Counter[Facet] = Counter()
    for dimension, value, label, number in rows:
        if dimension == _PAGE:
            hits.append(Hit(UUID(label), number, value, guessed))
        else:
            counts[dimension, value, label] += number
    hits.sort(key=lambda hit: (hit.rank, hit.sort_key, hit.member_id))
    return Found(part.cut(hits, position), counts, guessed)


def _all_like(column: LiteralString, spelt: Sequence[Sequence[str]]) -> Condition:
    found = Condition("true")
    for number, patterns in enumerate(spelt):
        found &= like(column, patterns, number)
    return found


def position(hit: Hit) -> tuple[Any, ...]:
    return (hit.rank, hit.sort_key, str(hit.member_id), hit.guessed)


def place_of(part: Slice) -> Place | None:
    """The place in the cursor; 422 for a cursor of another list."""
    if (found := part.place(_PLACE)) is None:
        return None
    rank, sort_key, member_id, guessed = found
    return Place(rank, sort_key, str(member_id), guessed)


_HITS = """ AS rank, member_id, sort_key, country, programmes, fiscal_years, fields, field_keys
    FROM directory_entry WHERE """
_PAGE_OF_HITS = """
    SELECT 'page', sort_key, member_id::text, rank::bigint FROM (SELECT * FROM hits"""
_PAGE_ENDS = " ORDER BY rank, sort_key, member_id LIMIT %(most)s) AS page"
# Unnested beside the columns: as functions of a join they took twice as long (measured).
_COUNTS = """
    UNION ALL SELECT '', '', '', count(*) FROM hits
    UNION ALL SELECT 'country', country, '', count(*) FROM hits WHERE country IS NOT NULL GROUP BY country
    UNION ALL SELECT 'programme', value, '', count(*)
        FROM (SELECT unnest(programmes) AS value FROM hits) AS each GROUP BY value
    UNION ALL SELECT 'fiscal_year', value::text, '', count(*)
        FROM (SELECT unnest(fiscal_years) AS value FROM hits) AS each GROUP BY value
    UNION ALL SELECT 'field', value, label, count(*)
        FROM (SELECT unnest(field_keys) AS value, unnest(fields) AS label FROM hits) AS each GROUP BY value, label
"""

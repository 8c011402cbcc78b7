"""What a profile becomes in the directory: a row for each closeness, and what the row adds to the counts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from ssc.directory import words
from ssc.directory.models import COHORTS, EVERYONE, MEMBERS, REACHES
from ssc.people import sight
from ssc.people.rules import EVER, Audience, audience_of

COLUMNS = (
    "member_id",
    "reach",
    "adult_from",
    "chapter",
    "sort_key",
    "names",
    "text",
    "country",
    "lives_in",
    "programmes",
    "fiscal_years",
    "exchanges",
    "hosts",
    "sendings",
    "fields",
    "field_keys",
    "open_to",
)
COUNTED = ("country", "programmes", "fiscal_years", "fields", "field_keys", "adult_from")
# The fields by which members are found, filtered or counted.
_FOUND_BY = (
    "name",
    "name_native",
    "country",
    "lives_in",
    "headline",
    "affiliation",
    "fields",
    "exchanges",
    "open_to",
)


@dataclass(frozen=True, slots=True)
class TookPart:
    """An exchange in which a member took part, as far as the directory asks."""

    exchange: UUID
    programme: str
    fiscal_year: int
    host: UUID | None
    sendings: tuple[UUID, ...]


class Count(NamedTuple):
    """What is counted: so many of `dimension` being `value`, within a filter (both empty: among all)."""

    within: str
    within_value: str
    dimension: str
    value: str
    label: str
    from_day: date


Row = tuple[Any, ...]


def entries_of(record: Any, took_part: Sequence[TookPart]) -> list[Row]:
    """The rows of a member, in the order of COLUMNS. `record` has the columns of `member`."""
    rows = {reach: _entry(record, took_part, reach) for reach in (EVERYONE, MEMBERS)}
    if any(audience_of(record.visibility, field) == "cohorts" for field in _FOUND_BY):
        rows[COHORTS] = _entry(record, took_part, COHORTS)
    for_members, for_mates = rows[MEMBERS], rows.get(COHORTS)
    if for_members and for_mates and for_members[2:] == for_mates[2:]:
        del rows[COHORTS]
    return [row for row in rows.values() if row is not None]


def vocabulary_of(record: Any) -> set[str]:
    """The words of this member's rows, against which a mistyped word is held."""
    return words.vocabulary(_texts(record, "cohorts"))


def counts_of(counted: Sequence[Any], today: date) -> Iterator[Count]:
    """Every count to which a row for members adds one. `counted`: its values of COUNTED."""
    country, programmes, fiscal_years, fields, field_keys, adult_from = counted
    from_day = adult_from if adult_from > today else EVER
    facets = [
        ("", "", ""),
        *([("country", country, "")] if country else []),
        *(("programme", code, "") for code in programmes),
        *(("fiscal_year", str(year), "") for year in fiscal_years),
        *(("field", key, label) for key, label in zip(field_keys, fields, strict=True)),
    ]
    for within, within_value, _label in facets:
        for dimension, value, label in facets:
            yield Count(within, within_value, dimension, value, label, from_day)


def _entry(record: Any, took_part: Sequence[TookPart], reach: int) -> Row | None:
    near = REACHES[reach]
    if not sight.may_see(record, "name", near):
        return None
    seen = took_part if sight.may_see(record, "exchanges", near) else ()
    fields = _distinct_fields(record.fields) if sight.may_see(record, "fields", near) else {}
    texts = _texts(record, near)
    return (
        record.id,
        reach,
        record.adult_from,
        record.country,
        words.key(record.name)[:240],
        words.searchable(_names(record, near)),
        words.searchable(texts),
        _if_seen(record, "country", near),
        _if_seen(record, "lives_in", near),
        sorted({one.programme for one in seen}),
        sorted({one.fiscal_year for one in seen}),
        sorted({one.exchange for one in seen}),
        sorted({one.host for one in seen if one.host}),
        sorted({sending for one in seen for sending in one.sendings}),
        list(fields.values()),
        list(fields),
        sorted(record.open_to) if sight.may_see(record, "open_to", near) else [],
    )


def _names(record: Any, near: Audience) -> list[str]:
    return [record.name, *filter(None, [_if_seen(record, "name_native", near)])]


def _texts(record: Any, near: Audience) -> list[str]:
    more = [_if_seen(record, field, near) for field in ("affiliation", "headline")]
    fields = record.fields if sight.may_see(record, "fields", near) else []
    return [*_names(record, near), *(text for text in more if text), *fields]


def _if_seen(record: Any, field: str, near: Audience) -> Any:
    return getattr(record, field) if sight.may_see(record, field, near) else None


def _distinct_fields(fields: Iterable[str]) -> dict[str, str]:
    """Compared spelling → the first spelling given."""
    found: dict[str, str] = {}
    for field in fields:
        found.setdefault(words.key(field)[:240], field)
    return found

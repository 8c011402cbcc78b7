"""Filters as the page of the directory draws them: what could be chosen, what is, and how to take it away."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from ssc.core import i18n
from ssc.core.i18n import _
from ssc.directory import words
from ssc.directory.forms import Filters
from ssc.directory.queries.scope import Facet
from ssc.directory.queries.search import DIMENSIONS, facet_values
from ssc.places import countries
from ssc.programmes import catalogue

MOST_OPTIONS = 14

Values = tuple[tuple[str | int, int], ...]
"""Values and their counts, most frequent first."""


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    checked: bool


@dataclass(frozen=True)
class Group:
    name: str
    label: str
    options: tuple[Option, ...]
    open: bool = False


def groups(filters: Filters, counts: dict[str, Counter[Facet]]) -> list[Group]:
    """For each facet what could be chosen, with how many there would be. `counts`: dimension → counts without it."""
    return [_group(i18n.language(), name, _held(filters, name), _values(counts, name)) for name in DIMENSIONS]


def chosen(filters: Filters) -> list[tuple[str, str]]:
    """What is filtered by now, in words, with the address of the list without it."""
    query = pairs(filters)
    found = []
    for pair in query:
        if pair[0] != "q":
            rest = [other for other in query if other != pair]
            found.append((_in_words(*pair), "/members" + (f"?{urlencode(rest)}" if rest else "")))
    return found


def kept(filters: Filters) -> dict[str, str]:
    """What the form of the facets must carry along: the filters that it does not draw."""
    return {name: value for name, value in pairs(filters) if name not in ("q", *DIMENSIONS)}


def pairs(filters: Filters) -> list[tuple[str, str]]:
    """The filters as a query."""
    found: list[tuple[str, str]] = []
    for name, value in filters.model_dump(exclude_defaults=True).items():
        values = value if isinstance(value, list) else [value]
        found += [(name, str(one).lower() if isinstance(one, bool) else str(one)) for one in values]
    return found


def _held(filters: Filters, name: str) -> frozenset[str]:
    return frozenset(_same(name, one) for one in getattr(filters, name))


def _values(counts: dict[str, Counter[Facet]], name: str) -> Values:
    return _spread(frozenset(counts[name].items()))[name]


@lru_cache(maxsize=2000)
def _spread(counts: frozenset[tuple[Facet, int]]) -> dict[str, Values]:
    return {name: tuple(values) for name, values in facet_values(Counter(dict(counts))).items()}


@lru_cache(maxsize=2000)
def _group(_language: str, name: str, held: frozenset[str], values: Values) -> Group:
    """What everybody sees whose counts are the same, which is nearly everybody."""
    return Group(name, _labels()[name], _options(name, held, values), name == DIMENSIONS[0])


def _options(name: str, held: frozenset[str], values: Values) -> tuple[Option, ...]:
    options = [Option(str(v), _in_words(name, str(v)), n, _same(name, v) in held) for v, n in values]
    missing = held - {_same(name, v) for v, _n in values}
    options = [o for i, o in enumerate(options) if i < MOST_OPTIONS or o.checked]
    options += [Option(one, _in_words(name, one), 0, True) for one in sorted(missing)]
    return tuple(sorted(options, key=lambda o: o.value, reverse=True) if name == "fiscal_year" else options)


def _same(name: str, value: Any) -> str:
    return words.key(str(value)) if name == "field" else str(value)


def _in_words(name: str, value: str) -> str:
    match name:
        case "country":
            return countries.name(value)
        case "lives_in":
            return _("Lives in {country}", country=countries.name(value))
        case "programme":
            return catalogue.short_name(value)
        case "fiscal_year":
            return _("Fiscal year {year}", year=value)
        case "host":
            return _("Host: {name}", name=value)
        case "sending":
            return _("Sent by {name}", name=value)
        case "in_japan":
            return _("In Japan now") if value == "true" else _("Not in Japan")
        case "open_to":
            return open_to_labels().get(value, value)
    return value


def open_to_labels() -> dict[str, str]:
    """What members can be open to, in words."""
    return {
        "mentoring": _("Mentoring"),
        "hosting": _("Hosting visitors"),
        "collaboration": _("Working together"),
        "questions": _("Questions"),
    }


def _labels() -> dict[str, str]:
    return {
        "country": _("Country or region"),
        "programme": _("Programme"),
        "fiscal_year": _("Fiscal year of the exchange"),
        "field": _("Field"),
    }

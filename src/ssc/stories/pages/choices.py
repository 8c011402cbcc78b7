"""Filters as the list of stories draws them: what leads somewhere, and what is chosen."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from ssc.core.i18n import _
from ssc.places import countries, languages
from ssc.programmes import catalogue
from ssc.programmes.models import Exchange
from ssc.stories.forms import Filters
from ssc.stories.queries.lists import Choices

Option = tuple[str, str]
"""Value and label."""


def offered(found: Choices) -> dict[str, list[Option]]:
    """For each filter what can be chosen, in the order of the reader's language."""
    return {
        "country": _sorted([(code, countries.name(code)) for code in found.countries]),
        "field": [(name, name) for name in found.fields],
        "programme": [(code, catalogue.short_name(code)) for code in catalogue.PROGRAMMES if code in found.programmes],
        "fiscal_year": [(str(year), _("Fiscal year {year}", year=year)) for year in found.years],
        "host": [(name, name) for name in found.hosts],
        "lang": _sorted([(code, languages.name(code)) for code in found.langs]),
    }


def exchanges(took_part: Iterable[Exchange]) -> list[Option]:
    return [(one.code, " · ".join(filter(None, _of_exchange(one)))) for one in took_part]


def pairs(filters: Filters) -> list[tuple[str, str]]:
    """The filters as a query."""
    return [(name, str(value)) for name, value in filters.model_dump(exclude_defaults=True).items()]


def chosen(filters: Filters) -> list[tuple[str, str]]:
    """What is filtered by now, in words, with the address of the list without it."""
    query = pairs(filters)
    found = []
    for pair in query:
        rest = [other for other in query if other != pair]
        found.append((_in_words(*pair), "/stories" + (f"?{urlencode(rest)}" if rest else "")))
    return found


def _of_exchange(one: Exchange) -> list[str]:
    host = one.host.name if one.host else ""
    return [one.title or one.code, _("Fiscal year {year}", year=one.fiscal_year), host]


def _in_words(name: str, value: Any) -> str:
    match name:
        case "country":
            return countries.name(value)
        case "programme":
            return catalogue.short_name(value)
        case "fiscal_year":
            return _("Fiscal year {year}", year=value)
        case "host":
            return _("Host: {name}", name=value)
        case "lang":
            return languages.name(value)
    return str(value)


def _sorted(options: list[Option]) -> list[Option]:
    return sorted(options, key=lambda option: option[1])

"""Countries and regions by code or by any name that files give them, as ISO 3166-1 alpha-2."""

import re
from functools import lru_cache

from babel import Locale
from babel.core import get_global

from ssc.places.countries import CODES, exists
from ssc.roster.reading.country_variants import AMBIGUOUS, PEOPLE, VARIANTS
from ssc.roster.reading.faults import Bad, shown
from ssc.roster.reading.folding import fold

_LANGUAGES = ("en", "ja")
_BRACKETED = re.compile(r"^(.*?)\s*[(（]\s*([^)）]*)\s*[)）]\s*$")
_BORDERS = re.compile(r"[/／|｜:：,，、;\n]+")
_ORDER = re.compile(r"^([^,]+),\s*(.+)$")


@lru_cache(maxsize=8192)
def a_country(text: str) -> str:
    """The alpha-2 code meant by a code, a name in English or Japanese, or a nationality."""
    for reading in _readings(text):
        key = fold(reading)
        if key in AMBIGUOUS:
            raise Bad("country.ambiguous", value=shown(text), choices=AMBIGUOUS[key])
        if code := _known().get(key):
            return code
    raise Bad("country.unknown", value=shown(text))


def _readings(text: str) -> list[str]:
    """`India (IN)`, `インド / India`, `Korea, Republic of` and `Viet Nam国籍` in the ways they can be read."""
    whole = text.strip()
    readings = [whole]
    if match := _ORDER.match(whole):
        readings.append(f"{match[2]} {match[1]}")
    if match := _BRACKETED.match(whole):
        readings += [match[1], match[2]]
    parts = [part for part in _BORDERS.split(whole) if part.strip()]
    if 1 < len(parts) <= 3 and len({_known().get(fold(part)) for part in parts} - {None}) == 1:
        readings += parts
    for reading in list(readings):
        for prefix in ("the ", "The ", "THE "):
            readings.append(reading.removeprefix(prefix))
        for ending in ("国籍", "人", "籍"):
            readings.append(reading.removesuffix(ending))
    return [reading for reading in dict.fromkeys(readings) if reading.strip()]


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    names = {fold(nation): code for code, nations in PEOPLE.items() for nation in nations.split(";")}
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            if exists(code):
                names |= {fold(reading): code for reading in _names_in(name)}
    names |= {fold(name): code for code, listed in VARIANTS.items() for name in listed.split(";")}
    for alias, targets in get_global("territory_aliases").items():
        if len(alias) == 3 and alias.isalpha() and len(targets) == 1 and exists(targets[0]):
            names[fold(alias)] = targets[0]
    names |= {fold(code): code for code in CODES}
    return names


def _names_in(name: str) -> list[str]:
    """CLDR writes `Myanmar (Burma)`: both are names; `Congo - Kinshasa` is one."""
    match = _BRACKETED.match(name)
    return [name, match[1]] if match else [name]

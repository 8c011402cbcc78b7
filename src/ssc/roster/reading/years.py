"""Japanese fiscal years, April to March, as rosters write them."""

import re
import unicodedata
from datetime import date
from functools import lru_cache

from ssc.core.clock import fiscal_year
from ssc.roster.reading.eras import arabic, era_year
from ssc.roster.reading.faults import Bad, shown

FIRST_YEAR = 2000
"""No exchange of the programme or its forerunners is older."""

_PLAIN = re.compile(
    r"(?:J?FY|fiscal year|financial year|year|西暦)?\s*[.:']?\s*(\d{4}|\d{2})\s*(?:年度|年|FY|年度分)?\Z",
    re.IGNORECASE,
)
_SPAN = re.compile(r"(?:J?FY)?\s*(\d{4})\s*[-/–~]\s*(\d{4}|\d{2})\Z", re.IGNORECASE)
_ERA = re.compile(r"(昭和|平成|令和|[shr])\.?\s*(\d{1,2}|元)\s*(?:年度|年)?\Z", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z")
_IN_CODE = re.compile(r"(?<!\d)(20\d{2})(?!\d)")


@lru_cache(maxsize=1024)
def a_fiscal_year(text: str, newest: int) -> int:
    """The year in which the fiscal year begins. Two digits need FY before or 年度 behind them."""
    plain = arabic(unicodedata.normalize("NFKC", text).strip())
    year = _year_in(plain)
    if year is None or not FIRST_YEAR <= year <= newest:
        raise Bad("year.invalid", value=shown(text))
    return year


def year_in_code(code: str) -> int | None:
    """The year that a code such as SSP-A-2014-00001 names."""
    years = {int(year) for year in _IN_CODE.findall(code)}
    return years.pop() if len(years) == 1 else None


def _year_in(text: str) -> int | None:
    try:
        if match := _ERA.match(text):
            return era_year(match[1], match[2])
        if match := _DAY.match(text):
            return fiscal_year(date.fromisoformat(text))
    except ValueError:
        return None
    if match := _SPAN.match(text):
        first = int(match[1])
        return first if (first + 1) % 100 == int(match[2]) % 100 else None
    if match := _PLAIN.match(text):
        return int(match[1]) if len(match[1]) == 4 else 2000 + int(match[1]) if not text.isdigit() else None
    return None

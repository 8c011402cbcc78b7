"""Days as rosters write them: ISO, slashes, month names, Excel's serial numbers, Japanese eras."""

import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache

from ssc.roster.reading.eras import arabic, era_year
from ssc.roster.reading.faults import Bad, shown

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

_TIME = re.compile(r"[T ]+(\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)?( ?[ap]m)?(Z|[+-]\d{2}:?\d{2})?$", re.IGNORECASE)
_WEEKDAY = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]?\s+|[(（][月火水木金土日][)）]", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\Z")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
_ERA = re.compile(
    r"(明治|大正|昭和|平成|令和|[mtshr])\.?\s*(\d{1,2}|元)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\Z",
    re.IGNORECASE,
)
_DAY_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[\s./-]*(?:of\s+)?([a-z]{3,9})\.?[\s,./-]*(\d{4}|'?\d{2})\Z", re.IGNORECASE
)
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.?[\s./-]*(\d{1,2})(?:st|nd|rd|th)?[\s,./-]+(\d{4}|'?\d{2})\Z", re.IGNORECASE)
_YEAR_MONTH_NAME = re.compile(r"(\d{4})[\s,./-]+([a-z]{3,9})\.?[\s,./-]+(\d{1,2})\Z", re.IGNORECASE)
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})\Z")
_INCOMPLETE = re.compile(
    r"(\d{4}|(明治|大正|昭和|平成|令和|[mtshr])\.?(\d{1,2}|元))\s*[-/.年]?\s*(\d{1,2})?\s*月?\Z",
    re.IGNORECASE,
)
_SERIAL = re.compile(r"([1-6]\d{4})(\.\d+)?\Z")
_BETWEEN = re.compile(r"\s*(?:[~〜～–—―]|から|より|\bto\b|\buntil\b|\s-\s|/{2})\s*", re.IGNORECASE)
_EPOCH = date(1899, 12, 30)


@lru_cache(maxsize=65536)
def a_date(text: str, day_first: bool | None, oldest: int, newest: int) -> date:
    """The day meant. Years of two digits count if just one century puts them between `oldest` and `newest`."""
    plain = _TIME.sub("", _WEEKDAY.sub("", unicodedata.normalize("NFKC", text).strip())).strip()
    plain = arabic(plain)
    try:
        found = _by_year(plain) or _by_name(plain, oldest, newest) or _by_order(plain, day_first, text)
    except ValueError:
        raise Bad("date.impossible", value=shown(text)) from None
    if found is None:
        raise Bad("date.incomplete" if _INCOMPLETE.match(plain) else "date.invalid", value=shown(text))
    return found


def a_period(text: str) -> tuple[str, str]:
    """Both ends of `2014/11/4～2014/11/10`, as written; a year or month that the end leaves out is the start's."""
    parts = _BETWEEN.split(unicodedata.normalize("NFKC", text).strip())
    parts = [part for part in parts if part]
    if len(parts) != 2:
        raise Bad("date.invalid", value=shown(text))
    start, end = parts
    if missing := re.match(r"(\d{4}\s*[-/.年]\s*)(\d{1,2}\s*[-/.月]\s*)?", start):
        pieces = re.findall(r"\d+", end)
        if len(pieces) == 2:
            end = missing[1] + end
        elif len(pieces) == 1 and missing[2]:
            end = missing[1] + missing[2] + end
    return start, end


def _by_year(text: str) -> date | None:
    if match := _YEAR_FIRST.match(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _ERA.match(text):
        return date(era_year(match[1], match[2]), int(match[3]), int(match[4]))
    if match := _COMPACT.match(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _SERIAL.match(text):
        return _EPOCH + timedelta(days=int(match[1]))
    return None


def _by_name(text: str, oldest: int, newest: int) -> date | None:
    if match := _DAY_MONTH.match(text):
        day, month, year = match[1], match[2], match[3]
    elif match := _MONTH_DAY.match(text):
        month, day, year = match[1], match[2], match[3]
    elif match := _YEAR_MONTH_NAME.match(text):
        year, month, day = match[1], match[2], match[3]
    else:
        return None
    number, whole = _month(month), _whole_year(year, oldest, newest)
    return date(whole, number, int(day)) if number and whole else None


def _by_order(text: str, day_first: bool | None, written: str) -> date | None:
    match = _YEAR_LAST.match(text)
    if match is None:
        return None
    first, second = int(match[1]), int(match[2])
    if len(match[3]) == 2:
        raise Bad("date.ambiguous", value=shown(written))
    if day_first is None and first <= 12 and second <= 12 and first != second:
        raise Bad("date.ambiguous", value=shown(written))
    day, month = (first, second) if first > 12 or (day_first and second <= 12) else (second, first)
    return date(int(match[3]), month, day)


def _month(name: str) -> int:
    lowered = name.lower()
    if lowered == "sept":
        return 9
    names = _FULL_MONTHS if len(lowered) > 3 else _MONTHS
    return names.index(lowered) + 1 if lowered in names else 0


def _whole_year(text: str, oldest: int, newest: int) -> int:
    digits = text.removeprefix("'")
    if len(digits) == 4:
        return int(digits)
    fitting = [year for year in (1900 + int(digits), 2000 + int(digits)) if oldest <= year <= newest]
    return fitting[0] if len(fitting) == 1 else 0

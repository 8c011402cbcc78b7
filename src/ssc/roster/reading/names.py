"""Persons' names and other lines of text: what may be stored, and in which order a name's two parts go."""

import re
import unicodedata
from functools import lru_cache

from ssc.core.text import one_line
from ssc.roster.reading.faults import Bad

NAME, TITLE, ORGANISATION, FIELD = 120, 300, 200, 120
"""How many characters each may have."""

SENDERS = 20

_FORMULA = tuple("=+-@＝＋－＠﹢﹣﹦﹫")
_SEPARATORS = re.compile(r"[;；、\n]+")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u2028\u2029\ufffe\uffff]")
_EAST_ASIAN = re.compile(r"^[㐀-䶿一-鿿豈-﫿々〆ヶ\U00020000-\U0003ffff]+$")
_KANA = re.compile(r"[぀-ヿｦ-ﾟ]")
_HANGUL = re.compile(r"^[가-힣]+$")
_FAMILY_FIRST = frozenset({"CN", "TW", "HK", "MO", "KR", "KP", "JP", "VN", "KH", "HU"})


def a_line(text: str, maximum: int) -> str:
    """One line in NFC with single blanks."""
    if text.isascii() and text.isprintable():
        line = text.strip() if "  " not in text else " ".join(text.split())
    else:
        line = _unicode_line(text)
    if len(line) > maximum:
        raise Bad("too-long", maximum=maximum)
    return line


def a_name(text: str) -> str:
    """A line that no spreadsheet takes for a formula: `=`, `+`, `-`, `@` begin it only when they are all of it."""
    line = a_line(text, NAME)
    if len(line) > 1 and line.startswith(_FORMULA):
        raise Bad("name.formula", sign=line[0])
    return line


@lru_cache(maxsize=16384)
def an_organisation(text: str) -> str:
    return a_line(text, ORGANISATION)


@lru_cache(maxsize=16384)
def organisations(text: str) -> tuple[str, ...]:
    """Several are parted by `;`, `；`, `、` or line breaks; commas, slashes and `・` belong to names."""
    names = [an_organisation(part) for part in _SEPARATORS.split(text)]
    distinct = tuple(dict.fromkeys(name for name in names if name))
    if len(distinct) > SENDERS:
        raise Bad("sending.many", maximum=SENDERS)
    return distinct


def whole_name(family: str, given: str, country: str | None) -> str:
    """The parts in the order in which the person's country writes them.

    Han and Hangul are written together (with a blank where kana is among them or the person is Japanese), other
    scripts apart; the family name goes first in China, Japan, Korea, Viet Nam, Cambodia and Hungary, and whenever
    the script is East Asian, else last.
    """
    if not family or not given:
        return family or given
    both = family + given
    if _HANGUL.match(both) or (_EAST_ASIAN.match(both) and country != "JP"):
        return both
    if _EAST_ASIAN.match(both) or _KANA.search(both) or country in _FAMILY_FIRST:
        return f"{family} {given}"
    return f"{given} {family}"


def _unicode_line(text: str) -> str:
    if "�" in text:
        raise Bad("undecodable")
    if _TURNING.search(text):
        raise Bad("control")
    try:
        return one_line(unicodedata.normalize("NFC", text).replace("\ufeff", ""))
    except ValueError:
        raise Bad("control") from None

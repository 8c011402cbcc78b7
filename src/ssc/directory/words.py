"""How names and words are spelt for search, in any script: one spelling for what is kept and what is asked."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from ssc.core import text

LONGEST_WORD = 24
MOST_WORDS = 8

_ASCII_WORDS = re.compile(r"[a-z0-9]+")
_KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
# Letters that people of one script write one way or another.
_ARABIC = {ord("ى"): "ي", ord("ة"): "ه", ord("ی"): "ي", ord("ک"): "ك", ord("ـ"): None}
_SAME = _KATAKANA | _ARABIC
_POINTED = (range(0x0590, 0x0600), range(0x0600, 0x0700))
# Scripts written without spaces, or whose names are a few syllables: any one or two of them are searched for.
_UNSPACED = (
    range(0x0E00, 0x0F00),  # Thai, Lao
    range(0x1000, 0x10A0),  # Myanmar
    range(0x1780, 0x1800),  # Khmer
    range(0x3005, 0x3008),
    range(0x3040, 0x3100),  # kana
    range(0x3400, 0xA000),  # Han
    range(0xAC00, 0xD7B0),  # Hangul
    range(0x20000, 0x32000),
)


@lru_cache(maxsize=50_000)
def key(value: str) -> str:
    """The spelling that is compared: `core.text.plain`, kana as hiragana, Arabic and Hebrew without points."""
    if value.isascii():
        return " ".join(value.lower().split())
    plain = unicodedata.normalize("NFD", text.plain(value))
    bare = "".join(c for c in plain if not (unicodedata.combining(c) and _within(c, _POINTED)))
    return unicodedata.normalize("NFC", bare).translate(_SAME)


def words_of(value: str) -> list[str]:
    """The words of a keyed text; punctuation parts them."""
    if value.isascii():
        return _ASCII_WORDS.findall(value)
    return "".join(c if _is_letter(c) else " " for c in value).split()


@lru_cache(maxsize=50_000)
def spelt(value: str) -> tuple[str, ...]:
    """All that a text is found by: its words, parted words as one, pairs of unspaced characters."""
    chunks = [words_of(chunk) for chunk in key(value).split()]
    words = [word for chunk in chunks for word in chunk]
    joined = ["".join(chunk) for chunk in chunks if len(chunk) > 1]
    if 1 < len(words) <= 6 and all(_is_unspaced(word) for word in words):
        joined.append("".join(words))
    whole = [*words, *joined]
    return tuple(dict.fromkeys([*whole, *(pair for word in whole for pair in _pairs(word))]))


def searchable(values: Iterable[str]) -> str:
    """What is kept of these texts: every word between blanks, so that a pattern can say where one begins."""
    found = dict.fromkeys(word for value in values for word in spelt(value))
    return f" {' '.join(found)} " if found else ""


def vocabulary(values: Iterable[str]) -> set[str]:
    """The words against which a mistyped one is held."""
    return {word for value in values for word in spelt(value) if 2 <= len(word) <= LONGEST_WORD}


def asked(query: str) -> list[str]:
    """The words of what somebody searches for."""
    return list(dict.fromkeys(words_of(key(query))))[:MOST_WORDS]


def pattern(word: str) -> str:
    """The LIKE pattern of a word asked for: anywhere, or at the beginning of a word when it is short.

    Words hold letters and digits only, so nothing in them means anything to LIKE.
    """
    return f"%{word}%" if len(word) > 2 else f"% {word}%"


def without_one(word: str) -> list[str]:
    """The word, and what is left of it without any one letter: words one slip apart share one of these."""
    return list(dict.fromkeys([word, *(word[:i] + word[i + 1 :] for i in range(len(word)))]))


def one_slip_apart(a: str, b: str) -> bool:
    """Whether one letter more, less, another, or two neighbours swapped make one word of the other."""
    if abs(len(a) - len(b)) > 1:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest_a, rest_b = a[start:], b[start:]
    if len(a) != len(b):
        return rest_a[1:] == rest_b or rest_a == rest_b[1:]
    return rest_a[1:] == rest_b[1:] or (rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:])


def _pairs(word: str) -> list[str]:
    """Every pair of neighbours in a script without spaces, and the last character."""
    found = [word[i : i + 2] for i in range(len(word) - 1) if _is_unspaced(word[i : i + 2])]
    return [*found, word[-1]] if _is_unspaced(word[-1]) else found


def _is_unspaced(characters: str) -> bool:
    return all(_within(c, _UNSPACED) for c in characters)


def _within(character: str, ranges: tuple[range, ...]) -> bool:
    code = ord(character)
    return any(code in one for one in ranges)


def _is_letter(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character)[0] == "M"

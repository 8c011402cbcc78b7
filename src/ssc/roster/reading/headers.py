"""Which columns a header names, however it writes them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from ssc.roster.reading.folding import fold
from ssc.roster.reading.synonyms import CERTAIN, FIELDS, LIKELY

SURE = 0.8
"""From this confidence on a column is taken without asking."""

_BRACKETS = re.compile(r"[(（\[【［〔〈<＜]([^)）\]】］〕〉>＞]*)[)）\]】］〕〉>＞]")
_BORDERS = re.compile(r"[/／|｜\n\r]+")
_BOTH = re.compile(r"^([^\x00-\x7f]+?)\s+([\x00-\x7f]+)$|^([\x00-\x7f]+?)\s+([^\x00-\x7f]+)$")


@dataclass(frozen=True, slots=True)
class Guess:
    """A column as its header names it; `field` is None when nothing fits. `index` counts from 0."""

    index: int
    header: str
    field: str | None
    confidence: float


def guessed(cells: Sequence[str], given: Mapping[int, str | None] | None = None) -> list[Guess]:
    """A guess for each column, each field at most once; what is `given` (column to field) stands."""
    given = given or {}
    taken = {field for field in given.values() if field}
    chosen: dict[int, tuple[str | None, float]] = {i: (field, 1.0) for i, field in given.items()}
    wishes = [
        (-confidence, i, field)
        for i, cell in enumerate(cells)
        if i not in given
        for field, confidence in _meanings(cell)
    ]
    for negative, i, field in sorted(wishes):
        if i not in chosen and field not in taken and _fits(field, taken):
            chosen[i] = (field, -negative)
            taken.add(field)
    nothing: tuple[str | None, float] = (None, 0.0)
    return [Guess(i, cell, *chosen.get(i, nothing)) for i, cell in enumerate(cells)]


def score(guesses: Iterable[Guess]) -> float:
    """How much of a roster's header these are."""
    return sum(guess.confidence for guess in guesses if guess.field and guess.confidence >= SURE)


def lacking(fields: Iterable[str]) -> list[str]:
    """The columns that a roster needs and these do not give."""
    have = set(fields)
    lacks = []
    if not have & {"name", "family_name", "given_name", "name_native", "family_name_native"}:
        lacks.append("name")
    if "country" not in have:
        lacks.append("country")
    if "exchange_code" not in have and not {"exchange_title", "fiscal_year", "host"} <= have:
        lacks.append("exchange_code")
    return lacks


def _fits(field: str, taken: set[str]) -> bool:
    """A second 氏名 is the native name only where the first is another column."""
    return not field.endswith("_native") or field == "name_native" or field.removesuffix("_native") in taken


@lru_cache(maxsize=4096)
def _meanings(header: str) -> tuple[tuple[str, float], ...]:
    if not header.strip() or len(header) > 120:
        return ()
    best: dict[str, float] = {}
    for text, weight in _readings(header):
        for field, confidence in _lexicon().get(fold(text), ()):
            best[field] = max(best.get(field, 0.0), confidence * weight)
    if not best:
        best = dict.fromkeys(_resembling(fold(header)), 0.6)
    return tuple(best.items())


def _readings(header: str) -> Iterable[tuple[str, float]]:
    """The header whole, without what is in brackets, and its parts in two languages."""
    yield header, 1.0
    outside = _BRACKETS.sub(" ", header)
    if outside != header:
        yield outside, 0.97
        for inside in _BRACKETS.findall(header):
            yield inside, 0.93
    for part in _BORDERS.split(outside):
        yield part, 0.95
        both = _BOTH.match(part.strip())
        for half in both.groups() if both else ():
            yield half or "", 0.94


def _resembling(key: str) -> list[str]:
    if len(key) < 5:
        return []
    return [field for near in get_close_matches(key, _lexicon(), n=1, cutoff=0.86) for field, _ in _lexicon()[near][:1]]


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, list[tuple[str, float]]]:
    found: dict[str, list[tuple[str, float]]] = {}
    for source, confidence in ((CERTAIN, 1.0), (LIKELY, 0.88)):
        for field, listed in source.items():
            for word in listed.split(";"):
                found.setdefault(fold(word), []).append((field, confidence - 0.02 * field.endswith("_native")))
    for field in FIELDS:
        key = fold(field)
        if (field, 1.0) not in found.get(key, []):
            found.setdefault(key, []).insert(0, (field, 1.0))
    return found

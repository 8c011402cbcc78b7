"""Who a line of a roster is about: what identifies her, and how alike two records are."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Verdict = Literal["certain", "likely", "other"]

LIKELY = 6
"""From this score on two records wait for a decision."""

_SCORES = {
    "name": {"same": 4, "similar": 2, "different": -3},
    "birth_date": {"same": 4, "close": 1, "unknown": 0, "different": -4},
    "address": {"same": 4, "moved": 2, "unknown": 0, "different": 0},
    "exchange": {"same": 2, "other": 0},
    "country": {"same": 1, "different": -1},
}


@dataclass(frozen=True, slots=True)
class Person:
    """What is compared of a record. `name` is people.name_key, `addresses` are keys, `exchanges` codes."""

    name: str
    native: str
    country: str
    birth_date: date | None
    addresses: frozenset[str]
    exchanges: frozenset[str]


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two records have in common, in words, and what follows."""

    words: Mapping[str, str]
    score: int
    verdict: Verdict


def identity(line: Mapping[str, Any], name_key: str, code: str) -> bytes:
    """What stays the same when the same line is imported again: address, name, birth date and country.

    Without address and birth date the exchange belongs to it.
    """
    parts = [line.get("email") or "", name_key, line.get("birth_date") or "", line["country"]]
    if not parts[0] and not parts[2]:
        parts.append(code)
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).digest()


def compare(one: Person, other: Person) -> Likeness:
    """Name, birth date, exchange and address compared and scored."""
    words = {
        "name": _names(one, other),
        "birth_date": _birth_dates(one.birth_date, other.birth_date),
        "address": _addresses(one.addresses, other.addresses),
        "exchange": "same" if one.exchanges & other.exchanges else "other",
        "country": "same" if one.country == other.country else "different",
    }
    score = sum(_SCORES[what][word] for what, word in words.items())
    if words["birth_date"] == words["address"] == "unknown":
        score += 1  # nothing tells them apart
    return Likeness(words, score, _verdict(words, score))


def _verdict(words: Mapping[str, str], score: int) -> Verdict:
    name, born, address = words["name"], words["birth_date"], words["address"]
    if address == "same":
        if name == "same" or born == "same" or (name == "similar" and born == "unknown"):
            return "certain"
        return "other" if name == "different" and born == "different" else "likely"
    known_by_rest = born == "same" or (born == "unknown" and words["exchange"] == "same")
    if address == "unknown" and name == words["country"] == "same" and known_by_rest:
        return "certain"
    return "likely" if score >= LIKELY and name != "different" else "other"


def _names(one: Person, other: Person) -> str:
    if one.name == other.name or (one.native and one.native == other.native):
        return "same"
    return "similar" if alike(one.name, other.name) else "different"


def alike(one: str, other: str) -> bool:
    """Whether two name keys may be one name: a part more, an initial, another spacing, or one typing error.

    Parts with digits are numbers of something and never alike.
    """
    first, second = set(one.split()), set(other.split())
    common, left, right = first & second, first - second, second - first
    if any(character.isdigit() for part in left | right for character in part):
        return False
    if not left or not right:
        return len(common) > 1
    if len(first) != len(second) and sorted(one.replace(" ", "")) == sorted(other.replace(" ", "")):
        return True
    return len(left) == len(right) == 1 and _one_slip(*left, *right, among_others=bool(common))


def _one_slip(one: str, other: str, *, among_others: bool) -> bool:
    """An initial for a part of a longer name, or one letter wrong, missing, added or swapped in four or more."""
    shorter, longer = sorted((one.strip("."), other.strip(".")), key=len)
    if len(shorter) == 1:
        return among_others and longer.startswith(shorter)
    if len(shorter) < 4 or len(longer) - len(shorter) > 1:
        return False
    i = next((i for i, letter in enumerate(shorter) if letter != longer[i]), len(shorter))
    if len(shorter) < len(longer):
        return shorter[i:] == longer[i + 1 :]
    swapped = shorter[i + 1 : i + 2] + shorter[i : i + 1] + shorter[i + 2 :]
    return shorter[i + 1 :] == longer[i + 1 :] or swapped == longer[i:]


def _birth_dates(one: date | None, other: date | None) -> str:
    if one is None or other is None:
        return "unknown"
    if one == other:
        return "same"
    turned = (one.year, one.month, one.day) == (other.year, other.day, other.month)
    digits = sum(a != b for a, b in zip(one.isoformat(), other.isoformat(), strict=True))
    return "close" if turned or digits == 1 else "different"


def _addresses(one: frozenset[str], other: frozenset[str]) -> str:
    if not one or not other:
        return "unknown"
    if one & other:
        return "same"
    locals_of = [{address.partition("@")[0] for address in addresses} for addresses in (one, other)]
    return "moved" if locals_of[0] & locals_of[1] else "different"

"""Conditions of a search as SQL of ours with its values beside it: put together by hand, since Core's building of a
search statement took more time than the search (measured)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, LiteralString


@dataclass(frozen=True)
class Condition:
    """SQL that is true or false of a row, and the values it names."""

    sql: LiteralString
    values: Mapping[str, Any] = field(default_factory=dict)

    def __and__(self, other: "Condition") -> "Condition":
        return Condition("(" + self.sql + ") AND (" + other.sql + ")", {**self.values, **other.values})

    def __or__(self, other: "Condition") -> "Condition":
        return Condition("(" + self.sql + ") OR (" + other.sql + ")", {**self.values, **other.values})


def like(column: LiteralString, patterns: Sequence[str], number: int) -> Condition:
    """That the column has one of the patterns; `number` tells one word's values from another's."""
    name = _NUMBERED[number]
    made = [(name + LETTERS[i], pattern) for i, pattern in enumerate(patterns[: len(LETTERS)])]
    terms = [column + " LIKE %(" + value + ")s" for value, _pattern in made]
    return Condition(" OR ".join(terms), dict(made))


_NUMBERED: tuple[LiteralString, ...] = ("a_", "b_", "c_", "d_", "e_", "f_", "g_", "h_")
LETTERS: tuple[LiteralString, ...] = (
    *("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m"),
    *("n", "o", "p", "q", "r", "s", "t", "u", "v", "w", "x", "y", "z"),
)

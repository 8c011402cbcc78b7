"""How a file's columns are to be read, as staff decided and as it is kept."""

import re
from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ssc.core.i18n import _
from ssc.roster.reading.folding import fold
from ssc.roster.reading.synonyms import FIELDS, PARTS

KNOWN = (*FIELDS, *PARTS)
_LONG = frozenset({"sheet", "header_row", "columns", "fixed", "fill_down", "day_first"})
_NUMBERED = re.compile(r"#([1-9][0-9]{0,4})\Z")
_LETTERED = re.compile(r"[A-Z]{1,3}\Z")


class BadMapping(ValueError):
    """A mapping that means nothing; `pointer` says where, `message` why, in the reader's language."""

    def __init__(self, pointer: str, message: str) -> None:
        super().__init__(message)
        self.pointer = pointer
        self.message = message


@dataclass(frozen=True)
class Mapping:
    """Columns (a header's text, `#3` for the third, or a letter) to fields, or to None to leave one out.

    Columns that are not named are recognised by their header. `fixed` gives fields one value for every row,
    `fill_down` repeats the value above in an empty cell, `day_first` settles what 03/04/2014 means.
    """

    sheet: str | None = None
    header_row: int | None = None
    columns: Map[str, str | None] = field(default_factory=dict)
    fixed: Map[str, str] = field(default_factory=dict)
    fill_down: frozenset[str] = frozenset()
    day_first: bool | None = None

    @classmethod
    def of(cls, value: Any) -> "Mapping":
        """From JSON: the long form with its six keys, or a flat object of columns to fields (or fields to columns)."""
        if not isinstance(value, dict):
            raise BadMapping("", _("A mapping is an object of columns and fields."))
        if value and not set(value) <= _LONG:
            return cls(columns=_columns(_turned(value), ""))
        return cls(
            sheet=_text_or_none(value.get("sheet"), "/sheet"),
            header_row=_row(value.get("header_row")),
            columns=_columns(value.get("columns") or {}, "/columns"),
            fixed=_fixed(value.get("fixed") or {}),
            fill_down=_filled(value.get("fill_down") or []),
            day_first=_choice(value.get("day_first")),
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "sheet": self.sheet,
            "header_row": self.header_row,
            "columns": dict(self.columns),
            "fixed": dict(self.fixed),
            "fill_down": sorted(self.fill_down),
            "day_first": self.day_first,
        }

    def given(self, header: Sequence[str]) -> dict[int, str | None]:
        """Positions in this header, from 0, of the columns that the mapping names and the header has."""
        found: dict[int, str | None] = {}
        for column, target in self.columns.items():
            index = _position(column, header)
            if index is not None:
                found[index] = target
        return found


def signature(header: Sequence[str]) -> str:
    """What two files with the same columns share: their headers folded, in order."""
    return "|".join(fold(cell) for cell in header).rstrip("|")[:2000]


def _position(column: str, header: Sequence[str]) -> int | None:
    folded = fold(column)
    for i, cell in enumerate(header):
        if cell == column or (folded and fold(cell) == folded):
            return i
    if numbered := _NUMBERED.match(column):
        index = int(numbered[1]) - 1
    elif _LETTERED.match(column):
        index = _index(column)
    else:
        return None
    return index if index < len(header) else None


def _index(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _turned(value: dict[str, Any]) -> dict[str, Any]:
    """A flat object may also go from field to column."""
    targets = [v for v in value.values() if v is not None]
    if all(isinstance(v, str) and v in KNOWN for v in targets):
        return value
    if all(key in KNOWN for key in value) and all(isinstance(v, str | int) for v in targets):
        return {f"#{v}" if isinstance(v, int) else v: key for key, v in value.items() if v is not None}
    return value


def _columns(value: Any, pointer: str) -> dict[str, str | None]:
    if not isinstance(value, dict) or len(value) > 500:
        raise BadMapping(pointer, _("A mapping is an object of columns and fields."))
    taken: set[str] = set()
    for column, target in value.items():
        at = f"{pointer}/{column.replace('~', '~0').replace('/', '~1')}"
        if target is not None and target not in KNOWN:
            raise BadMapping(at, _("There is no such field."))
        if target in taken:
            raise BadMapping(at, _("Two columns cannot both be the same field."))
        if target is not None:
            taken.add(target)
    return dict(value)


def _fixed(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise BadMapping("/fixed", _("This is an object of fields and values."))
    for name, content in value.items():
        if name not in FIELDS:
            raise BadMapping(f"/fixed/{name}", _("There is no such field."))
        if not isinstance(content, str) or len(content) > 1000:
            raise BadMapping(f"/fixed/{name}", _("This is a text."))
    return {name: content for name, content in value.items() if content.strip()}


def _filled(value: Any) -> frozenset[str]:
    if not isinstance(value, list) or not all(name in KNOWN for name in value if isinstance(name, str)):
        raise BadMapping("/fill_down", _("This is a list of fields."))
    if not all(isinstance(name, str) for name in value):
        raise BadMapping("/fill_down", _("This is a list of fields."))
    return frozenset(value)


def _row(value: Any) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 10_000:
        raise BadMapping("/header_row", _("This is the number of a row, from 1."))
    return value


def _choice(value: Any) -> bool | None:
    if value is not None and not isinstance(value, bool):
        raise BadMapping("/day_first", _("This is true, false or null."))
    return value


def _text_or_none(value: Any, pointer: str) -> str | None:
    if value is not None and (not isinstance(value, str) or len(value) > 200):
        raise BadMapping(pointer, _("This is a text."))
    return value

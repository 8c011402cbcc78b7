"""Where in a file the roster is: which sheet, which row is its header, which column is which field."""

from collections.abc import Sequence
from dataclasses import dataclass

from ssc.roster.reading.faults import NotATable
from ssc.roster.reading.headers import SURE, Guess, guessed, lacking, score
from ssc.roster.reading.heads import Head
from ssc.roster.reading.mapping import Mapping
from ssc.roster.reading.tables import Table

HEADER_WITHIN = 60
"""Title rows above the header fit into this many rows."""

WIDEST = 500
"""Columns beyond are not looked at."""


@dataclass(frozen=True)
class Layout:
    """`fields` are columns, from 0, to fields; `header` the header's cells."""

    sheet: str
    header_row: int
    header: tuple[str, ...]
    fields: dict[int, str]


@dataclass(frozen=True)
class Place:
    """A sheet with the row that is most like a header, if any row is."""

    head: Head
    row: int
    header: tuple[str, ...]
    guesses: list[Guess]


def laid_out(table: Table, mapping: Mapping) -> Layout:
    """Raises NotATable when no sheet has a header with all that a roster needs."""
    place = best_place(places(table, mapping))
    fields = {g.index: g.field for g in place.guesses if g.field and g.confidence >= SURE}
    lacks = lacking([*fields.values(), *mapping.fixed])
    if not fields:
        raise NotATable("no-header")
    if lacks:
        raise NotATable("no-column", fields=", ".join(lacks))
    return Layout(place.head.sheet, place.row, place.header, _named(fields))


def places(table: Table, mapping: Mapping) -> list[Place]:
    """The likely header of each sheet that the mapping allows."""
    heads = table.heads(max(HEADER_WITHIN, mapping.header_row or 0))
    if mapping.sheet is not None and len(table.sheets) > 1:
        heads = [head for head in heads if head.sheet == mapping.sheet]
        if not heads:
            raise NotATable("no-sheet")
    return [_place(head, mapping) for head in heads]


def best_place(found: Sequence[Place]) -> Place:
    """The sheet whose header says most; hidden sheets only when no other has one."""
    if not found:
        raise NotATable("no-header")
    return max(found, key=lambda place: (_complete(place), place.head.visible, score(place.guesses)))


def _named(fields: dict[int, str]) -> dict[int, str]:
    """A file that has names in the persons' own script only has these for names."""
    if {"name", "family_name", "given_name"} & set(fields.values()):
        return fields
    own = {f"{name}_native": name for name in ("name", "family_name", "given_name")}
    return {column: own.get(name, name) for column, name in fields.items()}


def _place(head: Head, mapping: Mapping) -> Place:
    candidates = [
        (number, cells[:WIDEST])
        for number, cells in head.rows
        if mapping.header_row is None or number == mapping.header_row
    ]
    best = Place(head, 0, (), [])
    for number, cells in candidates:
        guesses = guessed(cells, mapping.given(cells))
        gain = score(guesses) - score(best.guesses)
        if gain > 0 or (gain == 0 and best.row and number == best.row + 1) or mapping.header_row:
            best = Place(head, number, tuple(cells), guesses)
    return best


def _complete(place: Place) -> bool:
    return not lacking(g.field for g in place.guesses if g.field and g.confidence >= SURE)

"""What staff see before they map a file's columns: sheets, headers, guesses and a few rows."""

from dataclasses import dataclass

from ssc.roster.reading.layout import best_place, places
from ssc.roster.reading.mapping import Mapping
from ssc.roster.reading.tables import Table

SAMPLES = 5


@dataclass(frozen=True)
class Suggestion:
    """A column and the field it probably is; `confidence` from 0 to 1, `samples` from the first rows."""

    index: int
    header: str
    field: str | None
    confidence: float
    samples: list[str]


@dataclass(frozen=True)
class SheetSurvey:
    """A sheet: `header_row` is 0 where no row looks like a header; `rows` are the first ones, titles included."""

    sheet: str
    visible: bool
    best: bool
    header_row: int
    columns: list[Suggestion]
    rows: list[tuple[int, list[str]]]


def survey(table: Table, mapping: Mapping | None = None) -> list[SheetSurvey]:
    """Every sheet of the file; the one that most likely holds the roster is `best`. Raises NotATable."""
    found = places(table, mapping or Mapping())
    best = best_place(found)
    surveys = []
    for place in found:
        after = [cells for number, cells in place.head.rows if number > place.row][:SAMPLES]
        columns = [
            Suggestion(g.index, g.header, g.field, g.confidence, [c[g.index] for c in after if g.index < len(c)])
            for g in place.guesses
        ]
        head = place.head
        surveys.append(
            SheetSurvey(head.sheet, head.visible, place is best, place.row, columns, head.rows[: SAMPLES * 4])
        )
    return surveys

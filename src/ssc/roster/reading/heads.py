"""The first rows of a sheet, where its header is looked for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Head:
    """`rows` are numbers, as a spreadsheet counts, and cells."""

    sheet: str
    visible: bool
    rows: list[tuple[int, list[str]]]

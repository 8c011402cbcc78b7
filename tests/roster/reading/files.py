"""Roster files made for the tests of reading."""

import io
from collections.abc import Mapping as Map
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from ssc.roster.reading import BadCell, Mapping, Row, Values, opened, read


def rows_of(content: bytes, mapping: Mapping | None = None) -> list[Row | BadCell]:
    with opened(io.BytesIO(content)) as table:
        return list(read(table, mapping))


def good(content: bytes, mapping: Mapping | None = None) -> list[Values]:
    """The values of a file that has good rows only."""
    rows = rows_of(content, mapping)
    assert [row for row in rows if isinstance(row, BadCell)] == []
    return [row.values for row in rows if isinstance(row, Row)]


def bad(content: bytes, mapping: Mapping | None = None) -> list[tuple[int, str, str]]:
    """Row, column and fault of what is wrong with a file."""
    return [(row.row, row.column, row.fault) for row in rows_of(content, mapping) if isinstance(row, BadCell)]


def csv_of(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def one(**cells: str) -> bytes:
    """A file of one row that is good but for what the cells say."""
    cells = {"name": "Asha Rao", "country": "IN", "exchange_code": "SSP-A-2014-00001"} | cells
    quoted = ['"' + cell.replace('"', '""') + '"' for cell in cells.values()]
    return csv_of(",".join(cells), ",".join(quoted))


def workbook(sheets: Map[str, Any], merges: Map[str, Sequence[str]] | None = None) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        for cells in (merges or {}).get(title, ()):
            sheet.merge_cells(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()

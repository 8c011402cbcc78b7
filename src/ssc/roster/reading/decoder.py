"""The process that unpacks a workbook from standard input and writes JSON lines; it imports none of ours."""

import datetime
import io
import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice

try:
    import resource
except ImportError:  # Windows has none
    resource = None  # type: ignore[assignment]

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

MEMORY_BYTES = 1024 * 1024 * 1024
SECONDS = 120

Merges = dict[int, list[tuple[int, int]]]


def main(arguments: list[str]) -> None:
    _bound()
    try:
        for answer in _answers(io.BytesIO(sys.stdin.buffer.read()), arguments):
            sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.write('"end"\n')
    except PasswordError:
        sys.stdout.write('"old-excel"\n')
    except MemoryError:
        sys.stdout.write('"unfolds"\n')
    except (CalamineError, ValueError, OSError):
        sys.stdout.write('"damaged"\n')


def _bound() -> None:
    """A bomb ends this process, not the club's."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answers(file: io.BytesIO, arguments: list[str]) -> Iterable[object]:
    workbook = CalamineWorkbook.from_filelike(file)
    if arguments[0] == "--list":
        yield [(sheet.name, sheet.visible == SheetVisibleEnum.Visible) for sheet in workbook.sheets_metadata]
        return
    if arguments[0] == "--length":
        yield workbook.get_sheet_by_name(arguments[1]).total_height
        return
    _rows_of, name, lines = arguments
    yield from islice(_rows(workbook.get_sheet_by_name(name)), int(lines) or None)


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    """Numbered from 1; rows that are empty but for what merged cells lend them are left out."""
    indent = [""] * (sheet.start[1] if sheet.start else 0)
    starts, above = _merges(sheet), dict[int, tuple[int, str]]()
    for number, row in enumerate(sheet.iter_rows()):
        cells = indent + [_text(cell) for cell in row]
        empty = not any(cells)
        for column, last in starts.get(number, ()):
            above[column] = (last, cells[column] if column < len(cells) else "")
        for column, (last, value) in list(above.items()):
            if number > last:
                del above[column]
            elif column < len(cells) and not cells[column]:
                cells[column] = value
        if not empty:
            yield number + 1, cells


def _merges(sheet: CalamineSheet) -> Merges:
    """By first row: columns of cells that reach over several rows, and the last of these."""
    found: Merges = {}
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or []:
        if bottom > top:
            found.setdefault(top, []).append((left, bottom))
    return found


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, datetime.date | datetime.time) else str(cell)


if __name__ == "__main__":
    main(sys.argv[1:])

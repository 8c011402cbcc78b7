"""An import's outcomes as a CSV file that a spreadsheet opens without running anything in it."""

import csv
import io
from collections.abc import AsyncIterator
from uuid import UUID

from ssc.core.i18n import _, speaking
from ssc.core.process import Process
from ssc.roster.importing import queries
from ssc.roster.importing.models import RosterOutcome
from ssc.roster.importing.shapes import errors_of, outcome_words

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


async def outcome_file(process: Process, import_id: UUID, language: str) -> AsyncIterator[str]:
    """The file piece by piece; a byte-order mark first, or Excel takes it for the machine's old encoding."""
    with speaking(language):
        yield "\ufeff" + _csv([[_("Row"), _("Outcome"), _("Name"), _("Remarks")]])
    async with process.database.transaction() as session:
        rows = await session.stream_scalars(queries.all_outcomes(import_id).execution_options(yield_per=1000))
        async for part in rows.partitions():
            with speaking(language):
                yield _csv([_cells(row) for row in part])


def neutral(cell: str) -> str:
    """A cell that a spreadsheet shows as text, whatever it begins with."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def remarks(row: RosterOutcome) -> list[str]:
    """What is wrong with a row, or what it changed, in the reader's language."""
    wrong = [f"{error.column}: {error.message}" if error.column else error.message for error in errors_of(row)]
    return wrong or [f"{name}: {_told(before)} → {_told(after)}" for name, (before, after) in row.changes.items()]


def _cells(row: RosterOutcome) -> list[str]:
    return [str(row.row), outcome_words(row.outcome), neutral(row.name), neutral("; ".join(remarks(row)))]


def _told(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "–" if value is None else str(value)


def _csv(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()

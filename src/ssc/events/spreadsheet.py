"""Attendees as a CSV file that a spreadsheet opens without running anything in it."""

import csv
import io
from collections.abc import Sequence

from ssc.core.i18n import _
from ssc.events.models import Event
from ssc.events.queries.attendees import Row
from ssc.events.words import statuses
from ssc.places import countries

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def file_of(event: Event, rows: Sequence[Row]) -> str:
    """A byte-order mark first, or Excel takes it for the machine's old encoding. One column a question."""
    written = io.StringIO()
    writer = csv.writer(written)
    heads = [_("Name"), _("Country or region"), _("Affiliation"), _("Status"), _("Guests"), _("Guests' names")]
    writer.writerow([neutral(cell) for cell in [*heads, *(question["label"] for question in event.questions)]])
    writer.writerows([neutral(cell) for cell in _cells(event, row)] for row in rows)
    return "\ufeff" + written.getvalue()


def neutral(cell: str) -> str:
    """A cell that a spreadsheet shows as text, whatever it begins with."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _cells(event: Event, row: Row) -> list[str]:
    answer, member = row.answer, row.member
    return [
        member.name,
        countries.name(member.country),
        member.affiliation or "",
        statuses()[answer.status],
        str(answer.guests),
        "; ".join(answer.guest_names),
        *(row.answers.get(question["key"], "") for question in event.questions),
    ]

"""What staff submit on the mapping page: which column is which field, and what the file leaves unsaid."""

import re
from collections.abc import Mapping as Map
from typing import Any

from starlette.datastructures import FormData

from ssc.core.i18n import _
from ssc.roster.reading import Mapping, SheetSurvey, Suggestion
from ssc.roster.reading.headers import SURE
from ssc.roster.reading.layout import HEADER_WITHIN
from ssc.roster.reading.synonyms import FIELDS
from ssc.web.forms import Form

SAID_ONCE = ("country", "programme", "exchange_code", "exchange_title", "fiscal_year", "host")
"""What may be said for the whole file where it has no column for it."""

REPEATED = ("country", "programme", "exchange_code", "exchange_title", "fiscal_year", "host", "sending")
"""Where an empty cell may mean the one above."""


def shown(sheet: SheetSurvey, mapping: Mapping | None) -> Form[Any]:
    """The form as the guesses and a kept mapping fill it in."""
    values: dict[str, Any] = {f"column-{c.index}": guess(c) for c in sheet.columns}
    mapping = mapping or Mapping()
    values |= {f"fixed-{name}": value for name, value in mapping.fixed.items()}
    values["fill_down"] = sorted(mapping.fill_down)
    values["day_first"] = "" if mapping.day_first is None else str(mapping.day_first).lower()
    values["keep"] = "true"
    return Form(values=values)


def guess(column: Suggestion) -> str:
    """The field to show as chosen: also an unsure one, since a person looks."""
    return column.field or ""


def unsure(column: Suggestion) -> bool:
    """Whether the guess should be pointed out."""
    return column.field is not None and column.confidence < SURE


def submitted(form: FormData) -> Form[Any]:
    """The form as it came, for showing it again."""
    values: dict[str, Any] = {name: form.get(name) for name in form if isinstance(form.get(name), str)}
    values["fill_down"] = form.getlist("fill_down")
    return Form(values=values)


def header_row_of(values: Map[str, Any]) -> int:
    """The header's row as the page names it; 0 where it names none."""
    named = re.fullmatch("[0-9]{1,2}", str(values.get("header_row")))
    return min(int(named[0]), HEADER_WITHIN) if named else 0


def mapping_of(values: Map[str, Any], sheet: str, header_row: int, columns: int) -> Mapping:
    """The mapping that the form says. Raises BadMapping."""
    first = {"true": True, "false": False}.get(str(values.get("day_first")))
    return Mapping.of(
        {
            "sheet": sheet or None,
            "header_row": header_row or None,
            "columns": {f"#{i + 1}": values.get(f"column-{i}") or None for i in range(columns)},
            "fixed": {name: str(values[f"fixed-{name}"]) for name in SAID_ONCE if values.get(f"fixed-{name}")},
            "fill_down": [name for name in values.get("fill_down", []) if name in REPEATED],
            "day_first": first,
        }
    )


def field_words(name: str) -> str:
    """A field as the pages call it."""
    return {
        "name": _("Name"),
        "name_native": _("Name in own script"),
        "family_name": _("Family name"),
        "given_name": _("Given name"),
        "family_name_native": _("Family name in own script"),
        "given_name_native": _("Given name in own script"),
        "email": _("Email"),
        "email_2": _("Second email"),
        "country": _("Country or region"),
        "birth_date": _("Birth date"),
        "programme": _("Programme"),
        "exchange_code": _("Exchange code"),
        "exchange_title": _("Exchange title"),
        "fiscal_year": _("Fiscal year"),
        "host": _("Host"),
        "sending": _("Sending organisations"),
        "role": _("Role"),
        "starts_on": _("First day"),
        "ends_on": _("Last day"),
        "period": _("First and last day"),
        "field": _("Field"),
        "do_not_contact": _("Do not contact"),
        "mail_opt_out": _("Wants no mail"),
        "deceased": _("Deceased"),
    }[name]


def field_choices() -> list[tuple[str, str]]:
    """The fields that a column can be, for a select."""
    first = ["name", "family_name", "given_name", "name_native", "family_name_native", "given_name_native"]
    dates = ["starts_on", "ends_on", "period"]
    order = [*first, *(name for name in FIELDS if name not in (*first, *dates)), *dates]
    return [(name, field_words(name)) for name in order]

"""What can be wrong with a roster file or a cell of it, and how that is said."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ssc.core.i18n import Words, words

FAULTS: dict[str, Words] = {
    "missing": words("This is missing."),
    "too-long": words("This is too long: at most {maximum} characters."),
    "control": words("This holds characters that cannot be stored."),
    "undecodable": words("This holds letters that cannot be read. Save the file as UTF-8."),
    "name.formula": words("A name cannot begin with {sign}."),
    "email.invalid": words("“{value}” is no mail address."),
    "email.many": words("At most two mail addresses fit one person."),
    "country.unknown": words("“{value}” is no country or region that we know."),
    "country.ambiguous": words("“{value}” may be several countries. Write the code: {choices}."),
    "programme.unknown": words("“{value}” is no programme that we know."),
    "programme.ambiguous": words("“{value}” may be several programmes. Write the code: {choices}."),
    "role.unknown": words("“{value}” is no role that we know."),
    "flag.unknown": words("“{value}” is neither yes nor no."),
    "date.invalid": words("“{value}” is no date. Write it like 2014-11-04."),
    "date.impossible": words("“{value}” is a day that does not exist."),
    "date.ambiguous": words("“{value}” may be two days. Write it like 2014-11-04, or say which comes first."),
    "date.incomplete": words("“{value}” lacks the day or the month."),
    "birth.future": words("The birth date is in the future."),
    "birth.old": words("The birth date is more than 110 years ago."),
    "period.backwards": words("The exchange ends before it starts."),
    "year.invalid": words("“{value}” is no fiscal year. Write it like 2014."),
    "code.invalid": words("“{value}” is no exchange code: letters, digits, dots and hyphens only."),
    "exchange.missing": words("Which exchange is missing: its code, or its title, fiscal year and host."),
    "sending.many": words("At most {maximum} sending organisations fit one row."),
    "programme.needed": words("The exchange {code} is new: its programme is needed."),
    "year.needed": words("The exchange {code} is new: its fiscal year is needed."),
    "cells.surplus": words("This row has more cells than the header. Is a comma inside a cell without quotes?"),
    "row.unreadable": words("This row cannot be read. Is a quotation mark left open?"),
}

REFUSALS: dict[str, Words] = {
    "kind": words("This is no table that can be read. Send the roster as .xlsx or .csv."),
    "old-excel": words("This is an old or locked Excel file. Save it as .xlsx without a password."),
    "too-large": words("The file is too large. A roster may have {megabytes} MB."),
    "unfolds": words("The workbook is too large once unpacked. Save the roster's sheet as .csv."),
    "damaged": words("The file is damaged and cannot be read."),
    "gone": words("The file is not kept any more. Please upload it again."),
    "interrupted": words("The import was interrupted. Nothing was changed; please start it again."),
    "broken": words("Something broke on our side. Nothing was changed; please try again."),
    "empty": words("The file is empty."),
    "no-header": words("No row of the file looks like the header of a roster."),
    "no-column": words("No column of the header was recognised as: {fields}."),
    "no-sheet": words("The file has no sheet of that name."),
}

UNSUPPORTED = frozenset({"kind", "old-excel"})


class NotATable(Exception):
    """The file as a whole cannot be a roster; `unsupported`: by its kind (415), else by its content (422)."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values

    @property
    def unsupported(self) -> bool:
        return self.reason in UNSUPPORTED

    @property
    def message(self) -> str:
        return REFUSALS[self.reason]().format(**self.values)


class Bad(Exception):
    """A cell's content is not what its column takes; `fault` is a key of FAULTS."""

    def __init__(self, fault: str, **values: object) -> None:
        super().__init__(fault)
        self.fault = fault
        self.values = values


@dataclass(frozen=True, slots=True)
class BadCell:
    """What is wrong with one cell; `column` is a field's name, or empty for the row as a whole.

    `about` is the row's name, address and exchange code as they stand in the file, where it is known.
    """

    row: int
    column: str
    fault: str
    values: Mapping[str, object] = field(default_factory=dict)
    about: tuple[str, str, str] = ("", "", "")

    @property
    def message(self) -> str:
        """In the reader's language."""
        return said(self.fault, self.values)


def said(fault: str, values: Mapping[str, object]) -> str:
    """A stored fault in the reader's language."""
    return FAULTS[fault]().format(**values)


def shown(text: str) -> str:
    """A cell as a message may quote it: short, on one line, without what cannot be stored."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= 60 else line[:59] + "…"

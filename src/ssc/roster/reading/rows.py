"""A table's rows as persons in exchanges: every cell understood, or named with what is wrong with it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from ssc.core.clock import fiscal_year, today_in_japan
from ssc.roster.reading.addresses import addresses
from ssc.roster.reading.choices import a_flag, a_role
from ssc.roster.reading.codes import a_code, made_code
from ssc.roster.reading.countries import a_country
from ssc.roster.reading.dates import a_date, a_period
from ssc.roster.reading.delimited import UNREADABLE
from ssc.roster.reading.faults import Bad, BadCell
from ssc.roster.reading.folding import fold
from ssc.roster.reading.layout import laid_out
from ssc.roster.reading.mapping import Mapping
from ssc.roster.reading.names import FIELD, TITLE, a_line, a_name, an_organisation, organisations, whole_name
from ssc.roster.reading.programmes import a_programme, programme_in_code
from ssc.roster.reading.tables import Table
from ssc.roster.reading.years import FIRST_YEAR, a_fiscal_year, year_in_code

T = TypeVar("T")

OLDEST = 110
"""Years; nobody on a roster is older."""

_WHOLES = {
    "family_name": ("name",),
    "given_name": ("name",),
    "family_name_native": ("name_native",),
    "given_name_native": ("name_native",),
    "period": ("starts_on", "ends_on"),
}

ELDER, YOUNGEST = 85, 10
"""Between these ages a birth year of two digits is believed."""


@dataclass(frozen=True, slots=True)
class Values:
    """What a row says; None where it says nothing. `code_made` tells that the file gave no exchange code."""

    name: str
    name_native: str | None
    email: str | None
    email_2: str | None
    country: str
    birth_date: date | None
    programme: str | None
    exchange_code: str
    code_made: bool
    exchange_title: str | None
    fiscal_year: int | None
    host: str | None
    sending: tuple[str, ...]
    role: str | None
    starts_on: date | None
    ends_on: date | None
    field: str | None
    do_not_contact: bool | None
    mail_opt_out: bool | None
    deceased: bool | None


@dataclass(frozen=True, slots=True)
class Row:
    """A good row; `number` counts as a spreadsheet does."""

    number: int
    values: Values


class Reading:
    """The rows of a file, in its order; a bad row comes as its bad cells and stops no other.

    `columns` are the fields of which the file speaks at all: an empty cell of another column says nothing.
    """

    def __init__(self, table: Table, mapping: Mapping) -> None:
        self._table = table
        self._layout = laid_out(table, mapping)
        self._understanding = _Understanding(mapping, today_in_japan())
        spoken = {*self._layout.fields.values(), *mapping.fixed}
        self.columns = frozenset(whole for part in spoken for whole in _WHOLES.get(part, (part,)))

    @property
    def length(self) -> int:
        """How many rows there may be, before they are read."""
        return max(0, self._table.length(self._layout.sheet) - self._layout.header_row)

    def __iter__(self) -> Iterator[Row | BadCell]:
        understanding, above = self._understanding, dict[str, str]()
        for number, cells in self._table.rows(self._layout.sheet):
            if number <= self._layout.header_row or not any(cell.strip() for cell in cells):
                continue
            if fault := self._unusable(cells):
                yield BadCell(number, "", fault)
            elif not self._is_header(cells):
                texts = {name: cells[i].strip() for i, name in self._layout.fields.items() if i < len(cells)}
                for name in understanding.mapping.fill_down:
                    texts[name] = above[name] = texts.get(name) or above.get(name, "")
                yield from understanding.outcome(number, texts)

    def _unusable(self, cells: list[str]) -> str | None:
        if cells == [UNREADABLE]:
            return "row.unreadable"
        surplus = self._table.surplus_is_wrong and any(cell.strip() for cell in cells[len(self._layout.header) :])
        return "cells.surplus" if surplus else None

    def _is_header(self, cells: list[str]) -> bool:
        header = self._layout.header
        return fold(cells[0]) == fold(header[0]) and [fold(c) for c in cells] == [fold(c) for c in header]


def read(table: Table, mapping: Mapping | None = None) -> Reading:
    """Raises NotATable, at once, when the file has no header that can be recognised."""
    return Reading(table, mapping or Mapping())


class _Understanding:
    """One pass over a file: its mapping and the day on which it is read."""

    def __init__(self, mapping: Mapping, today: date) -> None:
        self.mapping = mapping
        self._today = today

    def outcome(self, number: int, texts: dict[str, str]) -> Iterator[Row | BadCell]:
        for name, value in self.mapping.fixed.items():
            texts[name] = texts.get(name) or value
        row = _Cells(number, texts)
        values = self._values(row)
        if row.bad:
            yield from row.bad
        elif values is not None:
            yield Row(number, values)

    def _values(self, row: "_Cells") -> Values | None:
        row.split_period()
        country = row.needed("country", a_country)
        starts_on, ends_on = row.optional("starts_on", self._exchange_day), row.optional("ends_on", self._exchange_day)
        if starts_on and ends_on and ends_on < starts_on:
            row.refuse("ends_on", Bad("period.backwards"))
        emails = row.emails()
        programme = row.optional("programme", a_programme)
        code = row.optional("exchange_code", a_code)
        year = row.optional("fiscal_year", self._fiscal_year) or _implied_year(code, starts_on)
        title, host = row.line("exchange_title", TITLE), row.optional("host", an_organisation)
        used = code or (made_code(title, year, host) if title and year and host else None)
        if used is None and not row.refused("exchange_code", "fiscal_year", "exchange_title", "host"):
            row.refuse("exchange_code", Bad("exchange.missing"))
        name, native = row.names(country)
        birth_date = row.optional("birth_date", self._birth_date)
        flags = [row.optional(flag, a_flag) for flag in ("do_not_contact", "mail_opt_out", "deceased")]
        rest = row.optional("sending", organisations), row.optional("role", a_role), row.line("field", FIELD)
        if row.bad or not name or not country or not used:
            return None
        programme = programme or programme_in_code(used)
        sending, role, field = rest
        return Values(
            name, native, emails[0], emails[1], country, birth_date, programme, used, code is None, title, year, host,
            sending or (), role, starts_on, ends_on, field, flags[0], flags[1], flags[2],
        )  # fmt: skip

    def _birth_date(self, text: str) -> date:
        day = a_date(text, self.mapping.day_first, self._today.year - ELDER, self._today.year - YOUNGEST)
        if day > self._today:
            raise Bad("birth.future")
        if day.year < self._today.year - OLDEST:
            raise Bad("birth.old")
        return day

    def _exchange_day(self, text: str) -> date:
        return a_date(text, self.mapping.day_first, FIRST_YEAR, self._today.year + 3)

    def _fiscal_year(self, text: str) -> int:
        return a_fiscal_year(text, self._today.year + 1)


class _Cells:
    """The texts of one row by field, and what was found wrong with them."""

    def __init__(self, number: int, texts: dict[str, str]) -> None:
        self._number = number
        self._texts = texts
        self.bad: list[BadCell] = []

    def refuse(self, column: str, bad: Bad) -> None:
        said = self._texts.get("name", ""), self._texts.get("email", ""), self._texts.get("exchange_code", "")
        self.bad.append(BadCell(self._number, column, bad.fault, bad.values, said))

    def refused(self, *columns: str) -> bool:
        return any(cell.column in columns for cell in self.bad)

    def optional(self, column: str, understand: Callable[[str], T]) -> T | None:
        text = self._texts.get(column, "")
        if not text:
            return None
        try:
            return understand(text)
        except Bad as bad:
            self.refuse(column, bad)
            return None

    def needed(self, column: str, understand: Callable[[str], T]) -> T | None:
        if not self._texts.get(column):
            self.refuse(column, Bad("missing"))
        return self.optional(column, understand)

    def line(self, column: str, maximum: int) -> str | None:
        return self.optional(column, lambda text: a_line(text, maximum)) or None

    def emails(self) -> tuple[str | None, str | None]:
        """Two at most, from either column."""
        first, second = self.optional("email", addresses) or (), self.optional("email_2", addresses) or ()
        both = tuple(dict.fromkeys(first + second))
        if len(both) > 2:
            self.refuse("email_2", Bad("email.many"))
        return (*both, None, None)[0], (*both, None, None)[1]

    def names(self, country: str | None) -> tuple[str | None, str | None]:
        native = self._name("name_native", "family_name_native", "given_name_native", country)
        name = self._name("name", "family_name", "given_name", country)
        if not name and not self.refused("name"):
            self.refuse("name", Bad("missing"))
        return name, native

    def _name(self, whole: str, family: str, given: str, country: str | None) -> str | None:
        if not self._texts.get(whole):
            parts = self._texts.get(family, ""), self._texts.get(given, "")
            self._texts[whole] = whole_name(*parts, country)
        return self.optional(whole, a_name) or None

    def split_period(self) -> None:
        ends = self.optional("period", a_period)
        if ends:
            self._texts["starts_on"] = self._texts.get("starts_on") or ends[0]
            self._texts["ends_on"] = self._texts.get("ends_on") or ends[1]


def _implied_year(code: str | None, starts_on: date | None) -> int | None:
    return (year_in_code(code) if code else None) or (fiscal_year(starts_on) if starts_on else None)

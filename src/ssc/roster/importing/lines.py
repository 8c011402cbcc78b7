"""A row of a roster as the database stages it: its line, its keys, and which rows of a file are one person's."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ssc.accounts.addresses import key_of
from ssc.core import text
from ssc.people.actions import name_key
from ssc.roster.importing.rules import identity
from ssc.roster.reading import BadCell, Row, Values

FIELDS = (
    "name", "name_native", "email", "email_2", "country", "birth_date", "programme", "exchange_title", "fiscal_year",
    "host", "sending", "role", "starts_on", "ends_on", "field", "do_not_contact", "mail_opt_out", "deceased",
)  # fmt: skip
"""What a line holds beside the exchange's code; absent where the row says nothing."""


@dataclass(slots=True)
class Line:
    """A good row (`faults` empty) or a bad one with as much of it as could be read."""

    row: int
    code: str
    line: dict[str, Any] = field(default_factory=dict)
    code_made: bool = False
    withdrawn: bool = False
    faults: list[dict[str, Any]] = field(default_factory=list)
    person: int = 0
    name_key: str = ""
    emails: tuple[tuple[str, str], ...] = ()
    """(address, key) of each."""
    key: bytes = b""
    """rules.identity; empty for a bad row."""

    @property
    def name(self) -> str:
        return str(self.line.get("name", ""))


def lines_of(rows: Iterable[Row | BadCell]) -> Iterator[Line]:
    """One line a row, persons numbered; the bad cells of a row together."""
    grouping = Grouping()
    bad: Line | None = None
    for row in rows:
        if isinstance(row, BadCell):
            if bad is None or bad.row != row.row:
                if bad is not None:
                    yield bad
                bad = _bad(row)
            bad.faults.append({"column": row.column, "fault": row.fault, "values": dict(row.values)})
            continue
        if bad is not None:
            yield bad
            bad = None
        line = stored(row.number, row.values.exchange_code, _said(row.values), code_made=row.values.code_made)
        line.person = grouping.person(line)
        yield line
    if bad is not None:
        yield bad


def stored(row: int, code: str, said: Mapping[str, Any], *, code_made: bool = False, person: int = 0) -> Line:
    """The line for what a row says, as it is kept in JSON; `role` may be `withdrawn`."""
    said = dict(said)
    withdrawn = said.get("role") == "withdrawn"
    if withdrawn:
        del said["role"]
    emails = tuple((address, key_of(address)) for address in addresses_of(said))
    names = name_key(said["name"])[:240]
    key = identity(said, names, code)
    return Line(row, code, said, code_made, withdrawn, [], person, names, emails, key)


def addresses_of(said: Mapping[str, Any]) -> list[str]:
    """All addresses of a line: its own two, and those of other rows about the same person in the same exchange."""
    own = [said[name] for name in ("email", "email_2") if said.get(name)]
    return list(dict.fromkeys([*own, *said.get("also", ())]))


def combined(earlier: Mapping[str, Any], later: Mapping[str, Any]) -> dict[str, Any]:
    """What two rows about one person in one exchange say together, as `changes` makes it of a file."""
    both = {**earlier, **later}
    both.pop("also", None)
    own = {both.get("email"), both.get("email_2")}
    also = sorted({*addresses_of(earlier), *addresses_of(later)} - own)
    return both | ({"also": also} if also else {})


class Grouping:
    """Numbers the persons of a file: rows that are certainly about one get one number."""

    def __init__(self) -> None:
        self._known: dict[int, int] = {}
        self._addressed: set[int] = set()
        self._count = 0

    def person(self, line: Line) -> int:
        sure, weak = self._keys(line)
        number = next((self._known[key] for key in sure if key in self._known), 0)
        if not number:
            number = next((n for key in weak if (n := self._known.get(key, 0)) and self._may_be(n, line)), 0)
        if not number:
            self._count += 1
            number = self._count
        for key in (*sure, *weak):
            self._known.setdefault(key, number)
        if line.emails:
            self._addressed.add(number)
        return number

    def _may_be(self, number: int, line: Line) -> bool:
        return not line.emails or number not in self._addressed

    def _keys(self, line: Line) -> tuple[list[int], list[int]]:
        """An address with a name or a birth date is sure; a name with country and birth date (or exchange) weak."""
        born = line.line.get("birth_date")
        sure = [hash((key, line.name_key)) for _address, key in line.emails]
        sure += [hash((key, born)) for _address, key in line.emails if born]
        return sure, [hash((line.name_key, line.line["country"], born or line.code))]


COLUMNS = (
    "row", "person", "code", "code_made", "withdrawn", "faults", "name", "name_key", "name_native", "country",
    "birth_date", "emails", "email_keys", "host_key", "sending_keys", "key", "line",
)  # fmt: skip


def copied(line: Line) -> Sequence[object]:
    """The line's values in the order of COLUMNS."""
    said = line.line
    good = not line.faults
    return (
        line.row,
        line.person or None,
        line.code,
        line.code_made,
        line.withdrawn,
        None if good else json.dumps(line.faults),
        line.name,
        line.name_key,
        said.get("name_native"),
        said.get("country"),
        said.get("birth_date"),
        _array(address for address, _key in line.emails),
        _array(key for _address, key in line.emails),
        organisation_key(said["host"]) if "host" in said else None,
        _array(organisation_key(name) for name in said.get("sending", ())),
        "\\x" + line.key.hex() if good else None,
        json.dumps(said),
    )


def as_copy(lines: Iterable[Line]) -> bytes:
    """Lines in PostgreSQL's text format for COPY."""
    return "".join("\t".join(map(_escaped, copied(line))) + "\n" for line in lines).encode()


@lru_cache(maxsize=16384)
def organisation_key(name: str) -> str:
    """As programmes.OrganisationName keeps it."""
    return text.plain(name)[:400]


def _said(values: Values) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for name in FIELDS:
        value = getattr(values, name)
        if value is not None and value != ():
            said[name] = (
                value.isoformat() if hasattr(value, "isoformat") else list(value) if name == "sending" else value
            )
    return said


def _bad(cell: BadCell) -> Line:
    name, address, code = cell.about
    line = Line(cell.row, code.strip().upper()[:60], {"name": _printable(name)[:120]} if name else {})
    line.name_key = name_key(_printable(name))[:240]
    line.emails = ((address.lower()[:254], key_of(_printable(address))),) if "@" in address else ()
    return line


def _printable(words: str) -> str:
    return "".join(c if c.isprintable() else " " for c in words.encode("utf-8", "replace").decode())


def _array(items: Iterable[str]) -> str:
    return "{" + ",".join('"' + item.replace("\\", "\\\\").replace('"', '\\"') + '"' for item in items) + "}"


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": " "})


def _escaped(value: object) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value).translate(_ESCAPES)

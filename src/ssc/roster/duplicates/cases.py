"""A likely duplicate with both of its sides, as they were read."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ssc.roster.importing.models import Duplicate


@dataclass(frozen=True)
class Record:
    """One side: a member, or the lines of a person who waits. `exchanges` are (code, title, fiscal year)."""

    member_id: UUID | None
    handle: str | None
    claimed: bool
    name: str
    name_native: str | None
    country: str
    birth_date: date | None
    addresses: list[str]
    exchanges: list[tuple[str, str, int | None]]
    file_name: str | None = None
    rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class Case:
    """A likely duplicate with both sides; `other` is None where it has been merged into the first."""

    duplicate: Duplicate
    member: Record
    other: Record | None

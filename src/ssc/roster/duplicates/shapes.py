"""What the API answers about likely duplicates."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from ssc.roster.duplicates.cases import Case, Record
from ssc.web.api import Body, Instant


class DecisionBody(Body):
    """Whether both are one person."""

    same: bool


class RecordExchange(BaseModel):
    code: str
    title: str
    fiscal_year: int | None


class RecordShape(BaseModel):
    """One side of a likely duplicate: a member's record, or the lines of a file that wait."""

    member: UUID | None
    handle: str | None
    claimed: bool
    name: str
    name_native: str | None
    country: str
    birth_date: date | None
    emails: list[str]
    exchanges: list[RecordExchange]
    file_name: str | None = Field(description="For lines that wait: of which file.")
    rows: list[int]

    @classmethod
    def of(cls, record: Record) -> "RecordShape":
        return cls(
            member=record.member_id,
            handle=record.handle,
            claimed=record.claimed,
            name=record.name,
            name_native=record.name_native,
            country=record.country,
            birth_date=record.birth_date,
            emails=record.addresses,
            exchanges=[RecordExchange(code=c, title=t, fiscal_year=y) for c, t, y in record.exchanges],
            file_name=record.file_name,
            rows=list(record.rows),
        )


class DuplicateShape(BaseModel):
    """Two records that may be one person; `other` is null where they have been merged into the first."""

    id: UUID
    score: int
    likeness: dict[str, str] = Field(description="By name, birth_date, address, exchange and country: a word.")
    member: RecordShape
    other: RecordShape | None
    decision: Literal["same", "different"] | None
    decided_at: Instant | None

    @classmethod
    def of(cls, case: Case) -> "DuplicateShape":
        row = case.duplicate
        return cls(
            id=row.id,
            score=row.score,
            likeness=row.likeness,
            member=RecordShape.of(case.member),
            other=RecordShape.of(case.other) if case.other else None,
            decision=row.decision,
            decided_at=row.decided_at,
        )

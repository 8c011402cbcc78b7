"""What the API answers about roster imports."""

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from ssc.core.i18n import _
from ssc.people.models import Member
from ssc.roster.importing.models import RosterImport, RosterOutcome
from ssc.roster.reading import NotATable
from ssc.roster.reading.faults import said
from ssc.web.api import Instant

Outcome = Literal["created", "updated", "unchanged", "waiting", "bad"]


class ImportAsked(BaseModel):
    """The import that was asked for."""

    id: UUID


class RowError(BaseModel):
    """What is wrong with one cell; `column` is a roster column, or empty for the row as a whole."""

    row: int = Field(description="As a spreadsheet counts, the header being 1.")
    column: str
    message: str


class ImportShape(BaseModel):
    """How far an import is and what became of its rows."""

    id: UUID
    file_name: str
    state: Literal["queued", "running", "done", "failed"]
    dry_run: bool
    rows: int = Field(description="An estimate until all rows are read.")
    done: int = Field(description="How far it is, in rows.")
    created: int = Field(description="New members.")
    updated: int = Field(description="Rows that changed somebody known.")
    unchanged: int
    waiting: int = Field(description="Rows that await a decision as likely duplicates.")
    bad: int = Field(description="Rows with errors; they stop no other.")
    errors: list[RowError] = Field(description="Of the first 1,000 bad rows; the outcomes have all.")
    outcomes: str = Field(description="Where every row's outcome is.")
    failure: str | None = Field(description="Why it failed; nothing was changed then.")
    created_at: Instant
    finished_at: Instant | None

    @classmethod
    def of(cls, job: RosterImport, bad: Sequence[RosterOutcome]) -> "ImportShape":
        return cls(
            id=job.id,
            file_name=job.file_name,
            state=job.state,
            dry_run=job.dry_run,
            rows=job.rows,
            done=job.done,
            created=job.created,
            updated=job.updated,
            unchanged=job.unchanged,
            waiting=job.waiting,
            bad=job.bad,
            errors=[error for row in bad for error in errors_of(row)],
            outcomes=f"/api/v1/roster-imports/{job.id}/outcomes",
            failure=failure_of(job),
            created_at=job.created_at,
            finished_at=job.finished_at,
        )


class OutcomeShape(BaseModel):
    """What became of one row."""

    row: int
    outcome: Outcome
    name: str
    member: UUID | None = Field(description="The record it is about; none for bad and waiting rows.")
    handle: str | None = Field(description="Hers, if she has claimed it.")
    errors: list[RowError]
    changes: dict[str, list[Any]] = Field(description="By column: before and after.")

    @classmethod
    def of(cls, row: RosterOutcome, member: Member | None) -> "OutcomeShape":
        return cls(
            row=row.row,
            outcome=row.outcome,
            name=row.name,
            member=row.member_id,
            handle=member.handle if member else None,
            errors=errors_of(row),
            changes=row.changes,
        )


def errors_of(row: RosterOutcome) -> list[RowError]:
    """What is wrong with a row, in the reader's language."""
    return [
        RowError(row=row.row, column=error["column"], message=said(error["fault"], error["values"]))
        for error in row.errors
    ]


def failure_of(job: RosterImport) -> str | None:
    """Why an import failed, in the reader's language."""
    if job.state != "failed":
        return None
    failure = job.failure or {"reason": "broken", "values": {}}
    return NotATable(failure["reason"], **failure["values"]).message


def outcome_words(outcome: str) -> str:
    """An outcome as the pages say it."""
    return {
        "created": _("New"),
        "updated": _("Updated"),
        "unchanged": _("Unchanged"),
        "waiting": _("Waiting"),
        "bad": _("Error"),
    }[outcome]

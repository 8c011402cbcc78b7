"""Roster files, what became of their rows, and the roster's own lines as they were last imported."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ssc.core import clock
from ssc.core.db import Base, Dated, Identified

OUTCOMES = ("created", "updated", "unchanged", "waiting", "bad")


class RosterFile(Identified, Dated, Base):
    """A file that staff uploaded; its bytes are kept as long as it may still be imported."""

    __tablename__ = "roster_file"

    name: Mapped[str] = mapped_column(String(255))
    bytes: Mapped[int]
    uploaded_by: Mapped[UUID | None]

    @property
    def blob(self) -> str:
        """Where its bytes are."""
        return f"rosters/{self.id}"


class RosterImport(Identified, Dated, Base):
    """One import of a file, or its rehearsal: how far it is and what became of the rows."""

    __tablename__ = "roster_import"
    __table_args__ = (
        CheckConstraint("state IN ('queued', 'running', 'done', 'failed')", name="state"),
        Index("ix_roster_import_file_id", "file_id"),
        Index("ix_roster_import_digest", "digest"),
    )

    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("roster_file.id", ondelete="SET NULL"))
    file_name: Mapped[str] = mapped_column(String(255))
    mapping: Mapped[dict[str, Any] | None] = mapped_column(comment="as reading.Mapping keeps it; None: by the header")
    dry_run: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(10), default="queued")
    rows: Mapped[int] = mapped_column(default=0, comment="of the file; an estimate until all are read")
    done: Mapped[int] = mapped_column(default=0, comment="how far, in rows")
    created: Mapped[int] = mapped_column(default=0)
    updated: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)
    bad: Mapped[int] = mapped_column(default=0)
    digest: Mapped[str | None] = mapped_column(String(64), comment="of the good rows, whatever the file's format")
    failure: Mapped[dict[str, Any] | None] = mapped_column(comment="{reason, values} of reading.NotATable, or a word")
    started_by: Mapped[UUID | None] = mapped_column(comment="None: from the command line")
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    @property
    def over(self) -> bool:
        return self.state in ("done", "failed")

    @property
    def worth_another_try(self) -> bool:
        """Whether it failed for a reason that is not in the file."""
        return self.state == "failed" and (self.failure or {}).get("reason") in ("broken", "interrupted")


class RosterOutcome(Base):
    """What became of one row of an import. `row` counts as a spreadsheet does."""

    __tablename__ = "roster_outcome"
    __table_args__ = (
        CheckConstraint("outcome IN ('created', 'updated', 'unchanged', 'waiting', 'bad')", name="outcome"),
        Index("ix_roster_outcome_outcome", "import_id", "outcome", "row"),
        Index("ix_roster_outcome_member_id", "member_id"),
    )

    import_id: Mapped[UUID] = mapped_column(ForeignKey("roster_import.id", ondelete="CASCADE"), primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    outcome: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(Text)
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    errors: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list, comment="[{column, fault, values}]")
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="{field: [before, after]}")


class RosterEntry(Base):
    """The roster's own line for a person in an exchange, as it was last imported."""

    __tablename__ = "roster_entry"
    __table_args__ = (Index("ix_roster_entry_exchange_id", "exchange_id"),)

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    exchange_id: Mapped[UUID] = mapped_column(ForeignKey("exchange.id", ondelete="CASCADE"), primary_key=True)
    line: Mapped[dict[str, Any]]
    row: Mapped[int]
    file_name: Mapped[str] = mapped_column(String(255))
    updated_at: Mapped[datetime] = mapped_column(default=clock.now)


class RosterLine(Base):
    """A row of a file as it counts for a member in an exchange. What they say together is the roster's own line.

    Decisions move rows from person to person; a file that brings only rows that count already changes nothing.
    """

    __tablename__ = "roster_line"
    __table_args__ = (Index("ix_roster_line_exchange_id", "exchange_id"),)

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    exchange_id: Mapped[UUID] = mapped_column(ForeignKey("exchange.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[int] = mapped_column(
        BigInteger, primary_key=True, comment="of what the row says, and of which fields its file has"
    )
    key: Mapped[bytes] = mapped_column(LargeBinary, comment="rules.identity of the row")
    line: Mapped[dict[str, Any]]
    withdrawn: Mapped[bool]
    brought: Mapped[bool] = mapped_column(comment="whether the participation came with the roster's lines")
    row: Mapped[int]
    file_name: Mapped[str] = mapped_column(String(255))
    applied_at: Mapped[datetime] = mapped_column(default=clock.now)


class RosterIdentity(Base):
    """That a line of a roster which says this of a person is about this member: found so, or decided by staff."""

    __tablename__ = "roster_identity"
    __table_args__ = (Index("ix_roster_identity_member_id", "member_id"),)

    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True, comment="rules.identity of the line")
    member_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), comment="None: took no part, and was nobody known"
    )


class RosterMapping(Base):
    """How staff map the columns of files with this header."""

    __tablename__ = "roster_mapping"

    signature: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True, comment="digest of the folded header")
    mapping: Mapped[dict[str, Any]]
    saved_by: Mapped[UUID | None]
    saved_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)


class WaitingPerson(Identified, Dated, Base):
    """A person in a file who may be somebody known; her lines wait here until staff have decided."""

    __tablename__ = "waiting_person"
    __table_args__ = (UniqueConstraint("key"), Index("ix_waiting_person_member_id", "member_id"))

    key: Mapped[bytes] = mapped_column(LargeBinary, comment="rules.identity of her first line")
    name: Mapped[str] = mapped_column(String(120))
    country: Mapped[str] = mapped_column(String(2))
    birth_date: Mapped[date | None]
    lines: Mapped[list[dict[str, Any]]] = mapped_column(
        JSONB, comment="[{row, code, withdrawn, line, rows: [[key, digest]]}], one an exchange"
    )
    columns: Mapped[list[str]] = mapped_column(JSONB, comment="the fields that the file has")
    file_name: Mapped[str] = mapped_column(String(255))
    member_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), comment="who she is, once decided"
    )


class Duplicate(Identified, Dated, Base):
    """That a waiting person, or another record, may be this member; and what staff decided."""

    __tablename__ = "duplicate"
    __table_args__ = (
        UniqueConstraint("member_id", "waiting_id"),
        UniqueConstraint("member_id", "other_id"),
        CheckConstraint("num_nonnulls(other_id, waiting_id) = 1", name="two_sides"),
        CheckConstraint("decision IN ('same', 'different')", name="decision"),
        Index("ix_duplicate_waiting_id", "waiting_id"),
        Index("ix_duplicate_other_id", "other_id"),
    )

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    other_id: Mapped[UUID | None] = mapped_column(comment="a member; no key, since merging removes the record")
    waiting_id: Mapped[UUID | None] = mapped_column(ForeignKey("waiting_person.id", ondelete="CASCADE"))
    score: Mapped[int]
    likeness: Mapped[dict[str, Any]] = mapped_column(comment="{name, birth_date, exchange, address, country: a word}")
    decision: Mapped[str | None] = mapped_column(String(10))
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    moved: Mapped[dict[str, Any] | None] = mapped_column(comment="what merging moved, for moving it back")

"""The audit log: who did what to whom, why. Rows are only ever added."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ssc.core import clock, ids
from ssc.core.db import Base, Identified, Session


class AuditEntry(Identified, Base):
    """One act. `actor` and `target` are ids or names that outlive the rows they name, so no keys."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_actor", "actor", "at"),
        Index("ix_audit_entry_target", "target", "at"),
        Index("ix_audit_entry_action", "action", "at"),
    )

    at: Mapped[datetime] = mapped_column(default=clock.now)
    actor: Mapped[str] = mapped_column(String(80), comment="a member's id, `cli`, `system`, or empty")
    action: Mapped[str] = mapped_column(String(60), comment="dotted words, e.g. role.grant")
    target: Mapped[str] = mapped_column(String(120), comment="type:id")
    reason: Mapped[str] = mapped_column(Text, default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)


def write(
    session: Session, actor: UUID | str | None, action: str, target: str, reason: str = "", **details: Any
) -> None:
    """Adds an entry in the caller's transaction. `target` is `type:id`, e.g. `member:0192…`."""
    session.add(
        AuditEntry(id=ids.new(), actor=str(actor or ""), action=action, target=target, reason=reason, details=details)
    )

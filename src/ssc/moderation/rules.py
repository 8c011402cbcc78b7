"""Who may decide what, how long an appeal is open, and how often one may report: pure predicates."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from ssc.core import clock
from ssc.core.limits import Limit
from ssc.moderation.models import Decision, Report
from ssc.people.viewer import Viewer

Reason = Literal["spam", "harassment", "impersonation", "minor-safety", "other"]
Outcome = Literal["dismiss", "remove", "warn", "limit", "suspend"]
LASTING: tuple[Outcome, ...] = ("limit", "suspend")

REPORTS = Limit("reports", 20, 24 * 3600)
APPEAL_WITHIN = timedelta(days=30)


def urgency_of(reason: str) -> int:
    """0 comes first in the queue: a minor may be in danger."""
    return 0 if reason == "minor-safety" else 1


def may_look(viewer: Viewer, report: Report) -> bool:
    """Nobody looks at what others reported of herself: she would learn who they are."""
    return report.member_id != viewer.id


def may_sanction(viewer: Viewer, member_id: UUID | None, roles: Collection[str]) -> bool:
    """Nobody herself; and who holds an office of the house is for the secretariat."""
    if member_id == viewer.id:
        return False
    return viewer.is_staff or not {"staff", "moderator"} & set(roles)


def may_appeal(decision: Decision, member_id: UUID) -> bool:
    """She whom it concerns, for thirty days."""
    return decision.member_id == member_id and decision.outcome != "dismiss" and appeal_open(decision.created_at)


def appeal_open(decided_at: datetime) -> bool:
    return clock.now() - decided_at < APPEAL_WITHIN


def may_answer(viewer: Viewer, decision: Decision) -> bool:
    """Somebody else than who decided, and than whom it concerns."""
    return viewer.id not in (decision.decided_by, decision.member_id)

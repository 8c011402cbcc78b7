"""A report with all that belongs to it, and a decision with its appeal, as they were read."""

from collections.abc import Sequence
from dataclasses import dataclass

from ssc.moderation import targets
from ssc.moderation.models import Appeal, Complaint, Decision, Report
from ssc.people.shapes import MemberInShort


@dataclass(frozen=True)
class Case:
    """A report, whom it concerns, and who reported it and why, the first first."""

    report: Report
    member: MemberInShort | None
    complaints: Sequence[tuple[Complaint, MemberInShort | None]]
    outcome: str | None = None

    @property
    def gravest(self) -> Complaint:
        """A minor in danger, else what was named first."""
        every = [one for one, _by in self.complaints]
        return next((one for one in every if one.reason == "minor-safety"), every[0])


@dataclass(frozen=True)
class Logged:
    """A decision, whom it concerns, who decided, and what was said to it."""

    decision: Decision
    member: MemberInShort | None
    by: MemberInShort | None
    appeal: Appeal | None = None
    title: str = ""
    target_type: str = ""

    @property
    def can_be_undone(self) -> bool:
        """Whether taking it back changes anything: it holds her back, or what was removed can come back."""
        return self.decision.in_force or restores(self.decision, self.target_type)


def restores(decision: Decision, target_type: str) -> bool:
    """Whether what this decision removed comes back with it."""
    target = targets.named(target_type)
    removed = decision.outcome == "remove" and decision.lifted_at is None
    return removed and target is not None and target.restore is not None

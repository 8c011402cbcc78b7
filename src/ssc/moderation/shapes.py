"""What the API answers about reports and decisions."""

from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from ssc.moderation.cases import Case, Logged
from ssc.moderation.models import Decision
from ssc.people.shapes import MemberInShort
from ssc.web.api import Instant


class TargetShape(BaseModel):
    type: str
    id: str


class ReportShape(BaseModel):
    """A thing that was reported; all reports of it that wait are one."""

    id: UUID
    target: TargetShape
    title: str = Field(description="Whose it is, or how it is called.")
    member: MemberInShort | None = Field(description="Whom it concerns; null where she is gone.")
    reason: str = Field(description="The gravest that was named.")
    note: str = Field(description="Of the report that named it.")
    reports: int = Field(description="How many members reported it.")
    created_at: Instant
    decided_at: Instant | None
    decision: str | None

    @classmethod
    def of(cls, case: Case) -> "ReportShape":
        return cls(**_case(case))


class LineShape(BaseModel):
    """What there was to see when it was reported; `reported` marks the thing itself."""

    who: str
    text: str
    at: Instant | None
    reported: bool
    files: list[str]
    pictures: list[str] = Field(description="Addresses of the report's own copies, for moderators.")


class ComplaintShape(BaseModel):
    """One member's report, with what there was to see at that moment."""

    member: MemberInShort | None
    reason: str
    note: str
    created_at: Instant
    lines: list[LineShape]


class WholeReport(ReportShape):
    """A report as far as moderators read it: every look is in the audit log."""

    complaints: list[ComplaintShape]

    @classmethod
    def whole(cls, case: Case) -> "WholeReport":
        complaints = [
            ComplaintShape(
                member=by,
                reason=one.reason,
                note=one.note,
                created_at=one.created_at,
                lines=[LineShape(**line) for line in one.lines],
            )
            for one, by in case.complaints
        ]
        return cls(**_case(case), complaints=complaints)


class AppealShape(BaseModel):
    note: str
    created_at: Instant
    reversed: bool | None = Field(description="Whether the decision was taken back; null while it waits.")
    answer: str
    answered_at: Instant | None


class DecisionShape(BaseModel):
    """What was decided about a member, and what she says to it."""

    id: UUID
    report: UUID | None
    member: MemberInShort | None
    decision: str
    until: Instant | None
    note: str
    created_at: Instant
    in_force: bool = Field(description="Whether it still holds her back.")
    lifted_at: Instant | None
    appeal: AppealShape | None

    @classmethod
    def of(cls, logged: Logged) -> "DecisionShape":
        row, appeal = logged.decision, logged.appeal
        return cls(
            **_decision(row),
            member=logged.member,
            appeal=AppealShape.model_validate(appeal, from_attributes=True) if appeal else None,
        )


def _decision(row: Decision) -> dict[str, Any]:
    return {
        "id": row.id,
        "report": row.report_id,
        "decision": row.outcome,
        "until": row.until,
        "note": row.note,
        "created_at": row.created_at,
        "in_force": row.in_force,
        "lifted_at": row.lifted_at,
    }


def _case(case: Case) -> dict[str, Any]:
    report, gravest = case.report, case.gravest
    return {
        "id": report.id,
        "target": TargetShape(type=report.target_type, id=report.target_id),
        "title": report.title,
        "member": case.member,
        "reason": gravest.reason,
        "note": gravest.note,
        "reports": len(case.complaints),
        "created_at": report.created_at,
        "decided_at": report.decided_at,
        "decision": case.outcome,
    }

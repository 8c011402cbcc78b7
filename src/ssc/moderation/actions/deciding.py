"""Deciding on a report: what follows from it, for the thing, for whom it concerns, and for those who reported it."""

from uuid import UUID

from sqlalchemy import select

from ssc.core import audit, clock, errors
from ssc.core.blobs import Blobs
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.moderation import rules, targets
from ssc.moderation.actions import suspending
from ssc.moderation.actions.reporting import SUBJECT
from ssc.moderation.forms import DecisionBody
from ssc.moderation.models import Complaint, Decision, Report
from ssc.moderation.notices import ANSWERED
from ssc.moderation.rules import LASTING
from ssc.notifications import actions as notifications
from ssc.people.viewer import Viewer


async def decide(session: Session, blobs: Blobs, viewer: Viewer, report_id: UUID, body: DecisionBody) -> Decision:
    """404 for no report or one about the viewer, 409 when it is decided, 403 about colleagues, 422 for what cannot be.

    Dismissed: nobody concerned hears of it. Else she is told what was decided, why, and how to appeal.
    """
    report = await session.get(Report, report_id, with_for_update=True, populate_existing=True)
    if report is None or not rules.may_look(viewer, report):
        raise errors.not_found()
    if report.decided_at is not None:
        raise errors.conflict(_("This report is decided already."))
    await _check(session, viewer, report, body)
    decision = Decision(
        report_id=report.id,
        member_id=report.member_id,
        outcome=body.decision,
        until=body.until,
        note=body.note,
        decided_by=viewer.id,
    )
    report.decided_at = clock.now()
    session.add(decision)
    await session.flush()
    audit.write(session, viewer.id, f"report.{body.decision}", f"report:{report.id}", body.note)
    await _carry_out(session, blobs, viewer, report, decision)
    if body.decision != "dismiss":
        await suspending.tell_of(session, decision, report)
    await _answer(session, report, acted=body.decision != "dismiss")
    return decision


async def _check(session: Session, viewer: Viewer, report: Report, body: DecisionBody) -> None:
    if body.until is not None and body.decision not in LASTING:
        raise errors.invalid(("until", _("Only a limit or a suspension lasts until a day.")))
    suspending.check_until(body.until)
    target = targets.named(report.target_type)
    if body.decision == "remove" and (target is None or target.remove is None):
        raise errors.invalid(("decision", _("There is nothing here that could be removed.")))
    if body.decision in ("warn", *LASTING):
        if report.member_id is None:
            raise errors.invalid(("decision", _("Whom it concerns is a member no more.")))
        await suspending.check_sanction(session, viewer, report.member_id)


async def _carry_out(session: Session, blobs: Blobs, viewer: Viewer, report: Report, decision: Decision) -> None:
    target = targets.named(report.target_type)
    if decision.outcome == "remove" and target and target.remove:
        await target.remove(session, blobs, report.target_id, viewer.id)
    if decision.outcome == "suspend":
        await suspending.shut_out(session, decision)


async def _answer(session: Session, report: Report, *, acted: bool) -> None:
    """Those who reported hear that it was looked at, and no more; moderators need not be told any more."""
    reporters = await session.scalars(select(Complaint.member_id).where(Complaint.report_id == report.id))
    await notifications.tell(
        session,
        ANSWERED,
        [one for one in reporters if one is not None],
        subject=f"report:{report.id}",
        url="/notifications",
        data={"acted": acted},
    )
    if await session.scalar(select(Report.id).where(Report.decided_at.is_(None)).limit(1)) is None:
        await notifications.withdraw(session, SUBJECT)

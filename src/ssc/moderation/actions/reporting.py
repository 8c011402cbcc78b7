"""Reporting: what there was to see is frozen, and moderators hear of it."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from ssc.accounts import queries as accounts
from ssc.core import clock, errors, ids, mail
from ssc.core.blobs import Blobs
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.core.limits import Limits
from ssc.moderation import letters, queries, rules, targets
from ssc.moderation.forms import Why
from ssc.moderation.models import Complaint, Report
from ssc.moderation.notices import REPORTS
from ssc.moderation.targets import Found, Line
from ssc.notifications import actions as notifications
from ssc.people.viewer import Viewer

SUBJECT = "reports"
"""One for all: moderators hear once that there is something, however much there is."""


async def found(session: Session, viewer: Viewer, type_: str, identity: str) -> Found:
    """What the viewer means to report; 404 alike for what is not there and what she may not know of."""
    target = targets.named(type_)
    seen = await target.reach(session, viewer, identity) if target else None
    if seen is None:
        raise errors.not_found()
    return seen


async def report(
    session: Session, limits: Limits, blobs: Blobs, viewer: Viewer, type_: str, identity: str, why: Why
) -> None:
    """Twice by the same member is once, in the words of the second. 404 as `found`, 422 for what is her own."""
    seen = await found(session, viewer, type_, identity)
    if seen.member_id == viewer.id:
        raise errors.invalid(("target", _("This is your own.")))
    await limits.take(rules.REPORTS, str(viewer.id))
    held, new = await _waiting(session, type_, seen, rules.urgency_of(why.reason))
    own = f"reports/{held.id}/{viewer.id}"
    seen = replace(seen, lines=[await _kept(blobs, line, f"{own}/{at}") for at, line in enumerate(seen.lines)])
    row = {
        "id": ids.new(),
        "report_id": held.id,
        "member_id": viewer.id,
        "reason": why.reason,
        "note": why.note,
        "evidence": seen.frozen,
        "created_at": clock.now(),
    }
    again = {name: row[name] for name in ("reason", "note", "evidence")}
    await session.execute(
        insert(Complaint).values(row).on_conflict_do_update(index_elements=["report_id", "member_id"], set_=again)
    )
    raised = held.urgency > rules.urgency_of(why.reason)
    if raised:
        held.urgency = 0
    await session.flush()
    if new or raised:
        await _tell(session, held, viewer)


async def _kept(blobs: Blobs, line: Line, where: str) -> Line:
    """With pictures of the report's own."""
    kept = []
    for number, key in enumerate(line.pictures):
        content = await blobs.get(key)
        if content is not None:
            kept.append(f"{where}/{number}.webp")
            await blobs.put(kept[-1], content)
    return replace(line, pictures=tuple(kept))


async def _waiting(session: Session, type_: str, seen: Found, urgency: int) -> tuple[Report, bool]:
    """The report of this thing that waits, held, and whether it is new: of two at once one makes it."""
    row = {
        "id": ids.new(),
        "target_type": type_,
        "target_id": seen.id,
        "title": seen.title[:200],
        "member_id": seen.member_id,
        "urgency": urgency,
        "created_at": clock.now(),
    }
    made = (
        insert(Report)
        .values(row)
        .on_conflict_do_nothing(index_elements=["target_type", "target_id"], index_where=Report.decided_at.is_(None))
    )
    new = await session.scalar(made.returning(Report.id)) is not None
    held = await session.scalars(
        select(Report)
        .where(Report.target_type == type_, Report.target_id == seen.id, Report.decided_at.is_(None))
        .with_for_update()
    )
    return held.one(), new


async def _tell(session: Session, held: Report, viewer: Viewer) -> None:
    readers = [one for one in await queries.moderators(session) if one.id not in (viewer.id, held.member_id)]
    await notifications.tell(session, REPORTS, [one.id for one in readers], subject=SUBJECT, url="/desk/reports")
    for one in readers if held.urgency == 0 else ():
        address = await accounts.primary_of(session, one.id)
        if address is not None:
            await mail.send(session, letters.urgent(session.settings, held, one, address.address))

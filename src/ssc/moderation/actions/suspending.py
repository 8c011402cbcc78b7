"""Shutting a member out and letting her in again; every such decision is told to her, with its reason."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from ssc.accounts import actions as accounts
from ssc.accounts import queries as account_queries
from ssc.core import audit, clock, errors, mail
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.moderation import letters, queries, rules, targets
from ssc.moderation.models import Decision, Report
from ssc.people import actions as people
from ssc.people import queries as people_queries
from ssc.people.models import Member
from ssc.people.viewer import Viewer


async def suspend(session: Session, viewer: Viewer, member: Member, reason: str, until: datetime | None) -> Decision:
    """Shuts her out from now on: her sessions and sockets end with the commit. 403 for oneself and for colleagues."""
    await check_sanction(session, viewer, member.id)
    check_until(until)
    decision = Decision(member_id=member.id, outcome="suspend", until=until, note=reason, decided_by=viewer.id)
    session.add(decision)
    await session.flush()
    await shut_out(session, decision)
    await tell_of(session, decision)
    return decision


async def shut_out(session: Session, decision: Decision) -> None:
    """What a suspension means, whoever imposed it and on what report; a later one takes the place of an earlier."""
    assert decision.member_id is not None and decision.decided_by is not None
    await _end_suspension(session, decision.member_id, decision.decided_by, but=decision.id)
    await people.suspend(
        session, decision.member_id, by=decision.decided_by, reason=decision.note, until=decision.until
    )
    await accounts.end_sessions(session, decision.member_id)


async def lift_suspension(session: Session, viewer: Viewer, member: Member) -> None:
    """Lets her in again; without a suspension nothing changes."""
    await check_sanction(session, viewer, member.id)
    standing = await queries.suspensions_of(session, member.id)
    for decision in standing:
        await take_back(session, viewer, decision, "")
    if not standing and await people_queries.suspension_of(session, member.id):
        await people.lift_suspension(session, member.id, by=viewer.id, reason="")


async def take_back(session: Session, viewer: Viewer, decision: Decision, note: str) -> None:
    """A limit or suspension ends, a warning is void, what was removed is there again where its kind can bring it back;
    she is told."""
    await session.refresh(decision, ["lifted_at"], with_for_update=True)
    if decision.lifted_at is not None:
        return
    restored = await _restore(session, viewer, decision)
    decision.lifted_at, decision.lifted_by = clock.now(), viewer.id
    if decision.outcome == "suspend" and decision.member_id is not None:
        await people.lift_suspension(session, decision.member_id, by=viewer.id, reason=note)
    audit.write(session, viewer.id, "decision.take-back", f"decision:{decision.id}", note)
    member, address = await _reader(session, decision.member_id)
    if member is not None and address:
        await mail.send(session, letters.taken_back(session.settings, decision, member, address, note, restored))


async def _restore(session: Session, viewer: Viewer, decision: Decision) -> bool:
    report = await session.get(Report, decision.report_id) if decision.report_id else None
    target = targets.named(report.target_type) if report is not None else None
    if report is None or target is None or target.restore is None or decision.outcome != "remove":
        return False
    await target.restore(session, report.target_id, viewer.id)
    return True


async def tell_of(session: Session, decision: Decision, about: Report | None = None) -> None:
    """The person concerned hears of it by mail, whatever mail she has declined."""
    member, address = await _reader(session, decision.member_id)
    if member is not None and address:
        await mail.send(session, letters.decided(session.settings, decision, member, address, about))


async def check_sanction(session: Session, viewer: Viewer, member_id: UUID | None) -> None:
    terms = await people_queries.roles_of(session, member_id, viewer.today) if member_id else []
    if not rules.may_sanction(viewer, member_id, [term.role for term in terms]):
        raise errors.forbidden(_("About yourself somebody else decides, and about moderators the secretariat."))


def check_until(until: datetime | None) -> None:
    if until is not None and until <= clock.now():
        raise errors.invalid(("until", _("This is over already.")))


async def _end_suspension(session: Session, member_id: UUID, by: UUID, *, but: UUID) -> None:
    if await people_queries.suspension_of(session, member_id) is not None:
        await people.lift_suspension(session, member_id, by=by, reason="replaced")
    earlier = (Decision.member_id == member_id, queries.in_force("suspend"), Decision.id != but)
    await session.execute(update(Decision).where(*earlier).values(lifted_at=clock.now(), lifted_by=by))


async def _reader(session: Session, member_id: UUID | None) -> tuple[Member | None, str]:
    member = await session.get(Member, member_id) if member_id else None
    address = await account_queries.primary_of(session, member.id) if member else None
    return member, address.address if address else ""

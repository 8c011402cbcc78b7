"""Loaders: a report is reached by moderators whom it does not concern, a decision by whom it does."""

from typing import Annotated, NamedTuple
from uuid import UUID

from fastapi import Depends, Query

from ssc.accounts.access import identity as identity_of
from ssc.accounts.loaders import Moderator, Visitor
from ssc.core import audit, errors
from ssc.core.process import Process
from ssc.moderation import keys, queries, rules
from ssc.moderation.actions.suspending import check_sanction
from ssc.moderation.cases import Logged
from ssc.moderation.models import Complaint, Decision, Report
from ssc.people import queries as people
from ssc.people.models import Member
from ssc.people.viewer import Viewer
from ssc.web import api
from ssc.web.transactions import Transaction


@api.refuses(404)
async def known_report(identity: str, viewer: Moderator, session: Transaction) -> Report:
    report = await session.get(Report, identity_of(identity))
    if report is None or not rules.may_look(viewer, report):
        raise errors.not_found()
    return report


KnownReport = Annotated[Report, Depends(known_report)]
"""The report of the id in the path; 404 for one that concerns the moderator herself."""


@api.refuses(404)
async def known_picture(report: KnownReport, complaint: str, number: int, session: Transaction) -> str:
    held = await session.get(Complaint, identity_of(complaint))
    if held is None or held.report_id != report.id or not 0 <= number < len(held.pictures):
        raise errors.not_found()
    return held.pictures[number]


KnownPicture = Annotated[str, Depends(known_picture)]
"""Where the picture of that number in a complaint of the report is kept."""


@api.refuses(404)
async def known_member(handle: str, _viewer: Moderator, session: Transaction) -> Member:
    member = await people.by_handle(session, handle)
    if member is None:
        raise errors.not_found()
    return member


KnownMember = Annotated[Member, Depends(known_member)]
"""The member of the handle in the path, whoever may see her elsewhere: for moderators."""


class Concerned(NamedTuple):
    """A decision, and whom it concerns: signed in, or shut out and holding the letter."""

    logged: Logged
    member_id: UUID
    viewer: Viewer | None

    @property
    def decision(self) -> Decision:
        return self.logged.decision


@api.refuses(401, 404, required=False)
async def concerned(
    identity: str,
    viewer: Visitor,
    session: Transaction,
    key: Annotated[str, Query(max_length=200, description="From the letter: for who is shut out.")] = "",
) -> Concerned:
    logged = await queries.decision(session, identity_of(identity))
    holds_letter = logged is not None and keys.opens(session.settings, logged.decision.id, key)
    if viewer is None and not holds_letter:
        raise errors.not_signed_in()
    member_id = logged.decision.member_id if logged else None
    is_hers = viewer is not None and viewer.id == member_id
    if logged is None or member_id is None or logged.decision.outcome == "dismiss" or not (is_hers or holds_letter):
        raise errors.not_found()
    return Concerned(logged, member_id, viewer)


OwnDecision = Annotated[Concerned, Depends(concerned)]
"""The decision of the id in the path, for whom it concerns; 404 for others, 401 for a visitor without its key."""


@api.refuses(403, 404)
async def known_decision(identity: str, viewer: Moderator, session: Transaction) -> Logged:
    logged = await queries.decision(session, identity_of(identity))
    if logged is None:
        raise errors.not_found()
    await check_sanction(session, viewer, logged.decision.member_id)
    return logged


KnownDecision = Annotated[Logged, Depends(known_decision)]
"""A decision that this moderator may take back; 403 for one about herself or a colleague."""


@api.refuses(404)
async def known_appeal(identity: str, _viewer: Moderator, session: Transaction) -> Logged:
    logged = await queries.decision(session, identity_of(identity))
    if logged is None or logged.appeal is None:
        raise errors.not_found()
    return logged


KnownAppeal = Annotated[Logged, Depends(known_appeal)]
"""The decision of the id in the path to which somebody has appealed, for moderators."""


async def note_look(process: Process, viewer: Viewer, report: Report, what: str = "read") -> None:
    """Whoever reads what was reported leaves a trace, whatever becomes of the request (case 47)."""
    async with process.database.apart() as session:
        audit.write(session, viewer.id, f"report.{what}", f"report:{report.id}", member=str(report.member_id or ""))


async def note_look_over(process: Process, viewer: Viewer, reports: list[Report]) -> None:
    if reports:
        async with process.database.apart() as session:
            ids = [str(report.id) for report in reports]
            audit.write(session, viewer.id, "report.list", "reports", reports=ids)

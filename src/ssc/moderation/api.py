"""Reports, decisions and appeals by the API."""

from typing import Annotated

from fastapi import Body as Given
from fastapi import Query

from ssc.accounts.loaders import Moderator, SignedIn
from ssc.moderation import actions, queries
from ssc.moderation.access import (
    KnownAppeal,
    KnownDecision,
    KnownMember,
    KnownReport,
    OwnDecision,
    note_look,
    note_look_over,
)
from ssc.moderation.cases import Logged
from ssc.moderation.forms import AnswerBody, AppealBody, DecisionBody, ReportBody, SuspensionBody
from ssc.moderation.queries import State
from ssc.moderation.shapes import DecisionShape, ReportShape, WholeReport
from ssc.web import api
from ssc.web.paging import Page, Paging
from ssc.web.transactions import Running, Transaction

router = api.router(tags=["Keeping the club safe"])


@router.post("/reports", status_code=202, responses=api.problems(401, 403, 404, 422, 429), summary="Report something")
async def report(body: ReportBody, viewer: SignedIn, session: Transaction, process: Running) -> None:
    """To the moderators, who see the thing as it is now (of a message also the five before it), even if it is changed
    or deleted afterwards. Whom it concerns never learns who reported it. Reporting again replaces one's own words.
    404 alike for what is not there and what one may not know of; 20 a day."""
    await actions.report(session, process.limits, process.blobs, viewer, body.target.type, body.target.id, body)


@router.get("/reports", responses=api.problems(401, 403, 422), summary="What was reported")
async def reports(
    viewer: Moderator,
    session: Transaction,
    process: Running,
    part: Paging,
    state: Annotated[
        State, Query(description="`waiting`: minors in danger first, then the oldest; else the latest first.")
    ] = "waiting",
) -> Page[ReportShape]:
    """All reports of one thing that wait are one. What concerns oneself is not in it. In the audit log."""
    cut = await queries.reports(session, viewer, state, part)
    await note_look_over(process, viewer, [case.report for case in cut.rows])
    return Page(items=[ReportShape.of(case) for case in cut.rows], next=cut.next)


@router.get("/reports/{identity}", responses=api.problems(401, 403, 404), summary="One report")
async def one(found: KnownReport, viewer: Moderator, session: Transaction, process: Running) -> WholeReport:
    """With what there was to see when it was reported. Every look is in the audit log."""
    await note_look(process, viewer, found)
    return WholeReport.whole(await queries.case_of(session, found))


@router.post(
    "/reports/{identity}/decision", responses=api.problems(401, 403, 404, 409, 422), summary="Decide on a report"
)
async def decide(
    found: KnownReport, body: DecisionBody, viewer: Moderator, session: Transaction, process: Running
) -> DecisionShape:
    """`dismiss` leaves it; `remove` takes the thing away; `warn` only writes; `limit`: no conversations with people she
    has none with; `suspend`: shut out. Whom it concerns is written what, why, and how to appeal (but for `dismiss`)."""
    made = await actions.decide(session, process.blobs, viewer, found.id, body)
    return DecisionShape.of(Logged(made, (await queries.case_of(session, found)).member, None))


@router.get("/decisions", responses=api.problems(401, 403, 422), summary="The moderation log")
async def decisions(_viewer: Moderator, session: Transaction, part: Paging) -> Page[DecisionShape]:
    """What was decided, latest first, with the appeals."""
    cut = await queries.decisions(session, part)
    return Page(items=[DecisionShape.of(logged) for logged in cut.rows], next=cut.next)


@router.post("/decisions/{identity}/appeal", responses=api.problems(401, 404, 409, 422), summary="Appeal")
async def appeal(
    found: OwnDecision, session: Transaction, body: Annotated[AppealBody | None, Given()] = None
) -> DecisionShape:
    """For whom it concerns, once, within thirty days: another moderator looks at it. Who is shut out gives the `key`
    from the letter."""
    said = body or AppealBody(note="")
    made = await actions.appeal(session, found.decision, found.member_id, said.note)
    return DecisionShape.of(Logged(found.decision, found.logged.member, None, made))


@router.post(
    "/decisions/{identity}/appeal/decision",
    responses=api.problems(401, 403, 404, 409, 422),
    summary="Answer an appeal",
)
async def answer(asked: KnownAppeal, body: AnswerBody, viewer: Moderator, session: Transaction) -> DecisionShape:
    """By somebody else than who decided. Taken back, a limit or suspension ends; she is told by letter."""
    made = await actions.answer(session, viewer, asked.decision.id, body)
    found = await queries.decision(session, made.id)
    assert found is not None
    return DecisionShape.of(found)


@router.post("/decisions/{identity}/take-back", responses=api.problems(401, 403, 404), summary="Take a decision back")
async def take_back(found: KnownDecision, viewer: Moderator, session: Transaction) -> DecisionShape:
    """A limit or suspension ends; an event that was removed is there again, with its thread. She is told by letter;
    once more changes nothing."""
    await actions.take_back(session, viewer, found.decision, "")
    return DecisionShape.of(found)


@router.put("/members/{handle}/suspension", responses=api.problems(401, 403, 404, 422), summary="Suspend a member")
async def suspend(member: KnownMember, body: SuspensionBody, viewer: Moderator, session: Transaction) -> DecisionShape:
    """Her sessions and sockets end at once, her profile is not there, her letters say why and how to appeal."""
    made = await actions.suspend(session, viewer, member, body.reason, body.until)
    found = await queries.decision(session, made.id)
    assert found is not None
    return DecisionShape.of(found)


@router.delete(
    "/members/{handle}/suspension",
    status_code=204,
    responses=api.problems(401, 403, 404),
    summary="Lift a suspension",
)
async def lift(member: KnownMember, viewer: Moderator, session: Transaction) -> None:
    """Also when there is none."""
    await actions.lift_suspension(session, viewer, member)

"""The moderators' part of the desk: what waits, one report, the appeals, the log."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from ssc.accounts.loaders import Moderator
from ssc.core.db import Session
from ssc.core.errors import Problem, not_found
from ssc.core.i18n import _
from ssc.moderation import actions, queries
from ssc.moderation.access import KnownAppeal, KnownDecision, KnownPicture, KnownReport, note_look, note_look_over
from ssc.moderation.cases import Case
from ssc.moderation.forms import AnswerBody, DecisionForm
from ssc.moderation.models import Report
from ssc.moderation.queries import State
from ssc.moderation.rules import may_answer
from ssc.moderation.targets import named
from ssc.people.viewer import Viewer
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.paging import Paging
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)

REPORTS = "/desk/reports"
APPEALS = "/desk/appeals"
LOG = "/desk/decisions"

_PICTURE_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}

Done = Annotated[str, Query(max_length=20)]


@router.get(REPORTS)
async def reports(
    request: Request,
    viewer: Moderator,
    session: Transaction,
    process: Running,
    part: Paging,
    state: Annotated[State, Query()] = "waiting",
    done: Done = "",
) -> Response:
    cut = await queries.reports(session, viewer, state, part)
    await note_look_over(process, viewer, [case.report for case in cut.rows])
    return pages.render(
        request,
        "moderation/reports.html",
        viewer,
        cases=cut.rows,
        state=state,
        labels=_labels(cut.rows),
        appeals=len(await queries.appeals(session, viewer)),
        next_href=f"{REPORTS}?state={state}&cursor={cut.next}" if cut.next else "",
        done=done,
    )


@router.get(REPORTS + "/{identity}")
async def one(
    request: Request, found: KnownReport, viewer: Moderator, session: Transaction, process: Running
) -> Response:
    await note_look(process, viewer, found)
    return await _page(request, session, viewer, found, forms.blank())


@router.get(REPORTS + "/{identity}/pictures/{complaint}/{number}")
async def picture(report: KnownReport, kept: KnownPicture, viewer: Moderator, process: Running) -> Response:
    """A picture as it was reported; that it was looked at is in the audit log, too."""
    await note_look(process, viewer, report, "picture")
    content = await process.blobs.get(kept)
    if content is None:
        raise not_found()
    return Response(content, 200, _PICTURE_HEADERS, "image/webp")


@router.post(REPORTS + "/{identity}/decision")
async def decide(
    request: Request, found: KnownReport, viewer: Moderator, session: Transaction, process: Running
) -> Response:
    form = await forms.read(request, DecisionForm)
    if form.data is not None:
        try:
            async with session.begin_nested():
                await actions.decide(session, process.blobs, viewer, found.id, form.data.body())
            return pages.see_other(f"{REPORTS}?done=decided")
        except Problem as refused:
            if refused.kind.status == 404:
                raise
            form.refuse(refused)
    return await _page(request, session, viewer, found, form, 422)


@router.get(APPEALS)
async def appeals(request: Request, viewer: Moderator, session: Transaction, done: Done = "") -> Response:
    return await _appeals(request, session, viewer, forms.blank(), done=done)


@router.post(APPEALS + "/{identity}")
async def answer(request: Request, asked: KnownAppeal, viewer: Moderator, session: Transaction) -> Response:
    form = await forms.read(request, AnswerBody)
    if form.data is None:
        return await _appeals(request, session, viewer, form, wrong=str(asked.decision.id), status=422)
    await actions.answer(session, viewer, asked.decision.id, form.data)
    return pages.see_other(f"{APPEALS}?done=answered")


@router.get(LOG)
async def log(request: Request, viewer: Moderator, session: Transaction, part: Paging, done: Done = "") -> Response:
    cut = await queries.decisions(session, part)
    return pages.render(
        request,
        "moderation/log.html",
        viewer,
        entries=cut.rows,
        outcomes=outcomes(),
        next_href=f"{LOG}?cursor={cut.next}" if cut.next else "",
        done=done,
    )


@router.post(LOG + "/{identity}/take-back")
async def take_back(found: KnownDecision, viewer: Moderator, session: Transaction) -> Response:
    await actions.take_back(session, viewer, found.decision, "")
    return pages.see_other(f"{LOG}?done=taken-back")


def outcomes() -> dict[str, str]:
    """What was decided, as the log and the person concerned read it."""
    return {
        "dismiss": _("Left as it is"),
        "remove": _("Removed"),
        "warn": _("Warned"),
        "limit": _("Limited"),
        "suspend": _("Suspended"),
    }


def _choices(report: Report) -> list[tuple[str, str, str]]:
    target = named(report.target_type)
    concerned = report.member_id is not None
    found = [("dismiss", _("Leave it as it is"), _("Nobody concerned hears of it."))]
    if target is not None and target.remove is not None:
        found.append(("remove", _("Remove it"), _("It disappears for everybody.")))
    if concerned:
        found += [
            ("warn", _("Warn"), _("A letter with your reason, and nothing else.")),
            ("limit", _("Limit"), _("No new conversations with people they have none with.")),
            ("suspend", _("Suspend"), _("Signed out everywhere at once, and no way in.")),
        ]
    return found


def _labels(cases: list[Case]) -> dict[str, str]:
    kinds = {case.report.target_type: named(case.report.target_type) for case in cases}
    return {type_: kind.label() if kind else type_ for type_, kind in kinds.items()}


async def _page(
    request: Request, session: Session, viewer: Viewer, report: Report, form: Form[DecisionForm], status: int = 200
) -> Response:
    case = await queries.case_of(session, report)
    return pages.render(
        request,
        "moderation/one.html",
        viewer,
        status=status,
        case=case,
        label=_labels([case])[report.target_type],
        earlier=await queries.decisions_about(session, report.member_id),
        outcomes=outcomes(),
        choices=_choices(report),
        lasts=[
            ("0", _("until it is taken back")),
            ("1", _("1 day")),
            ("7", _("1 week")),
            ("30", _("30 days")),
            ("365", _("1 year")),
        ],
        form=form,
    )


async def _appeals(
    request: Request,
    session: Session,
    viewer: Viewer,
    form: Form[AnswerBody],
    *,
    wrong: str = "",
    done: str = "",
    status: int = 200,
) -> Response:
    waiting = [one for one in await queries.appeals(session, viewer) if may_answer(viewer, one.decision)]
    return pages.render(
        request,
        "moderation/appeals.html",
        viewer,
        status=status,
        entries=waiting,
        outcomes=outcomes(),
        fresh=forms.blank(),
        form=form,
        wrong=wrong,
        done=done,
    )

"""After an event: survey and report."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from ssc.accounts.loaders import SignedIn
from ssc.core import clock, errors, markdown
from ssc.core.i18n import _
from ssc.events import models, rules
from ssc.events.access import InvitedGuest, OrganisedEvent, SeenEvent
from ssc.events.actions import after, publishing
from ssc.events.forms.after import ReportBody, SurveyAnswers, SurveyBody
from ssc.events.models import Event, Report
from ssc.events.queries import after as queries
from ssc.events.queries import events
from ssc.events.questions import usual_questions
from ssc.web import api
from ssc.web.api import Instant, problems
from ssc.web.transactions import Transaction

router = api.router(tags=["Events"])


class SurveyQuestion(BaseModel):
    key: str
    label: str
    kind: Literal["choice", "text"]
    choices: list[str]
    required: bool


class Survey(BaseModel):
    questions: list[SurveyQuestion]
    closes_at: Instant
    open: bool
    answered: bool = Field(description="Whether the caller has.")


class Counted(BaseModel):
    choice: str
    count: int


class Result(BaseModel):
    key: str
    label: str
    kind: Literal["choice", "text"]
    counts: list[Counted]
    texts: list[str]


class Results(BaseModel):
    answers: int = Field(description="How many answered.")
    results: list[Result] | None = Field(description="null as long as fewer than five did.")


class ReportShape(BaseModel):
    title: str
    summary: str
    body: str
    html: str
    lang: str
    published_at: Instant | None
    news_slug: str | None = Field(description="Under which it is published as news.")

    @classmethod
    def of(cls, report: Report) -> "ReportShape":
        shared = {name: getattr(report, name) for name in cls.model_fields if name != "html"}
        return cls.model_validate({**shared, "html": markdown.render(report.body).html()})


@router.get("/events/{slug}/survey", responses=problems(401, 403, 404), summary="The survey")
async def get_survey(viewer: SignedIn, found: SeenEvent, session: Transaction) -> Survey:
    """For those who were there, and for organisers, who find the club's usual questions until they set their own."""
    if not (rules.was_there(found.answer) or found.organises):
        raise errors.forbidden(_("The survey is for those who were there."))
    held = await queries.survey_of(session, found.event.id)
    if held is None and not found.organises:
        raise errors.not_found()
    taken = await queries.has_taken(session, found.event.id, viewer.id)
    if held is None:
        closes_at = found.event.ends_at + rules.SURVEY_OPEN_FOR
        return _shape(usual_questions(), closes_at, is_open=False, taken=taken)
    return _survey(found.event, held, taken)


@router.put("/events/{slug}/survey", responses=problems(401, 403, 404, 409, 422), summary="Set the survey")
async def put_survey(found: OrganisedEvent, body: SurveyBody, viewer: SignedIn, session: Transaction) -> Survey:
    """Open from the event's end. Once somebody has answered, the questions stay."""
    held = await after.set_survey(session, viewer, found.event, body)
    taken = await queries.has_taken(session, found.event.id, viewer.id)
    return _survey(found.event, held, taken)


@router.post(
    "/events/{slug}/survey/answers", status_code=204, responses=problems(401, 403, 404, 409, 422), summary="Answer it"
)
async def answer(viewer: SignedIn, found: SeenEvent, body: SurveyAnswers, session: Transaction) -> None:
    """Once each. Nothing leads back from an answer to who gave it."""
    await after.answer_survey(session, found.event, found.answer, body)


@router.get("/event-answers/{token}/survey", responses=problems(403, 404), summary="The survey, by one's own link")
async def get_guests_survey(guest: InvitedGuest, session: Transaction) -> Survey:
    """For somebody without an account who was there, by the link of her invitation."""
    event, answered = guest.event, await events.answer_of(session, guest.event.id, guest.member.id)
    if not rules.was_there(answered):
        raise errors.forbidden(_("The survey is for those who were there."))
    held = await queries.survey_of(session, event.id)
    if held is None:
        raise errors.not_found()
    return _survey(event, held, await queries.has_taken(session, event.id, guest.member.id))


@router.post(
    "/event-answers/{token}/survey/answers",
    status_code=204,
    responses=problems(403, 404, 409, 422),
    summary="Answer the survey by one's own link",
)
async def answer_as_guest(guest: InvitedGuest, body: SurveyAnswers, session: Transaction) -> None:
    """Once, as members do, and as anonymous: nothing leads back from an answer to who gave it."""
    answered = await events.answer_of(session, guest.event.id, guest.member.id)
    await after.answer_survey(session, guest.event, answered, body)


@router.get("/events/{slug}/survey/results", responses=problems(401, 403, 404), summary="What the survey says")
async def results(found: OrganisedEvent, viewer: SignedIn, session: Transaction) -> Results:
    """Nothing but their number as long as fewer than five have answered."""
    survey = await queries.survey_of(session, found.event.id)
    number, told = await queries.results(session, survey) if survey else (0, None)
    return Results(answers=number, results=[_result(one) for one in told] if told is not None else None)


@router.get("/events/{slug}/report", responses=problems(401, 403, 404), summary="The report")
async def get_report(found: OrganisedEvent, viewer: SignedIn, session: Transaction) -> ReportShape:
    """As it stands; before anybody has written, as the template fills it in."""
    report = await queries.report_of(session, found.event.id)
    return ReportShape.of(report or await after.begin_report(session, found.event))


@router.put("/events/{slug}/report", responses=problems(401, 403, 404, 409, 422), summary="Write the report")
async def put_report(found: OrganisedEvent, body: ReportBody, viewer: SignedIn, session: Transaction) -> ReportShape:
    """What is left out stays, or is as the template has it."""
    return ReportShape.of(await after.write_report(session, viewer, found.event, body))


@router.post("/events/{slug}/report/publish", responses=problems(401, 403, 404, 409), summary="Publish the report")
async def publish_report(found: OrganisedEvent, viewer: SignedIn, session: Transaction) -> ReportShape:
    """As public news of the kind `reunion-report`, once the event is over."""
    return ReportShape.of(await publishing.publish_report(session, viewer, found.event))


def _survey(event: Event, held: models.Survey, taken: bool) -> Survey:
    return _shape(held.questions, held.closes_at, is_open=rules.survey_is_open(event, held, clock.now()), taken=taken)


def _shape(questions: list[dict[str, Any]], closes_at: datetime, *, is_open: bool, taken: bool) -> Survey:
    return Survey.model_validate({"questions": questions, "closes_at": closes_at, "open": is_open, "answered": taken})


def _result(one: queries.Result) -> Result:
    counts = [Counted(choice=choice, count=count) for choice, count in one.counts]
    return Result.model_validate(
        {"key": one.key, "label": one.label, "kind": one.kind, "counts": counts, "texts": one.texts}
    )

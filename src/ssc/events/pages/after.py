"""After an event: the survey, its results, the report."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn
from ssc.core import clock, errors
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.events.access import OrganisedEvent, SeenEvent
from ssc.events.actions import after
from ssc.events.forms.after import ReportBody, SurveyAnswers, SurveyBody, SurveyQuestion
from ssc.events.queries import after as queries
from ssc.events.queries.events import Seen
from ssc.people.viewer import Viewer
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.transactions import Transaction

router = APIRouter(include_in_schema=False)


@router.get("/events/{slug}/survey")
async def survey(request: Request, viewer: SignedIn, found: SeenEvent, session: Transaction) -> Response:
    return await _survey(request, session, viewer, found, forms.blank())


@router.post("/events/{slug}/survey")
async def answer(request: Request, viewer: SignedIn, found: SeenEvent, session: Transaction) -> Response:
    submitted = await forms.submission(request)
    told = {key[2:]: str(value) for key, value in submitted.items() if key.startswith("q-") and value != ""}
    form = forms.check(SurveyAnswers, {"answers": told})
    form.values = {f"q-{key}": value for key, value in told.items()}
    if form.data is not None:
        try:
            async with session.begin_nested():
                await after.answer_survey(session, viewer, found, form.data)
            return pages.see_other(f"{found.event.url}/survey")
        except Problem as problem:
            for error in problem.errors:
                form.errors[error.pointer.replace("/answers/", "q-")] = error.message
            if not problem.errors:
                form.refuse(problem)
    return await _survey(request, session, viewer, found, form)


@router.post("/events/{slug}/survey/open")
async def open_survey(found: OrganisedEvent, viewer: SignedIn, session: Transaction) -> Response:
    """With the club's usual questions; others are set by the API."""
    asked = [SurveyQuestion.model_validate(question) for question in queries.usual_questions()]
    await after.set_survey(session, viewer, found.event, SurveyBody(questions=asked))
    return pages.see_other(f"{found.event.url}/after")


@router.get("/events/{slug}/after")
async def after_event(request: Request, found: OrganisedEvent, viewer: SignedIn, session: Transaction) -> Response:
    return await _after(request, session, viewer, found)


@router.post("/events/{slug}/report")
async def report(request: Request, found: OrganisedEvent, viewer: SignedIn, session: Transaction) -> Response:
    """Saved; with the other button also published."""
    form = await forms.read(request, ReportBody)
    submitted = await forms.submission(request)
    if form.data is not None:
        try:
            async with session.begin_nested():
                await after.write_report(session, viewer, found.event, form.data)
                if submitted.get("publish") == "true":
                    await after.publish_report(session, viewer, found.event)
            return pages.see_other(f"{found.event.url}/after")
        except Problem as problem:
            form.refuse(problem)
    return await _after(request, session, viewer, found, form)


async def _survey(request: Request, session: Session, viewer: Viewer, found: Seen, form: Form[Any]) -> Response:
    held = await queries.survey_of(session, found.event.id)
    if held is None:
        raise errors.not_found()
    going = found.answer is not None and found.answer.status == "going"
    if not (going or found.organises):
        raise errors.forbidden()
    return pages.render(
        request,
        "events/survey.html",
        viewer,
        status=422 if form.errors else 200,
        event=found.event,
        questions=held.questions,
        taken=await queries.has_taken(session, found.event.id, viewer.id),
        is_open=found.event.ends_at <= clock.now() < held.closes_at,
        form=form,
    )


async def _after(
    request: Request, session: Session, viewer: Viewer, found: Seen, form: Form[Any] | None = None
) -> Response:
    event = found.event
    held = await queries.survey_of(session, event.id)
    number, results = await queries.results(session, held) if held else (0, None)
    written = await queries.report_of(session, event.id) or await after.begin_report(session, event)
    values = {name: getattr(written, name) for name in ("title", "summary", "body", "lang")}
    return pages.render(
        request,
        "events/after.html",
        viewer,
        status=422 if form is not None and form.errors else 200,
        event=event,
        survey=held,
        answered=number,
        results=results,
        came=await queries.attendance(session, event),
        report=written,
        form=form or forms.blank(**values),
    )

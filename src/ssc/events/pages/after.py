"""After an event, for its organisers: the survey's questions and results, the report."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.events.access import OrganisedEvent
from ssc.events.actions import after, photos, publishing
from ssc.events.forms import survey_paper
from ssc.events.forms.after import ReportBody
from ssc.events.queries import after as queries
from ssc.events.queries import quotes
from ssc.events.queries.events import Seen
from ssc.events.questions import usual_questions
from ssc.people.viewer import Viewer
from ssc.places import languages
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.transactions import Transaction

router = APIRouter(include_in_schema=False)


@router.post("/events/{slug}/survey/open")
async def open_survey(request: Request, found: OrganisedEvent, viewer: SignedIn, session: Transaction) -> Response:
    """With the usual questions that are ticked, and the organisers' own."""
    form = survey_paper.read(await forms.submission(request), usual_questions())
    if form.data is not None:
        try:
            async with session.begin_nested():
                await after.set_survey(session, viewer, found.event, form.data)
            return pages.see_other(f"{found.event.url}/after#survey")
        except Problem as problem:
            form.refuse(problem)
    return await after_page(request, session, viewer, found, survey_form=form)


@router.get("/events/{slug}/after")
async def after_event(request: Request, found: OrganisedEvent, viewer: SignedIn, session: Transaction) -> Response:
    return await after_page(request, session, viewer, found)


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
                    await publishing.publish_report(session, viewer, found.event)
            return pages.see_other(f"{found.event.url}/after")
        except Problem as problem:
            form.refuse(problem)
    return await after_page(request, session, viewer, found, form)


async def after_page(
    request: Request,
    session: Session,
    viewer: Viewer,
    found: Seen,
    form: Form[Any] | None = None,
    *,
    photo_form: Form[Any] | None = None,
    quote_form: Form[Any] | None = None,
    survey_form: Form[Any] | None = None,
) -> Response:
    """Survey, report, photos and quotes; a form as it was sent where something was wrong with it."""
    event = found.event
    held = await queries.survey_of(session, event.id)
    number, results = await queries.results(session, held) if held else (0, None)
    report = await queries.report_of(session, event.id) or await after.begin_report(session, event)
    values = {name: getattr(report, name) for name in ("title", "summary", "body", "lang")}
    usual = usual_questions()
    asked = survey_paper.written(held.questions if held else usual, usual)
    refused = any(one is not None and one.errors for one in (form, photo_form, quote_form, survey_form))
    return pages.render(
        request,
        "events/after.html",
        viewer,
        status=422 if refused else 200,
        event=event,
        survey=held,
        answered=number,
        results=results,
        usual=[(one["key"], one["label"]) for one in usual],
        survey_form=survey_form or forms.blank(**asked),
        came=await queries.attendance(session, event),
        report=report,
        form=form or forms.blank(**values),
        languages=languages.choices(report.lang),
        photos=await photos.photos_of(session, report),
        photo_form=photo_form or forms.blank(),
        quotes=await quotes.quotes_of(session, event.id),
        quote_form=quote_form or forms.blank(),
    )

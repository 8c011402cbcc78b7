"""Answering the survey on a page: members, and who has no account by her own link."""

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn, Visitor
from ssc.core import clock, errors
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.events import rules
from ssc.events.access import InvitedGuest, SeenEvent
from ssc.events.actions import after
from ssc.events.forms import survey_paper
from ssc.events.models import Answer, Event
from ssc.events.queries import after as queries
from ssc.events.queries import events
from ssc.events.questions import spoken
from ssc.people.viewer import Viewer
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.transactions import Transaction

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class _Reader:
    """Who looks at a survey, and where it is for her."""

    event: Event
    answer: Answer | None
    here: str
    back: str
    viewer: Viewer | None = None
    organises: bool = False


@router.get("/events/{slug}/survey")
async def survey(request: Request, viewer: SignedIn, found: SeenEvent, session: Transaction) -> Response:
    reader = _Reader(found.event, found.answer, _of(found.event), found.event.url, viewer, found.organises)
    return await _page(request, session, reader, forms.blank())


@router.post("/events/{slug}/survey")
async def answer(request: Request, viewer: SignedIn, found: SeenEvent, session: Transaction) -> Response:
    reader = _Reader(found.event, found.answer, _of(found.event), found.event.url, viewer, found.organises)
    return await _answer(request, session, reader)


@router.get("/event-answers/{token}/survey")
async def guests_survey(
    request: Request, token: str, guest: InvitedGuest, viewer: Visitor, session: Transaction
) -> Response:
    """By her own link; looking changes nothing."""
    answered = await events.answer_of(session, guest.event.id, guest.member.id)
    here = f"/event-answers/{token}"
    return await _page(request, session, _Reader(guest.event, answered, f"{here}/survey", here), forms.blank())


@router.post("/event-answers/{token}/survey")
async def guest_answers(
    request: Request, token: str, guest: InvitedGuest, viewer: Visitor, session: Transaction
) -> Response:
    answered = await events.answer_of(session, guest.event.id, guest.member.id)
    here = f"/event-answers/{token}"
    return await _answer(request, session, _Reader(guest.event, answered, f"{here}/survey", here))


def _of(event: Event) -> str:
    return f"{event.url}/survey"


async def _answer(request: Request, session: Session, reader: _Reader) -> Response:
    form = survey_paper.answered(await forms.submission(request))
    if form.data is not None:
        try:
            async with session.begin_nested():
                await after.answer_survey(session, reader.event, reader.answer, form.data)
            return pages.see_other(reader.here)
        except Problem as problem:
            survey_paper.refused(form, problem)
    return await _page(request, session, reader, form)


async def _page(request: Request, session: Session, reader: _Reader, form: Form[Any]) -> Response:
    """404 without a survey, 403 for who neither came nor organises."""
    held = await queries.survey_of(session, reader.event.id)
    if held is None:
        raise errors.not_found()
    if not (rules.was_there(reader.answer) or reader.organises):
        raise errors.forbidden()
    asked = reader.answer
    return pages.render(
        request,
        "events/survey.html",
        reader.viewer,
        status=422 if form.errors else 200,
        event=reader.event,
        here=reader.here,
        back=reader.back,
        questions=[spoken(one) for one in held.questions],
        taken=asked is not None and await queries.has_taken(session, reader.event.id, asked.member_id),
        is_open=rules.survey_is_open(reader.event, held, clock.now()),
        form=form,
    )

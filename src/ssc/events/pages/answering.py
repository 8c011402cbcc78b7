"""Answering on a page: one's own answer, by a mailed link, and the organisers' list."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn, Visitor
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.core.paging import Slice
from ssc.events import clocks, tickets, words
from ssc.events.access import Answering, InvitedGuest, OrganisedEvent, SeenEvent
from ssc.events.actions import answering, placing
from ssc.events.forms import answer_paper
from ssc.events.forms.answer import AnsweringFor
from ssc.events.pages.meaning import meant
from ssc.events.pages.reading import event_page
from ssc.events.queries import after, attendees, events, places
from ssc.events.queries.attendees import Wanted
from ssc.events.queries.events import Seen
from ssc.events.queries.invited import Guest
from ssc.people.viewer import Viewer
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.paging import Paging
from ssc.web.transactions import Transaction

router = APIRouter(include_in_schema=False)


@router.post("/events/{slug}/rsvp")
async def answer(
    request: Request, _known: SignedIn, found: SeenEvent, viewer: Answering, session: Transaction
) -> Response:
    form = answer_paper.read(await forms.submission(request), found.event)
    if form.data is not None:
        try:
            async with session.begin_nested():
                await placing.say(session, viewer, found.event, form.data)
            return pages.see_other(f"{found.event.url}#answer")
        except Problem as problem:
            answer_paper.refused(form, problem)
    return await event_page(request, session, viewer, found, form=form)


@router.get("/event-answers/{token}")
async def invited(request: Request, guest: InvitedGuest, viewer: Visitor, session: Transaction) -> Response:
    """By the link of an invitation: looking changes nothing (mail programs look first)."""
    answer = await events.answer_of(session, guest.event.id, guest.member.id)
    sensitive = await events.confidences_of(session, answer)
    return await _invited(request, session, guest, forms.blank(**answer_paper.written(guest.event, answer, sensitive)))


@router.post("/event-answers/{token}")
async def answer_invited(request: Request, guest: InvitedGuest, viewer: Visitor, session: Transaction) -> Response:
    form = answer_paper.read(await forms.submission(request), guest.event)
    if form.data is not None:
        try:
            async with session.begin_nested():
                event = await places.lock(session, guest.event.id)
                await answering.answer(session, event, guest.member.id, form.data)
            return pages.see_other(f"/event-answers/{request.path_params['token']}")
        except Problem as problem:
            answer_paper.refused(form, problem)
    return await _invited(request, session, guest, form)


@router.get("/events/{slug}/people")
async def people_of(
    request: Request,
    found: OrganisedEvent,
    viewer: SignedIn,
    session: Transaction,
    part: Paging,
    status: Annotated[Wanted | None, Query()] = None,
    q: Annotated[str, Query(max_length=120)] = "",
) -> Response:
    form = forms.blank(status="going", guests=0)
    return await _list(request, session, viewer, found, form, part, status, q)


@router.post("/events/{slug}/people")
async def answer_for(request: Request, found: OrganisedEvent, viewer: SignedIn, session: Transaction) -> Response:
    form = await forms.read(request, AnsweringFor)
    try:
        body = form.data.body() if form.data is not None else None
        if form.data is not None and body is not None and body.data is not None:
            async with session.begin_nested():
                member_id = await meant(session, viewer, found, form.data.handle, at="handle")
                await answering.answer(session, found.event, member_id, body.data, by=viewer.id)
            return pages.see_other(f"{found.event.url}/people")
        form.errors |= body.errors if body is not None else {}
    except Problem as problem:
        form.refuse(problem)
    return await _list(request, session, viewer, found, form)


async def _list(
    request: Request,
    session: Session,
    viewer: Viewer,
    found: Seen,
    form: Form[Any],
    part: Slice | None = None,
    status: Wanted | None = None,
    q: str = "",
) -> Response:
    cut = await attendees.attendees(session, viewer, found, part or Slice(), status, q)
    query = {**({"status": status} if status else {}), **({"q": q} if q else {})}
    here, said = f"{found.event.url}/people", words.statuses()
    counts = await places.by_status(session, found.event.id)
    return pages.render(
        request,
        "events/people.html",
        viewer,
        filled=await places.filled(session, found.event),
        status=422 if form.errors else 200,
        event=found.event,
        rows=cut.rows,
        by_answer=[(word, f"{here}?status={one}", one == status, counts.get(one, 0)) for one, word in said.items()],
        statuses=said,
        chosen=status,
        q=q,
        questions={question["key"]: question["label"] for question in found.event.questions},
        next_href=f"{here}?{urlencode({**query, 'cursor': cut.next})}" if cut.next else "",
        first_href=f"{here}?{urlencode(query)}" if part and part.after else "",
        form=form,
    )


async def _invited(request: Request, session: Session, guest: Guest, form: Form[Any]) -> Response:
    answer = await events.answer_of(session, guest.event.id, guest.member.id)
    positions = await places.positions(session, [answer] if answer else [])
    return pages.render(
        request,
        "events/invited.html",
        status=422 if form.errors else 200,
        event=guest.event,
        person=guest.member,
        answer=answer,
        square=tickets.square(answer.ticket_code) if answer and answer.status == "going" else "",
        position=positions.get(answer.id) if answer else None,
        survey=await after.survey_open_to(session, guest.event, answer),
        report=await after.published_report(session, guest.event),
        clocks=clocks.clocks_of(guest.event, None),
        form=form,
        token=request.path_params["token"],
    )

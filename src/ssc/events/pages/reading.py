"""The list of events, and an event."""

from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from ssc.accounts.loaders import Visitor
from ssc.core import markdown
from ssc.core.db import Session
from ssc.events import clocks, maps, rules, words
from ssc.events.access import SeenEvent
from ssc.events.actions.writing import TOPIC
from ssc.events.forms import answer_paper
from ssc.events.forms.event import EventFilters
from ssc.events.models import Event
from ssc.events.queries import after, events, log, places, shown, told
from ssc.events.queries.events import Seen
from ssc.notifications import actions as notifications
from ssc.people.rules import FACES
from ssc.people.viewer import Viewer
from ssc.places import countries
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.paging import Paging
from ssc.web.transactions import Transaction

router = APIRouter(include_in_schema=False)


@router.get("/events")
async def list_events(
    request: Request,
    filters: Annotated[EventFilters, Query()],
    part: Paging,
    viewer: Visitor,
    session: Transaction,
) -> Response:
    asked = filters if filters.when else filters.model_copy(update={"when": "upcoming"})
    cut = await events.events(session, viewer, asked, part)
    places = await events.countries_with_events(session, viewer)
    writes = viewer is not None and rules.may_write_anywhere(viewer)
    return pages.render(
        request,
        "events/events.html",
        viewer,
        keep=TOPIC,
        form=forms.blank(**asked.model_dump()),
        when=asked.when,
        filtered=bool(asked.model_dump(exclude_defaults=True, exclude={"when"})),
        events=[(event, clocks.day(event.starts_at, event.time_zone), _hours(event)) for event in cut.rows],
        answers=await events.answers_to(session, viewer, [event.id for event in cut.rows]),
        countries=[pair for pair in countries.choices() if pair[0] in places],
        writes=writes,
        drafts=await events.drafts_waiting(session, viewer) if viewer is not None else 0,
        tab=lambda when: _address(asked.model_copy(update={"when": when})),
        next_href=_address(asked, cursor=cut.next) if cut.next else "",
        first_href=_address(asked) if part.after else "",
    )


@router.get("/events/{slug}")
async def event(request: Request, found: SeenEvent, viewer: Visitor, session: Transaction) -> Response:
    if viewer is not None:
        viewer = await notifications.seen(session, viewer, found.event.subject)
    return await event_page(request, session, viewer, found)


async def event_page(
    request: Request, session: Session, viewer: Viewer | None, found: Seen, form: Form[Any] | None = None
) -> Response:
    """The event as this viewer sees it; `form`: her answer as she sent it, where something was wrong with it."""
    one = found.event
    if form is None:
        sensitive = await events.confidences_of(session, found.answer)
        form = forms.blank(**answer_paper.written(one, found.answer, sensitive))
    return pages.render(
        request,
        "events/event.html",
        viewer,
        status=422 if form.errors else 200,
        keep=f"event-{one.id} {FACES}",
        event=one,
        seen=found,
        shown=await shown.whole(session, viewer, found),
        filled=await places.filled(session, one),
        log=await log.log_of(session, found.event, found.answer) if found.answer and viewer else [],
        announcements=await told.announcements(session, one.id, found.answer.status) if found.answer else [],
        clocks=clocks.clocks_of(one, viewer.member.time_zone if viewer is not None else None),
        html=markdown.render(one.description).html(),
        agenda=agenda(one),
        report=await after.published_report(session, one),
        survey=await after.survey_open_to(session, one, found.answer),
        maps=maps.links(one),
        host_words=dict(words.host_kinds()),
        form=form,
    )


def agenda(event: Event) -> list[tuple[str, list[dict[str, Any]]]]:
    """Day → items with their minute, on the event's own clock; one day needs no name."""
    days: dict[str, list[dict[str, Any]]] = {}
    for item in event.agenda:
        at = datetime.fromisoformat(item["at"])
        shown_at = {**item, "minute": clocks.minute(at, event.time_zone)}
        days.setdefault(clocks.day(at, event.time_zone), []).append(shown_at)
    return list(days.items())


def _hours(event: Event) -> str:
    return clocks.span(event.starts_at, event.ends_at, event.time_zone)


def _address(filters: EventFilters, **more: str) -> str:
    query = {**{name: str(value) for name, value in filters.model_dump(exclude_defaults=True).items()}, **more}
    return "/events" + (f"?{urlencode(query)}" if query else "")

"""An event in its organiser's hands: a form, and the verbs."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.events import words
from ssc.events.access import EventWriter, OrganisedEvent
from ssc.events.actions import writing
from ssc.events.forms import paper
from ssc.events.forms.event import Cancelling, Copying, EventBody, EventChange
from ssc.events.models import Event
from ssc.events.queries.events import Seen
from ssc.people import queries as people
from ssc.people.viewer import Viewer
from ssc.places import countries, zones
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.transactions import Transaction

router = APIRouter(include_in_schema=False)


@router.get("/events/new")
async def blank(request: Request, viewer: EventWriter) -> Response:
    country = min(viewer.coordinates, default="")
    zone = zones.of_country(country) if country else viewer.member.time_zone
    values = {"country": country, "time_zone": zone, "audience": "members", "guests_per_person": 1, "places": "direct"}
    return _page(request, viewer, forms.blank(**values))


@router.post("/events")
async def draft(request: Request, viewer: EventWriter, session: Transaction) -> Response:
    form = paper.read(await forms.submission(request))
    if form.data is not None:
        try:
            async with session.begin_nested():
                event = await writing.draft(session, viewer, form.data)
            return pages.see_other(event.url)
        except Problem as problem:
            form.refuse(problem)
    return _page(request, viewer, form, status=422)


@router.get("/events/{slug}/edit")
async def edit(request: Request, found: OrganisedEvent, viewer: SignedIn, session: Transaction) -> Response:
    values = paper.written(found.event, await _handles(session, found))
    return _page(request, viewer, forms.blank(**values, version=found.event.version), found.event)


@router.post("/events/{slug}/edit")
async def change(request: Request, found: OrganisedEvent, viewer: SignedIn, session: Transaction) -> Response:
    submitted = await forms.submission(request)
    version = str(submitted.get("version", ""))
    form = paper.read(submitted)
    form.values["version"] = version
    if form.data is not None:
        try:
            async with session.begin_nested():
                change = EventChange.model_validate(form.data.model_dump(exclude_unset=True))
                made_from = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else None
                await writing.change(session, viewer, found, change, made_from)
            return pages.see_other(found.event.url)
        except Problem as problem:
            form.refuse(problem)
    return _page(request, viewer, form, found.event, status=422)


@router.post("/events/{slug}/publish")
async def publish(found: OrganisedEvent, viewer: SignedIn, session: Transaction) -> Response:
    await writing.publish(session, viewer, found.event)
    return pages.see_other(found.event.url)


@router.get("/events/{slug}/cancel")
async def ask_to_cancel(request: Request, found: OrganisedEvent, viewer: SignedIn) -> Response:
    return pages.render(request, "events/cancel.html", viewer, event=found.event, form=forms.blank())


@router.post("/events/{slug}/cancel")
async def cancel(request: Request, found: OrganisedEvent, viewer: SignedIn, session: Transaction) -> Response:
    form = await forms.read(request, Cancelling)
    if form.data is None:
        return pages.render(request, "events/cancel.html", viewer, status=422, event=found.event, form=form)
    await writing.cancel(session, viewer, found.event, form.data.reason)
    return pages.see_other(found.event.url)


@router.post("/events/{slug}/copy")
async def copy(found: OrganisedEvent, viewer: SignedIn, session: Transaction) -> Response:
    made = await writing.copy(session, viewer, found.event, Copying())
    return pages.see_other(f"{made.url}/edit")


@router.post("/events/{slug}/remove")
async def remove(found: OrganisedEvent, viewer: SignedIn, session: Transaction) -> Response:
    await writing.remove(session, viewer, found.event)
    return pages.see_other("/events?when=drafts")


async def _handles(session: Session, found: Seen) -> list[str]:
    """Of those who were named, not of who made it."""
    return list(await people.handles_of(session, [one.member_id for one in found.organisers if not one.by_office]))


def _page(
    request: Request, viewer: Viewer, form: Form[EventBody] | Form[Any], event: Event | None = None, status: int = 200
) -> Response:
    mine = [pair for pair in countries.choices() if viewer.is_staff or pair[0] in viewer.coordinates]
    if event is not None and event.country not in dict(mine):
        mine.append((event.country, countries.name(event.country)))
    return pages.render(
        request,
        "events/edit.html",
        viewer,
        status=status,
        form=form,
        event=event,
        countries=mine,
        zones=zones.choices(),
        host_kinds=words.host_kinds(),
        host_rows=_filled(form.value("host_rows") or [], 2),
        question_rows=_filled(form.value("question_rows") or [], 6),
    )


def _filled(rows: list[tuple[str, ...]], width: int) -> list[tuple[str, ...]]:
    """With empty rows below, to write in."""
    return [*rows, *[("",) * width] * max(2, paper.ROWS - len(rows))]

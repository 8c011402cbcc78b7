"""Events: read by whom they are for, written by those who organise them."""

from typing import Annotated

from fastapi import Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn, Visitor
from ssc.core.db import Session
from ssc.events import shapes
from ssc.events.access import EventWriter, OrganisedEvent, SeenEvent, Version
from ssc.events.actions import writing
from ssc.events.forms.event import Cancelling, Copying, EventBody, EventChange, EventFilters
from ssc.events.models import Event
from ssc.events.queries import events, shown
from ssc.events.queries.events import Seen
from ssc.people.viewer import Viewer
from ssc.web import api, etags
from ssc.web.api import Nothing, problems
from ssc.web.paging import Page, Paging
from ssc.web.transactions import Transaction

router = api.router(tags=["Events"])


@router.get("/events", response_model=Page[shapes.EventInShort], responses=problems(401, 422))
async def list_events(
    request: Request,
    filters: Annotated[EventFilters, Query()],
    part: Paging,
    viewer: Visitor,
    session: Transaction,
) -> Response:
    """Public events to all; members also see members' events, chapters theirs."""
    cut = await events.events(session, viewer, filters, part)
    page = Page[shapes.EventInShort](items=await shown.in_short(session, viewer, cut.rows), next=cut.next)
    return _answer(request, viewer, page)


@router.post("/events", status_code=201, response_model=shapes.WholeEvent, responses=problems(401, 403, 422))
async def draft(body: EventBody, request: Request, viewer: EventWriter, session: Transaction) -> Response:
    """A draft, which only its organisers see. For coordinators of the country, and staff."""
    event = await writing.draft(session, viewer, body)
    return await _organised(session, viewer, event, status=201)


@router.get("/events/{slug}", response_model=shapes.WholeEvent, responses=problems(401, 404))
async def event(request: Request, found: SeenEvent, viewer: Visitor, session: Transaction) -> Response:
    """An event whole. `my_rsvp`, `online_url` and `thread_id` are there where they are for the caller."""
    return _answer(request, viewer, await shown.whole(session, viewer, found))


@router.patch("/events/{slug}", response_model=shapes.WholeEvent, responses=problems(401, 403, 404, 409, 422))
async def change(
    found: OrganisedEvent, body: EventChange, version: Version, viewer: SignedIn, session: Transaction
) -> Response:
    """Changes what is given. With `If-Match` a stale version is a 409 `edited-meanwhile`."""
    event = await writing.change(session, viewer, found, body, version)
    return await _organised(session, viewer, event)


@router.delete("/events/{slug}", status_code=204, responses=problems(401, 403, 404, 409))
async def remove(found: OrganisedEvent, viewer: SignedIn, session: Transaction) -> None:
    """Deletes a draft. What was published is cancelled instead."""
    await writing.remove(session, viewer, found.event)


@router.post("/events/{slug}/publish", response_model=shapes.WholeEvent, responses=problems(401, 403, 404, 409, 422))
async def publish(
    found: OrganisedEvent, viewer: SignedIn, session: Transaction, body: Nothing | None = None
) -> Response:
    """From now on its audience sees it. Once more changes nothing."""
    await writing.publish(session, viewer, found.event)
    return await _organised(session, viewer, found.event)


@router.post("/events/{slug}/cancel", response_model=shapes.WholeEvent, responses=problems(401, 403, 404, 409, 422))
async def cancel(found: OrganisedEvent, body: Cancelling, viewer: SignedIn, session: Transaction) -> Response:
    """Everybody who answered is told the reason."""
    await writing.cancel(session, viewer, found.event, body.reason)
    return await _organised(session, viewer, found.event)


@router.post(
    "/events/{slug}/copy", status_code=201, response_model=shapes.WholeEvent, responses=problems(401, 403, 404, 422)
)
async def copy(found: OrganisedEvent, viewer: SignedIn, session: Transaction, body: Copying | None = None) -> Response:
    """A new draft with the same words; the agenda moves with the day."""
    made = await writing.copy(session, viewer, found.event, body or Copying())
    return await _organised(session, viewer, made, status=201)


async def _organised(session: Session, viewer: Viewer, event: Event, status: int = 200) -> Response:
    """The event as its organiser sees it after a change."""
    await session.refresh(event)
    organisers = await events.organisers_of(session, event.id)
    answer = await events.answer_of(session, event.id, viewer.id)
    shape = await shown.whole(session, viewer, Seen(event, organisers, answer, organises=True))
    return Response(_json(shape), status, {"Cache-Control": etags.PRIVATE}, "application/json")


def _json(shape: BaseModel) -> bytes:
    return shape.model_dump_json(exclude_unset=True).encode()


def _answer(request: Request, viewer: Viewer | None, shape: BaseModel) -> Response:
    return etags.answer(request, _json(shape), private=viewer is not None)

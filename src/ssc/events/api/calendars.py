"""Events in calendars: a file for each, and an address of one's own for all that one goes to."""

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn, Visitor
from ssc.core import errors, i18n
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.events import calendars
from ssc.events.access import SeenEvent
from ssc.events.actions import calendars as actions
from ssc.events.queries import calendars as queries
from ssc.people.viewer import Viewer
from ssc.web import api, etags
from ssc.web.api import Nothing, problems
from ssc.web.transactions import Transaction

router = api.router(tags=["Events"])
plain = APIRouter(include_in_schema=False)


class Address(BaseModel):
    url: str


@router.post("/me/calendar", status_code=201, responses=problems(401, 403, 422), summary="A new calendar address")
async def renew(viewer: SignedIn, session: Transaction, _body: Nothing | None = None) -> Address:
    """For calendar programs. The old address leads nowhere from now on; this one is shown once."""
    return Address(url=await actions.renew_feed(session, viewer))


@router.delete("/me/calendar", status_code=204, responses=problems(401, 403), summary="End the calendar address")
async def end(viewer: SignedIn, session: Transaction) -> None:
    """The address leads nowhere from now on."""
    await actions.end_feed(session, viewer)


@router.get("/events/{slug}.ics", responses=problems(401, 404), summary="An event for a calendar")
async def event_file(request: Request, found: SeenEvent, viewer: Visitor, session: Transaction) -> Response:
    """RFC 5545: VTIMEZONE, a stable UID, SEQUENCE on change, CANCELLED when it is. Also at `/events/{slug}.ics`."""
    if found.event.published_at is None:
        raise errors.not_found()
    return _event(request, viewer, found, session)


@router.get("/calendar/{token}.ics", responses=problems(404), summary="One's calendar")
async def feed(token: str, session: Transaction) -> Response:
    """All that its owner goes to or may. Whoever has the address reads it. Also at `/calendar/{token}.ics`."""
    return await _feed(token, session)


@plain.get("/events/{slug}.ics")
async def plain_event_file(request: Request, found: SeenEvent, viewer: Visitor, session: Transaction) -> Response:
    return await event_file(request, found, viewer, session)


@plain.get("/calendar/{token}.ics")
async def plain_feed(token: str, session: Transaction) -> Response:
    return await _feed(token, session)


def _event(request: Request, viewer: Viewer | None, found: SeenEvent, session: Session) -> Response:
    entry = queries.entry_of(found.event, found.answer)
    content = calendars.file_of(session.settings, [entry], found.event.title)
    return etags.answer(request, content, private=viewer is not None, media_type=calendars.MEDIA_TYPE)


async def _feed(token: str, session: Session) -> Response:
    owner = await queries.owner_of(session, token)
    if owner is None:
        raise errors.not_found()
    i18n.use(owner.language)
    name = _("Sakura Science Club: my events")
    content = calendars.file_of(session.settings, await queries.entries_of(session, owner), name)
    return Response(content, 200, {"Cache-Control": etags.PRIVATE}, calendars.MEDIA_TYPE)

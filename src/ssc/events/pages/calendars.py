"""One's own calendar address."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn
from ssc.events.actions import calendars as actions
from ssc.events.models import CalendarFeed
from ssc.web import pages
from ssc.web.transactions import Transaction

router = APIRouter(include_in_schema=False)


@router.get("/me/calendar")
async def calendar(request: Request, viewer: SignedIn, session: Transaction) -> Response:
    held = await session.get(CalendarFeed, viewer.id)
    return pages.render(request, "events/calendar.html", viewer, held=held, address="")


@router.post("/me/calendar")
async def renew(request: Request, viewer: SignedIn, session: Transaction) -> Response:
    address = await actions.renew_feed(session, viewer)
    held = await session.get(CalendarFeed, viewer.id)
    return pages.render(request, "events/calendar.html", viewer, held=held, address=address)


@router.post("/me/calendar/end")
async def end(viewer: SignedIn, session: Transaction) -> Response:
    await actions.end_feed(session, viewer)
    return pages.see_other("/me/calendar")

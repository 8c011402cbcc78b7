"""The photos of a published report on a page of their own: who is in one takes it down with one tap."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.access import identity
from ssc.accounts.loaders import SignedIn, Visitor
from ssc.core import errors
from ssc.events import rules
from ssc.events.access import InvitedGuest, Pictured, PublishedReport, ReportForGuest, SeenEvent
from ssc.events.actions import pictured
from ssc.events.models import Event, Report
from ssc.events.queries import events
from ssc.events.queries.photos import photos, reported_as
from ssc.news import reports
from ssc.people.viewer import Viewer
from ssc.web import pages
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)


@router.get("/news/{slug}/photos")
async def of_news(slug: str, session: Transaction) -> Response:
    """News knows no events: its page leads here. What was written without an event is the secretariat's to change."""
    slugs = await reports.slugs_with(session, slug)
    if not slugs:
        raise errors.not_found()
    event = await reported_as(session, slugs)
    return pages.see_other(f"{event.url}/photos" if event is not None else "/contact")


@router.get("/events/{slug}/photos")
async def list_photos(
    request: Request, found: SeenEvent, report: PublishedReport, viewer: Visitor, session: Transaction, done: str = ""
) -> Response:
    listed = await photos(session, report, viewer.id if viewer is not None else None, viewer)
    may = rules.may_take_down(found.answer, viewer, organises=found.organises)
    return _page(
        request, found.event, report, viewer=viewer, photos=listed, may=may, done=done, here=f"{found.event.url}/photos"
    )


@router.post("/events/{slug}/photos/{photo}/take-down")
async def take_down(
    viewer: Pictured, found: SeenEvent, report: PublishedReport, photo: str, process: Running, session: Transaction
) -> Response:
    await process.limits.take(rules.TAKING_DOWN, str(viewer.id))
    await pictured.take_down(session, found.event, report, identity(photo), viewer.id)
    return pages.see_other(f"{found.event.url}/photos?done=down")


@router.post("/events/{slug}/photos/{photo}/bring-back")
async def bring_back(
    viewer: SignedIn, found: SeenEvent, report: PublishedReport, photo: str, session: Transaction
) -> Response:
    taken = (await photos(session, report, viewer.id, viewer)).taken(identity(photo))
    await pictured.bring_back(session, found.event, report, taken, viewer.id)
    return pages.see_other(f"{found.event.url}/photos?done=back")


@router.get("/event-answers/{token}/photos")
async def list_for_guest(
    request: Request,
    token: str,
    guest: InvitedGuest,
    report: ReportForGuest,
    viewer: Visitor,
    session: Transaction,
    done: str = "",
) -> Response:
    listed = await photos(session, report, guest.member.id)
    may = rules.may_take_down(await events.answer_of(session, guest.event.id, guest.member.id))
    here = f"/event-answers/{token}/photos"
    return _page(request, guest.event, report, viewer=None, photos=listed, may=may, done=done, here=here, guest=True)


@router.post("/event-answers/{token}/photos/{photo}/take-down")
async def take_down_as_guest(
    token: str, guest: InvitedGuest, report: ReportForGuest, photo: str, process: Running, session: Transaction
) -> Response:
    if not rules.may_take_down(await events.answer_of(session, guest.event.id, guest.member.id)):
        raise errors.forbidden()
    await process.limits.take(rules.TAKING_DOWN, str(guest.member.id))
    await pictured.take_down(session, guest.event, report, identity(photo), guest.member.id)
    return pages.see_other(f"/event-answers/{token}/photos?done=down")


@router.post("/event-answers/{token}/photos/{photo}/bring-back")
async def bring_back_as_guest(
    token: str, guest: InvitedGuest, report: ReportForGuest, photo: str, session: Transaction
) -> Response:
    taken = (await photos(session, report, guest.member.id)).taken(identity(photo))
    await pictured.bring_back(session, guest.event, report, taken, guest.member.id)
    return pages.see_other(f"/event-answers/{token}/photos?done=back")


def _page(
    request: Request, event: Event, report: Report, *, viewer: Viewer | None, guest: bool = False, **context: Any
) -> Response:
    return pages.render(request, "events/photos.html", viewer, event=event, report=report, guest=guest, **context)

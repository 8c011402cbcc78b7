"""Photos of a published report for programs, and the way out of them."""

from uuid import UUID

from pydantic import BaseModel, Field
from starlette.responses import Response

from ssc.accounts.access import identity
from ssc.accounts.loaders import SignedIn, Visitor
from ssc.core import errors
from ssc.events import rules
from ssc.events.access import InvitedGuest, Pictured, PublishedReport, ReportForGuest, SeenEvent
from ssc.events.actions import pictured
from ssc.events.queries import events
from ssc.events.queries.photos import Photos, photos
from ssc.web import api
from ssc.web.api import problems
from ssc.web.transactions import Running, Transaction
from ssc.writing.models import Picture

router = api.router(tags=["Events"])


class ShownPhoto(BaseModel):
    id: UUID
    url: str
    alt: str
    width: int
    height: int
    taken_down: bool = Field(False, description="Nobody sees it; only who may bring it back finds it here.")


@router.get("/events/{slug}/report/photos", responses=problems(404), summary="Photos of the published report")
async def list_photos(report: PublishedReport, viewer: Visitor, session: Transaction) -> list[ShownPhoto]:
    """With those that the caller took down, and may bring back; moderators find all."""
    return _listed(await photos(session, report, viewer.id if viewer is not None else None, viewer))


@router.post(
    "/events/{slug}/report/photos/{photo}/take-down",
    status_code=204,
    responses=problems(401, 403, 404, 429),
    summary="Take down a photo one is in",
)
async def take_down(
    viewer: Pictured, found: SeenEvent, report: PublishedReport, photo: str, process: Running, session: Transaction
) -> Response:
    """For those who were there, for themselves and their guests: at once and for everybody, its addresses included.
    The organisers are told so, and not who asked. After 30 days it is deleted. Fifty a day."""
    await process.limits.take(rules.TAKING_DOWN, str(viewer.id))
    await pictured.take_down(session, found.event, report, identity(photo), viewer.id)
    return Response(status_code=204)


@router.delete(
    "/events/{slug}/report/photos/{photo}/take-down",
    status_code=204,
    responses=problems(401, 404),
    summary="Bring a photo back",
)
async def bring_back(
    viewer: SignedIn, found: SeenEvent, report: PublishedReport, photo: str, session: Transaction
) -> Response:
    """By who took it down, and by moderators; 404 for everybody else, the organisers too."""
    taken = (await photos(session, report, viewer.id, viewer)).taken(identity(photo))
    await pictured.bring_back(session, found.event, report, taken, viewer.id)
    return Response(status_code=204)


@router.get("/event-answers/{token}/report/photos", responses=problems(404), summary="The same by one's own link")
async def list_for_guest(guest: InvitedGuest, report: ReportForGuest, session: Transaction) -> list[ShownPhoto]:
    """For somebody without an account."""
    return _listed(await photos(session, report, guest.member.id))


@router.post(
    "/event-answers/{token}/report/photos/{photo}/take-down",
    status_code=204,
    responses=problems(403, 404, 429),
    summary="Take down a photo one is in, by one's own link",
)
async def take_down_as_guest(
    guest: InvitedGuest, report: ReportForGuest, photo: str, process: Running, session: Transaction
) -> Response:
    """As members do."""
    if not rules.may_take_down(await events.answer_of(session, guest.event.id, guest.member.id)):
        raise errors.forbidden()
    await process.limits.take(rules.TAKING_DOWN, str(guest.member.id))
    await pictured.take_down(session, guest.event, report, identity(photo), guest.member.id)
    return Response(status_code=204)


@router.delete(
    "/event-answers/{token}/report/photos/{photo}/take-down",
    status_code=204,
    responses=problems(404),
    summary="Bring it back by one's own link",
)
async def bring_back_as_guest(
    guest: InvitedGuest, report: ReportForGuest, photo: str, session: Transaction
) -> Response:
    """Only what she took down herself."""
    taken = (await photos(session, report, guest.member.id)).taken(identity(photo))
    await pictured.bring_back(session, guest.event, report, taken, guest.member.id)
    return Response(status_code=204)


def _listed(found: Photos) -> list[ShownPhoto]:
    return [*(_shape(one) for one in found.shown), *(_shape(one, taken_down=True) for one, _taken in found.down)]


def _shape(photo: Picture, *, taken_down: bool = False) -> ShownPhoto:
    url = "" if taken_down else f"/files/news/{photo.id}/1600.webp"
    return ShownPhoto(
        id=photo.id, url=url, alt=photo.alt, width=photo.width, height=photo.height, taken_down=taken_down
    )

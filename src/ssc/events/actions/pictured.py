"""Who is in a photo of a published report takes it down with one tap, as from an album: at once, for everybody."""

from uuid import UUID

from ssc.core import audit, errors, shelf
from ssc.core.db import Session
from ssc.events.actions.writing import TOPIC
from ssc.events.models import Event, Report
from ssc.events.notices import EVENT_PHOTO, data_of
from ssc.events.queries.events import organisers_of
from ssc.news import reports
from ssc.notifications import actions as notifications
from ssc.writing.models import Picture, PictureTakeDown


async def take_down(session: Session, event: Event, report: Report, photo_id: UUID, by: UUID) -> None:
    """Its addresses included; the words that say who is in it go from the text. The organisers hear that, not who
    asked. 404 for a photo of another report; one that is down already stays so."""
    slug = report.news_slug or ""
    photo = await reports.take_down(session, slug, photo_id, by)
    if photo is None:
        if photo_id in [one.id for one, _taken in await reports.pictures_down(session, slug)]:
            return
        raise errors.not_found()
    audit.write(session, by, "event.photo-take-down", event.subject, photo=str(photo_id))
    await _tell(session, event, report, photo, by)
    await shelf.forget(session, TOPIC, f"event-{event.id}")
    await session.flush()


async def bring_back(session: Session, event: Event, report: Report, taken: PictureTakeDown, by: UUID) -> None:
    """The caller has asked who may: she who took it down, and moderators."""
    audit.write(session, by, "event.photo-bring-back", event.subject, photo=str(taken.picture_id))
    await reports.bring_back(session, report.news_slug or "", taken)
    await shelf.forget(session, TOPIC, f"event-{event.id}")


async def _tell(session: Session, event: Event, report: Report, photo: Picture, by: UUID) -> None:
    """Who brought it, who wrote the report, and the organisers who are named."""
    named = {one.member_id for one in await organisers_of(session, event.id)}
    readers = {one for one in (*named, photo.brought_by, report.written_by) if one is not None and one != by}
    subject, url = f"event-photos:{event.id}", f"{event.url}/photos"
    await notifications.tell(session, EVENT_PHOTO, readers, subject=subject, url=url, data=data_of(event))

"""Photos of a report: taken over in our sizes, without metadata; they become the news' pictures."""

from uuid import UUID

from ssc.core import errors
from ssc.core.blobs import Blobs
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.events.actions.after import write_report
from ssc.events.forms.after import PhotoWords, ReportBody
from ssc.events.models import Event, Report
from ssc.people.viewer import Viewer
from ssc.writing import actions as writing
from ssc.writing import queries as texts
from ssc.writing.models import Picture

MOST_PHOTOS = 12
_BRACKETS = str.maketrans("[]", "()")


async def add_photo(
    session: Session, blobs: Blobs, viewer: Viewer, event: Event, content: bytes, words: PhotoWords
) -> Picture:
    """413, 415 and 422 for what is no picture of ours; 409 past the twelfth, and once the report is published."""
    if not words.agreed:
        raise errors.invalid(("agreed", _("Ask those who can be recognised first; nobody under 18 is shown.")))
    report = await write_report(session, viewer, event, ReportBody())
    if len(await photos_of(session, report)) >= MOST_PHOTOS:
        raise errors.conflict(_("A report has room for {n} photos.", n=MOST_PHOTOS))
    if report.writing_id is None:
        text = await writing.begin(session, lang=report.lang, title=report.title, body=report.body, by=viewer.id)
        report.writing_id = text.id
        await session.flush()
    return await writing.add_picture(session, blobs, report.writing_id, content, alt=words.alt, by=viewer.id)


async def remove_photo(session: Session, blobs: Blobs, report: Report, photo_id: UUID) -> None:
    """404 for a picture of another; 409 once the report is published."""
    photo = await session.get(Picture, photo_id)
    if photo is None or photo.writing_id != report.writing_id:
        raise errors.not_found()
    if report.published_at is not None:
        raise errors.conflict(_("This report is published. Its editors can change it as news."))
    await writing.remove_picture(session, blobs, photo)


async def photos_of(session: Session, report: Report) -> list[Picture]:
    """In the order in which they came."""
    return await texts.pictures_of(session, [report.writing_id]) if report.writing_id is not None else []


async def show_in(session: Session, report: Report, body: str) -> str:
    """The text with those photos below that it does not show itself."""
    below = [photo for photo in await photos_of(session, report) if f"(picture:{photo.id})" not in body]
    return "\n\n".join([body, *(called(photo) for photo in below)])


def called(photo: Picture) -> str:
    """How a text calls it. A bracket in its words would end them."""
    return f"![{photo.alt.translate(_BRACKETS)}](picture:{photo.id})"

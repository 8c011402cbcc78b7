"""Messages as they can be reported: moderators read the one, and a few before it, as they stand at that moment."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from ssc.core import ids
from ssc.core.blobs import Blobs
from ssc.core.db import Session
from ssc.core.i18n import words
from ssc.messaging.actions import bury
from ssc.messaging.actions.lines import hold
from ssc.messaging.actions.uploads import IMAGE_SIZES, blob_of
from ssc.messaging.models import Message, Upload
from ssc.messaging.queries.messages import Read, Wanted, messages_of
from ssc.messaging.queries.places import Place, place_of
from ssc.messaging.queries.uploads import pictures_of
from ssc.moderation.targets import Found, Line, Target
from ssc.people.viewer import Viewer

BEFORE = 5
"""So many messages before the reported one are shown, where whoever reports it may read them."""


async def _reach(session: Session, viewer: Viewer, identity: str) -> Found | None:
    """One that the viewer can read, also of somebody whom she has blocked since."""
    message_id = ids.parse(identity)
    where = await _where(session, message_id) if message_id else None
    place = await place_of(session, viewer, where[0]) if where else None
    if place is None or where is None:
        return None
    return await found_in(session, place, where[1])


async def found_in(session: Session, place: Place, seq: int) -> Found | None:
    """The message of this number, with what stands before it; None for one that is deleted, and for lines."""
    read = await messages_of(session, place, Wanted(BEFORE + 1, "before", seq + 1))
    if not read or read[-1].seq != seq or read[-1].shape["kind"] != "text" or read[-1].shape["deleted"]:
        return None
    last = read[-1]
    pictures = await pictures_of(session, place.id, [one.seq for one in read])
    lines = [_line(one, pictures.get(one.seq, []), reported=one is last) for one in read if one.shape["kind"] == "text"]
    return Found(last.shape["id"], _author(last), last.author_id, lines)


async def _remove(session: Session, _blobs: Blobs, identity: str, by: UUID) -> None:
    where = await _where(session, UUID(identity))
    if where is None:
        return
    await hold(session, where[0])
    held = await session.get_one(Message, where, populate_existing=True)
    if held.deleted_at is None:
        await bury(session, held, by)


async def _where(session: Session, message_id: UUID) -> tuple[UUID, int] | None:
    rows = await session.execute(select(Message.thread_id, Message.seq).where(Message.id == message_id))
    found = rows.one_or_none()
    return (found[0], found[1]) if found else None


def _line(read: Read, pictures: Sequence[Upload], *, reported: bool) -> Line:
    shape = read.shape
    files = tuple(file["name"] for file in shape["attachments"])
    shown = tuple(blob_of(picture, IMAGE_SIZES[0]) for picture in pictures)
    return Line(_author(read), shape["body"], shape["created_at"], reported, files, shown)


def _author(read: Read) -> str:
    return str(read.shape["author"]["name"]) if read.shape["author"] else ""


MESSAGE = Target("message", words("Message"), _reach, _remove)

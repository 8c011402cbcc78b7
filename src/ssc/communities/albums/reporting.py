"""A photo as it can be reported: moderators see it while they have to decide about it."""

from uuid import UUID

from ssc.communities.albums import queries
from ssc.communities.albums.actions import drop
from ssc.communities.albums.files import path_of
from ssc.communities.albums.models import AlbumPhoto
from ssc.core import ids
from ssc.core.blobs import Blobs
from ssc.core.db import Session
from ssc.core.i18n import _, words
from ssc.moderation.targets import Found, Line, Target
from ssc.people.models import Member
from ssc.people.viewer import Viewer
from ssc.programmes.models import Exchange


async def _reach(session: Session, viewer: Viewer, identity: str) -> Found | None:
    photo_id = ids.parse(identity)
    photo = await queries.photo_of(session, viewer, photo_id) if photo_id else None
    if photo is None:
        return None
    exchange = await session.get_one(Exchange, photo.exchange_id)
    uploader = await session.get_one(Member, photo.member_id)
    address = f"{path_of(exchange)}/{photo.id}"
    line = Line(uploader.name, photo.caption or _("A photo without a caption"), reported=True)
    return Found(str(photo.id), exchange.title or exchange.code, photo.member_id, [line], url=address)


async def _remove(session: Session, blobs: Blobs, identity: str, by: UUID) -> None:
    photo_id = ids.parse(identity)
    photo = await session.get(AlbumPhoto, photo_id) if photo_id else None
    if photo is not None:
        await drop(session, blobs, photo, by=by)


PHOTO = Target("photo", words("Photo in an album"), _reach, _remove)
TARGETS = (PHOTO,)

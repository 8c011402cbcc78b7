"""Who may do what with an album's photo, how many there may be, and how long what was taken down is kept."""

from datetime import timedelta
from uuid import UUID

from ssc.communities.albums.models import AlbumPhoto
from ssc.core import clock
from ssc.core.limits import Limit
from ssc.people.viewer import Viewer

MOST_PHOTOS = 500
MOST_AT_ONCE = 12
"""In one form, where no script sends them one by one."""
PLACES = 1000
CAPTION_LIMIT = 300
SIZES = (480, 1600)
KEPT_TAKEN_DOWN = timedelta(days=30)
"""So long a photo that was taken down can come back; then its files are deleted."""
NEWS_FOR = timedelta(days=1)
BATCH_LIVES = timedelta(days=2)

UPLOADS = Limit("uploads", 60, 3600)  # with all else that she uploads
BY_DAY = Limit("album-day", 200, 86400)
TAKING_DOWN = Limit("album-take-down", 100, 86400)


def is_of(viewer: Viewer | None, exchange_id: UUID) -> bool:
    """Whether she took part; a recovered account waits for its 72 hours."""
    return viewer is not None and not viewer.limited and exchange_id in viewer.exchanges


def can_change(viewer: Viewer, photo: AlbumPhoto) -> bool:
    """Its words are its uploader's."""
    return photo.member_id == viewer.id


def can_delete(viewer: Viewer, photo: AlbumPhoto) -> bool:
    return photo.member_id == viewer.id or viewer.is_staff


def can_undo(viewer: Viewer, taken_by: UUID | None) -> bool:
    """A photo comes back by her who took it down, or by staff: never by its uploader."""
    return viewer.is_staff or taken_by == viewer.id


def is_batch(batch: UUID) -> bool:
    """Whether it is a UUIDv7 of these days: nobody's photos stand on top for ever."""
    if batch.version != 7:
        return False
    made = (batch.int >> 80) / 1000
    now = clock.now().timestamp()
    return now - BATCH_LIVES.total_seconds() <= made <= now + 300

"""A member's photo: taken over, replaced, taken away; each change gives it another address."""

from uuid import UUID

from ssc.core import ids, pictures
from ssc.core.blobs import Blobs
from ssc.core.db import Session
from ssc.people import actions as people
from ssc.people.models import Member
from ssc.people.shapes import PHOTO_SIZES


def blob_of(photo: UUID, size: int) -> str:
    """Under which key a size of the photo is kept."""
    return f"photos/{photo}/{size}.webp"


async def change_photo(session: Session, blobs: Blobs, member: Member, content: bytes) -> None:
    """Takes the picture over in our sizes; the former one is deleted once that stands."""
    made = await pictures.squares(content, PHOTO_SIZES)
    photo = ids.new()
    for size, square in made.items():
        await blobs.put(blob_of(photo, size), square)
    former, member.photo = member.photo, photo
    await session.flush()
    await people.show_anew(session)
    _delete_later(session, blobs, former)


async def remove_photo(session: Session, blobs: Blobs, member: Member) -> None:
    former, member.photo = member.photo, None
    await session.flush()
    await people.show_anew(session)
    _delete_later(session, blobs, former)


def _delete_later(session: Session, blobs: Blobs, photo: UUID | None) -> None:
    if photo is None:
        return
    keys = [blob_of(photo, size) for size in PHOTO_SIZES]

    async def delete() -> None:
        await blobs.delete(*keys)

    session.after_commit(delete)

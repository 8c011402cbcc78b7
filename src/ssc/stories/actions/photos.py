"""A story's photos: taken over as pixels alone in our sizes, described, taken away with their files."""

from uuid import UUID

from ssc.core import errors, ids, pictures
from ssc.core.blobs import Blobs
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.people.viewer import Viewer
from ssc.stories.forms import PhotoWords
from ssc.stories.models import Story, StoryPhoto
from ssc.stories.queries import reach
from ssc.stories.rules import MOST_PHOTOS, PHOTO_SIZES, can_edit


def blob_of(photo_id: UUID, size: int) -> str:
    return f"stories/{photo_id}/{size}.webp"


async def add_photo(
    session: Session, blobs: Blobs, viewer: Viewer, story: Story, content: bytes, words: PhotoWords
) -> StoryPhoto:
    """413, 415 and 422 for what is no picture of ours; 409 past the twelfth."""
    await _may_edit(session, viewer, story)
    if len(story.photos) >= MOST_PHOTOS:
        raise errors.conflict(_("A story has room for {n} photos.", n=MOST_PHOTOS))
    made = await pictures.fitted(content, PHOTO_SIZES)
    photo = StoryPhoto(id=ids.new(), story_id=story.id, width=made.width, height=made.height, **words.model_dump())
    for size, file in made.files.items():
        await blobs.put(blob_of(photo.id, size), file)
    session.add(photo)
    story.rev += 1
    await session.flush()
    return photo


async def describe_photo(session: Session, viewer: Viewer, story: Story, photo: StoryPhoto, words: PhotoWords) -> None:
    await _may_edit(session, viewer, story)
    photo.alt, photo.caption, photo.shows_people = words.alt, words.caption, words.shows_people
    story.rev += 1
    await session.flush()


async def remove_photo(session: Session, blobs: Blobs, viewer: Viewer, story: Story, photo: StoryPhoto) -> None:
    await _may_edit(session, viewer, story)
    await drop(session, blobs, story, photo)


async def drop(session: Session, blobs: Blobs, story: Story, photo: StoryPhoto) -> None:
    """The row now, the files once that stands: what was taken back is kept nowhere."""
    keys = [blob_of(photo.id, size) for size in PHOTO_SIZES]

    async def delete() -> None:
        await blobs.delete(*keys)

    await session.delete(photo)
    story.rev += 1
    await session.flush()
    session.after_commit(delete)


async def _may_edit(session: Session, viewer: Viewer, story: Story) -> None:
    await reach.lock(session, story)
    if not can_edit(viewer, story):
        raise errors.forbidden(_("The author writes until it is handed in, an editor from then on."))

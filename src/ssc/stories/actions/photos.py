"""A story's photos: taken over as pixels alone in our sizes, described, taken away with their files."""

from ssc.core import errors
from ssc.core.blobs import Blobs
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.people.viewer import Viewer
from ssc.stories.actions.stages import touch
from ssc.stories.forms import PhotoWords
from ssc.stories.models import Story, StoryPhoto
from ssc.stories.queries import reach, work
from ssc.stories.rules import MOST_PHOTOS, can_edit
from ssc.writing import actions as texts


async def add_photo(
    session: Session, blobs: Blobs, viewer: Viewer, story: Story, content: bytes, words: PhotoWords
) -> StoryPhoto:
    """413, 415 and 422 for what is no picture of ours; 409 past the twelfth."""
    await _may_edit(session, viewer, story)
    if await work.count_of(session, story, StoryPhoto) >= MOST_PHOTOS:
        raise errors.conflict(_("A story has room for {n} photos.", n=MOST_PHOTOS))
    picture = await texts.add_picture(session, blobs, story.writing_id, content, alt=words.alt, by=viewer.id)
    photo = StoryPhoto(
        id=picture.id, story_id=story.id, caption=words.caption, shows_people=words.shows_people, picture=picture
    )
    session.add(photo)
    await touch(session, story)
    return photo


async def describe_photo(session: Session, viewer: Viewer, story: Story, photo: StoryPhoto, words: PhotoWords) -> None:
    await _may_edit(session, viewer, story)
    photo.picture.alt, photo.caption, photo.shows_people = words.alt, words.caption, words.shows_people
    await touch(session, story)


async def remove_photo(session: Session, blobs: Blobs, viewer: Viewer, story: Story, photo: StoryPhoto) -> None:
    await _may_edit(session, viewer, story)
    await drop(session, blobs, story, photo)


async def drop(session: Session, blobs: Blobs, story: Story, photo: StoryPhoto) -> None:
    """What was taken back is kept nowhere."""
    await texts.remove_picture(session, blobs, photo.picture)
    session.expunge(photo)  # its row has gone with the picture's
    await touch(session, story)


async def _may_edit(session: Session, viewer: Viewer, story: Story) -> None:
    await reach.lock(session, story)
    if not can_edit(viewer, story):
        raise errors.forbidden(_("The author writes until it is handed in, an editor from then on."))

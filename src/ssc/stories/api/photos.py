"""A story's photos for programs."""

from typing import Annotated

from fastapi import File, Form, UploadFile
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn
from ssc.stories.access import PhotoInStory, WorkedStory
from ssc.stories.actions import photos
from ssc.stories.forms import Alt, Caption, PhotoWords
from ssc.stories.rules import UPLOADS
from ssc.stories.shapes import Photo
from ssc.web import api
from ssc.web.api import problems
from ssc.web.transactions import Running, Transaction

router = api.router(tags=["Stories"])


@router.post(
    "/stories/{slug}/photos",
    status_code=201,
    max_body_size=api.UPLOAD_LIMIT,
    responses=problems(401, 403, 404, 409, 413, 415, 422, 429),
    summary="Add a photo",
)
async def add(
    story: WorkedStory,
    viewer: SignedIn,
    process: Running,
    session: Transaction,
    file: Annotated[UploadFile, File()],
    alt: Annotated[Alt, Form(description="What it shows, for who does not see it.")],
    caption: Annotated[Caption, Form()] = "",
    shows_people: Annotated[bool, Form(description="Whether somebody can be recognised.")] = True,
) -> Photo:
    """A JPEG, PNG or WebP of at most 10 MiB and 40 megapixels, kept in our sizes without metadata. It stands where the
    text calls it, `![What it shows](picture:ID)`, else below. Who can be recognised must have agreed before the public
    sees it. 60 uploads an hour."""
    await process.limits.take(UPLOADS, str(viewer.id))
    words = PhotoWords(alt=alt, caption=caption, shows_people=shows_people)
    return Photo.of(await photos.add_photo(session, process.blobs, viewer, story, await file.read(), words))


@router.put(
    "/stories/{slug}/photos/{identity}",
    responses=problems(401, 403, 404, 422),
    summary="Say anew what a photo shows",
)
async def describe(
    photo: PhotoInStory, story: WorkedStory, body: PhotoWords, viewer: SignedIn, session: Transaction
) -> Photo:
    """Its words, and whether somebody can be recognised."""
    await photos.describe_photo(session, viewer, story, photo, body)
    return Photo.of(photo)


@router.delete(
    "/stories/{slug}/photos/{identity}",
    status_code=204,
    responses=problems(401, 403, 404),
    summary="Take a photo away",
)
async def remove(
    photo: PhotoInStory, story: WorkedStory, viewer: SignedIn, process: Running, session: Transaction
) -> Response:
    """Its files are deleted."""
    await photos.remove_photo(session, process.blobs, viewer, story, photo)
    return Response(status_code=204)

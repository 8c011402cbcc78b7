"""Photos and cards as files: to whoever may see them at this moment."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import Visitor
from ssc.core import errors, ids
from ssc.core.i18n import _
from ssc.places import countries
from ssc.stories.access import PublicStory
from ssc.stories.queries import work
from ssc.web import etags
from ssc.web.transactions import Running, Transaction
from ssc.writing import pictures
from ssc.writing.cards import card

router = APIRouter(include_in_schema=False)


@router.get("/files/stories/{identity}/{name}")
async def photo(
    request: Request, identity: str, name: str, viewer: Visitor, process: Running, session: Transaction
) -> Response:
    """A size of a photo; 404 as soon as the story is taken down or somebody in the picture takes consent back."""
    photo_id = ids.parse(identity)
    found = await work.seen_photo(session, viewer, photo_id) if photo_id else None
    if found is None:
        raise errors.not_found()
    return await pictures.answer(request, process.blobs, found.picture, name, private=viewer is not None)


@router.get("/stories/{slug}/card.png")
async def drawn(request: Request, story: PublicStory) -> Response:
    """What stands for the story where its address is shared: gone when the story is."""
    byline = f"{story.byline}, {countries.name(story.author.country)}"
    if story.affiliation:
        byline += f" · {story.affiliation}"
    png = await card(story.writing.title, byline, _("Members' voice · Sakura Science Club"))
    return etags.answer(request, png, private=False, media_type="image/png")

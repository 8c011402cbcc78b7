"""How a story read before, for its author and for editors."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn
from ssc.core import errors
from ssc.core.i18n import _
from ssc.stories.access import SidesStory
from ssc.web import pages
from ssc.web.transactions import Transaction
from ssc.writing import queries as texts

router = APIRouter(include_in_schema=False)


@router.get("/stories/{slug}/versions")
async def versions(request: Request, story: SidesStory, viewer: SignedIn, session: Transaction) -> Response:
    return pages.render(
        request,
        "writing/versions.html",
        viewer,
        here=f"/stories/{story.slug}",
        trail=(_("Members' voice"), "/stories"),
        title=story.writing.title,
        versions=await texts.versions_of(session, story.writing_id),
    )


@router.get("/stories/{slug}/versions/{rev}")
async def version(request: Request, story: SidesStory, rev: str, viewer: SignedIn, session: Transaction) -> Response:
    """A version, with what came and went since the one before it."""
    found = await texts.compared(session, story.writing_id, rev)
    if found is None:
        raise errors.not_found()
    return pages.render(
        request,
        "writing/version.html",
        viewer,
        here=f"/stories/{story.slug}",
        title=story.writing.title,
        lang=story.writing.lang,
        version=found.version,
        changes=found.changes,
        restored=False,  # its answers are put back by hand: a version holds all of them as one text
    )

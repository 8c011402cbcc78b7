"""The page from which exchanges, chapters and topic groups are found, one's own first; the way back from a thread."""

from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.access import identity
from ssc.accounts.loaders import SignedIn, Visitor
from ssc.communities.groups.forms import GroupFilters
from ssc.communities.groups.queries import groups
from ssc.communities.hosting.queries import lines
from ssc.communities.queries.seats import page_of
from ssc.core import errors
from ssc.core.paging import Slice
from ssc.messaging.queries.places import place_of
from ssc.people.viewer import Viewer
from ssc.web import pages
from ssc.web.transactions import Transaction

router = APIRouter(include_in_schema=False)

_MOST = 20


@router.get("/communities")
async def communities(request: Request, viewer: Visitor, session: Transaction) -> Response:
    mine = GroupFilters.model_validate({"mine": True})
    return pages.render(
        request,
        "communities/communities.html",
        viewer,
        exchanges=(await lines(session, viewer, Slice(limit=_MOST))).rows if viewer is not None else [],
        chapters=_own_chapters(viewer) if viewer is not None else [],
        groups=(await groups(session, viewer, mine, Slice(limit=_MOST))).rows if viewer is not None else [],
    )


@router.get("/rooms/{thread}")
async def room(thread: str, viewer: SignedIn, session: Transaction) -> Response:
    """From a thread to the page of its cohort, chapter, group, conversation or event; 404 for who is not in it."""
    place = errors.found(await place_of(session, viewer, identity(thread)))
    address = errors.found(await page_of(session, place.subject) if place.subject else None)
    return pages.see_other(quote(address))


def _own_chapters(viewer: Viewer) -> list[str]:
    own = [viewer.member.country, viewer.member.lives_in, *sorted(viewer.coordinates)]
    return list(dict.fromkeys(country for country in own if country))

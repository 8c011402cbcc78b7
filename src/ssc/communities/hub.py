"""The page from which exchanges, chapters and topic groups are found; a member sees her own first."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import Visitor
from ssc.communities.groups.forms import GroupFilters
from ssc.communities.groups.queries import groups
from ssc.communities.queries.exchanges import own_exchanges
from ssc.core.paging import Slice
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
        exchanges=await own_exchanges(session, viewer) if viewer is not None else [],
        chapters=_own_chapters(viewer) if viewer is not None else [],
        groups=(await groups(session, viewer, mine, Slice(limit=_MOST))).rows if viewer is not None else [],
    )


def _own_chapters(viewer: Viewer) -> list[str]:
    own = [viewer.member.country, viewer.member.lives_in, *sorted(viewer.coordinates)]
    return list(dict.fromkeys(country for country in own if country))

"""People, by the directory's own search: what a reader may not see of somebody does not find her."""

from collections.abc import Sequence

from ssc.core.db import Session
from ssc.core.paging import Slice
from ssc.directory.forms import Filters
from ssc.directory.queries import search
from ssc.directory.queries.scope import scope_of
from ssc.people import queries as people
from ssc.people.viewer import Viewer
from ssc.places import countries
from ssc.search.hits import Hit


async def find(session: Session, viewer: Viewer | None, words: str, most: int) -> Sequence[Hit]:
    """Nobody for an account within its 72 hours, which reads no directory."""
    if viewer is None or viewer.limited:
        return []
    found = await search.find(session, await scope_of(session, viewer), Filters(q=words), Slice(limit=most))
    seen = await people.reached(session, viewer, [hit.member_id for hit in found.hits.rows])
    return [
        Hit(
            title=one.member.name,
            url=f"/members/{one.member.handle}",
            text=" · ".join(filter(None, (one.member.headline, one.member.affiliation))),
            detail=countries.name(one.member.country) if one.member.country else "",
            member_id=one.id,
        )
        for one in seen
    ]

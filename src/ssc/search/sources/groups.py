"""Topic groups, for members: those that stand open."""

from collections.abc import Sequence

from ssc.communities.groups.forms import GroupFilters
from ssc.communities.groups.queries import groups
from ssc.core.db import Session
from ssc.core.paging import Slice
from ssc.people.viewer import Viewer
from ssc.search.hits import Hit


async def find(session: Session, viewer: Viewer | None, words: str, most: int) -> Sequence[Hit]:
    if viewer is None:
        return []
    asked = GroupFilters.model_validate({"q": words})
    cut = await groups(session, viewer, asked, Slice(limit=most))
    return [Hit(one.group.title, one.group.url, one.group.description, one.group.field) for one in cut.rows]

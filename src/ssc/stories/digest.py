"""What a digest says of stories: those from the reader's own field of science."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from ssc.core.db import Session
from ssc.core.i18n import _, words
from ssc.core.paging import Slice
from ssc.notifications.digests import AT_MOST, Line, Part
from ssc.people.viewer import Viewer
from ssc.stories.forms import Filters
from ssc.stories.models import Story
from ssc.stories.queries import lists


async def _of_field(session: Session, viewer: Viewer, since: datetime) -> Sequence[Line]:
    """Published since then by others, the latest first."""
    found: dict[UUID, Story] = {}
    for field in viewer.member.fields:
        cut = await lists.stories(session, viewer, Filters(field=field), Slice(limit=AT_MOST))
        found |= {one.id: one for one in cut.rows if one.published_at and one.published_at > since}
    others = [one for one in found.values() if one.author_id != viewer.id]
    latest = sorted(others, key=lambda one: (one.published_at, one.id), reverse=True)
    return [Line(_said(one), f"/stories/{one.slug}") for one in latest]


def _said(story: Story) -> str:
    return _("{name}: {title}", name=story.byline, title=story.writing.title)


OF_FIELD = Part("stories", words("Members' voices from your field"), _of_field)

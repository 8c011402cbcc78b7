"""Members' voice: public stories."""

from collections.abc import Sequence

from ssc.core.db import Session
from ssc.people.viewer import Viewer
from ssc.places import countries
from ssc.search.hits import Hit
from ssc.stories.queries import lists


async def find(session: Session, viewer: Viewer | None, words: str, most: int) -> Sequence[Hit]:
    return [
        Hit(
            story.writing.title,
            f"/stories/{story.slug}",
            story.writing.summary,
            f"{story.byline}, {countries.name(story.author.country)}",
            story.writing.lang,
        )
        for story in await lists.found(session, viewer, words, most)
    ]

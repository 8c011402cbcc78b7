"""What the club shows on its front: the next reunions, the latest news, members' voices."""

from dataclasses import dataclass

from ssc.core.db import Session
from ssc.events.queries.coming import Coming, coming
from ssc.news.headlines import Headline, headlines
from ssc.people.viewer import Viewer
from ssc.stories import shapes
from ssc.stories.queries import lists

EVENTS, NEWS, VOICES = 3, 3, 2


@dataclass(frozen=True)
class Front:
    """Whatever is empty is not drawn."""

    events: list[Coming]
    news: list[Headline]
    voices: list[shapes.StoryInShort]


async def front(session: Session, viewer: Viewer | None, *, voices: int = VOICES) -> Front:
    """As this viewer may see it: members' events and stories too for who is signed in."""
    upcoming = await coming(session, viewer, EVENTS)
    told = await headlines(session, NEWS)
    stories = await lists.latest(session, viewer, voices) if voices else []
    return Front(upcoming, told, [shapes.in_short(story) for story in stories])

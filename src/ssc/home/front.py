"""What the club shows on its front: the next reunions, the latest news, members' voices."""

from dataclasses import dataclass
from uuid import UUID

from ssc.core.db import Session
from ssc.core.paging import Slice
from ssc.events.forms.event import EventFilters
from ssc.events.models import Event
from ssc.events.queries import events
from ssc.news.headlines import Headline, headlines
from ssc.people.viewer import Viewer
from ssc.stories import shapes
from ssc.stories.queries import lists

EVENTS, NEWS, VOICES = 3, 3, 2


@dataclass(frozen=True)
class Front:
    """Whatever is empty is not drawn."""

    events: list[Event]
    answers: dict[UUID, str]
    """Event → what this viewer answered."""
    news: list[Headline]
    voices: list[shapes.StoryInShort]


async def front(session: Session, viewer: Viewer | None, *, voices: int = VOICES) -> Front:
    """As this viewer may see it: members' events and stories too for who is signed in."""
    upcoming = await events.events(session, viewer, EventFilters(when="upcoming"), Slice(limit=EVENTS))
    told = await headlines(session, NEWS)
    stories = await lists.latest(session, viewer, voices) if voices else []
    answers = await events.answers_to(session, viewer, [event.id for event in upcoming.rows])
    own = {event_id: answer.status for event_id, answer in answers.items()}
    return Front(list(upcoming.rows), own, told, [shapes.in_short(story) for story in stories])

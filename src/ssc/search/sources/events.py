"""Events that the viewer may see, the latest first."""

from collections.abc import Sequence

from ssc.core.db import Session
from ssc.core.paging import Slice
from ssc.events import clocks
from ssc.events.forms.event import EventFilters
from ssc.events.queries import events
from ssc.people.viewer import Viewer
from ssc.places import countries
from ssc.search.hits import Hit


async def find(session: Session, viewer: Viewer | None, words: str, most: int) -> Sequence[Hit]:
    cut = await events.events(session, viewer, EventFilters(when=None, q=words), Slice(limit=most))
    return [
        Hit(
            event.title,
            f"/events/{event.slug}",
            event.summary or event.theme,
            " · ".join((clocks.day(event.starts_at, event.time_zone), countries.name(event.country))),
        )
        for event in cut.rows
    ]

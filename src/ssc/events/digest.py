"""What a digest says of events: those to come in the reader's country, her chapter's among them."""

from collections.abc import Sequence
from datetime import datetime

from ssc.core import clock
from ssc.core.db import Session
from ssc.core.i18n import _, words
from ssc.core.paging import Slice
from ssc.events import clocks
from ssc.events.forms.event import EventFilters
from ssc.events.models import Event
from ssc.events.queries import events as queries
from ssc.notifications.digests import Line, Part
from ssc.people.viewer import Viewer


async def _near(session: Session, viewer: Viewer, since: datetime) -> Sequence[Line]:
    """Announced since then, not answered yet, the nearest first."""
    member = viewer.member
    found = []
    for country in dict.fromkeys(code for code in (member.country, member.lives_in) if code):
        cut = await queries.events(session, viewer, EventFilters(country=country, when="upcoming"), Slice(limit=20))
        found += [one for one in cut.rows if one.published_at and one.published_at > since and not one.cancelled_at]
    answered = await queries.answers_to(session, viewer, [one.id for one in found])
    fresh = sorted((one for one in found if one.id not in answered), key=lambda one: one.starts_at)
    return [Line(_said(one), f"/events/{one.slug}") for one in fresh]


def _said(event: Event) -> str:
    """`Reunion in Hanoi: Saturday, 5 December 2026 (Hanoi)`."""
    day, city = clocks.day(event.starts_at, event.time_zone), clock.city(event.time_zone)
    return _("{title}: {day} ({city})", title=event.title, day=day, city=city)


NEAR = Part("events", words("Events near you"), _near)

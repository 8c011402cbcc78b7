"""Events as they can be reported to the moderators."""

from uuid import UUID

from sqlalchemy import select

from ssc.core.blobs import Blobs
from ssc.core.db import Session
from ssc.core.i18n import words
from ssc.events.actions.removing import give_back, take_away
from ssc.events.models import Event
from ssc.events.queries import events
from ssc.moderation.targets import Found, Line, Target
from ssc.people.viewer import Viewer


async def _event(session: Session, viewer: Viewer, slug: str) -> Found | None:
    """One that is before an audience to which the viewer belongs."""
    seen = await events.seen(session, viewer, slug)
    if seen is None or seen.event.published_at is None:
        return None
    event = seen.event
    hosts = ", ".join(host["name"] for host in event.hosts) or event.title
    told = [event.title, event.theme, event.summary, event.description]
    lines = [Line(hosts, part, reported=True) for part in told if part]
    return Found(slug, event.title, event.created_by, lines, url=event.url)


async def _remove(session: Session, _blobs: Blobs, slug: str, by: UUID) -> None:
    if (event := await _locked(session, slug)) is not None:
        await take_away(session, event, by)


async def _restore(session: Session, slug: str, by: UUID) -> None:
    if (event := await _locked(session, slug)) is not None:
        await give_back(session, event, by)


async def _locked(session: Session, slug: str) -> Event | None:
    found: Event | None = await session.scalar(select(Event).where(Event.slug == slug).with_for_update())
    return found


EVENT = Target("event", words("Event"), _event, _remove, _restore)

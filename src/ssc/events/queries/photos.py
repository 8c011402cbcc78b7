"""The photos of a published report: those that are to be seen, and those that somebody in them took down."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from ssc.core import errors
from ssc.core.db import Session
from ssc.events import rules
from ssc.events.models import Event, Report
from ssc.news import reports
from ssc.people.viewer import Viewer
from ssc.writing.models import Picture, PictureTakeDown


@dataclass(frozen=True)
class Photos:
    """`down`: those that this reader may bring back, and only those."""

    shown: list[Picture]
    down: list[tuple[Picture, PictureTakeDown]]

    def taken(self, photo_id: UUID) -> PictureTakeDown:
        """404 for what this reader may not bring back: she does not learn that it is there."""
        found = next((taken for photo, taken in self.down if photo.id == photo_id), None)
        if found is None:
            raise errors.not_found()
        return found


async def photos(session: Session, report: Report, member_id: UUID | None, viewer: Viewer | None = None) -> Photos:
    """For a member or a guest (`member_id`); moderators (`viewer`) also see what others took down."""
    slug = report.news_slug or ""
    shown, moderates = await reports.pictures_of(session, slug), rules.moderates(viewer)
    if member_id is None:
        return Photos(shown, [])
    down = await reports.pictures_down(session, slug)
    return Photos(shown, [one for one in down if moderates or one[1].member_id == member_id])


async def reported_as(session: Session, slugs: Collection[str]) -> Event | None:
    """The event whose report is under one of these addresses of news."""
    found: Event | None = await session.scalar(
        select(Event)
        .join(Report, Report.event_id == Event.id)
        .where(Report.news_slug.in_(slugs), Event.removed_at.is_(None))
    )
    return found

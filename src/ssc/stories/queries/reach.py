"""Which stories a reader may know of: the one place that decides it, for pages, lists, feeds, files and search."""

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import defer, joinedload, selectinload

from ssc.core import clock
from ssc.core.db import Session
from ssc.people.models import Member, Suspension
from ssc.people.viewer import Viewer
from ssc.programmes.models import Exchange
from ssc.stories.models import Story, StoryConsent, StoryPhoto
from ssc.stories.rules import is_author, is_editor
from ssc.writing.models import Writing

BRIEF = (
    joinedload(Story.writing).defer(Writing.body),
    joinedload(Story.author),
    joinedload(Story.exchange).joinedload(Exchange.host),
    selectinload(Story.photos).joinedload(StoryPhoto.picture),
    selectinload(Story.consents),
    defer(Story.search_key),
    defer(Story.prompts),
)
"""What a story in a list is drawn from: without what is told."""
WHOLE = (
    joinedload(Story.writing),
    joinedload(Story.author),
    joinedload(Story.exchange).joinedload(Exchange.host),
    selectinload(Story.photos).joinedload(StoryPhoto.picture),
    selectinload(Story.consents),
)


def public(viewer: Viewer | None) -> list[ColumnElement[bool]]:
    """For a select that joins `Story.author`: published, and nothing about the author or those quoted forbids it.

    Between two who blocked each other there are no stories.
    """
    found = [
        Story.state == "published",
        Member.joined_at.is_not(None),
        Member.deceased.is_(False),
        Member.adult_from <= clock.today_in_japan(),
        ~_suspended(),
        ~_unquotable(),
    ]
    if viewer is not None and viewer.blocked:
        found.append(Story.author_id.not_in(viewer.blocked))
    return found


async def public_story(session: Session, viewer: Viewer | None, slug: str) -> Story | None:
    """The story as all may read it."""
    return await _named(session, slug, *public(viewer))


async def story_of(session: Session, viewer: Viewer | None, slug: str) -> Story | None:
    """The story, published or not, if the viewer may know of it: her own, an editor's work, or public."""
    if viewer is None:
        return await public_story(session, None, slug)
    found = await _named(session, slug)
    if found is None or is_author(viewer, found) or is_editor(viewer):
        return found
    return await public_story(session, viewer, slug)


async def lock(session: Session, story: Story) -> Story:
    """The row as it is now, until the transaction ends: two who press at once come one after the other."""
    await session.refresh(story, ["state", "published_at", "submitted_at"], with_for_update=True)
    return story


async def _named(session: Session, slug: str, *conditions: ColumnElement[bool]) -> Story | None:
    if len(slug) > 90 or not slug.isprintable():
        return None
    found: Story | None = await session.scalar(
        select(Story).join(Story.author).options(*WHOLE).where(Story.slug == slug, *conditions)
    )
    return found


def _suspended() -> ColumnElement[bool]:
    return exists().where(
        Suspension.member_id == Story.author_id,
        Suspension.lifted_at.is_(None),
        or_(Suspension.until.is_(None), Suspension.until > clock.now()),
    )


def _unquotable() -> ColumnElement[bool]:
    """Somebody is quoted who has not agreed to the site. Who took it back withdrew the story by that."""
    return exists().where(
        StoryConsent.story_id == Story.id,
        StoryConsent.how == "quoted",
        StoryConsent.revoked_at.is_(None),
        ~StoryConsent.scopes.contains(["site"]),
    )

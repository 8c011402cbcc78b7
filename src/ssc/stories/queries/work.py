"""What waits for whom: own stories, the editors' queue, consents about oneself, files, exchanges to choose from."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ssc.core import ids
from ssc.core.db import Session
from ssc.people.models import Member, Participation
from ssc.people.viewer import Viewer
from ssc.programmes.models import Exchange
from ssc.stories.models import Story, StoryConsent, StoryPhoto, StoryStep
from ssc.stories.queries.reach import BRIEF, WHOLE, public
from ssc.stories.rules import is_author, is_editor, is_shown


async def own(session: Session, viewer: Viewer) -> list[Story]:
    """Everything she has written, the last touched first."""
    rows = select(Story).options(*BRIEF).where(Story.author_id == viewer.id).order_by(Story.updated_at.desc())
    return list(await session.scalars(rows.limit(100)))


async def submitted(session: Session) -> list[Story]:
    """What waits for an editor, the longest waiting first."""
    rows = select(Story).options(*BRIEF).where(Story.state == "submitted").order_by(Story.submitted_at)
    return list(await session.scalars(rows.limit(100)))


async def count_submitted(session: Session) -> int:
    return await session.scalar(select(func.count()).where(Story.state == "submitted")) or 0


async def steps_of(session: Session, story: Story) -> list[tuple[StoryStep, str]]:
    """The story's way so far, with the name of who took each step."""
    rows = await session.execute(
        select(StoryStep, func.coalesce(Member.name, ""))
        .outerjoin(Member, Member.id == StoryStep.by_id)
        .where(StoryStep.story_id == story.id)
        .order_by(StoryStep.created_at, StoryStep.id)
    )
    return [(step, name) for step, name in rows]


async def exchanges_of(session: Session, member_id: UUID) -> list[Exchange]:
    """Those a story of hers can be about, the latest first, with hosts."""
    rows = await session.scalars(
        select(Exchange)
        .join(Participation, Participation.exchange_id == Exchange.id)
        .options(joinedload(Exchange.host))
        .where(Participation.member_id == member_id)
        .order_by(Exchange.fiscal_year.desc(), Exchange.code)
    )
    return list(rows)


async def slugs_like(session: Session, wished: str) -> set[str]:
    """Those that begin so, and are taken. Who asks is alone at it until her transaction ends."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtext("story.slug"))))
    return set(await session.scalars(select(Story.slug).where(Story.slug.startswith(wished, autoescape=True))))


async def photo_of(session: Session, story: Story, identity: str) -> StoryPhoto | None:
    photo_id = ids.parse(identity)
    return next((photo for photo in story.photos if photo.id == photo_id), None)


async def count_of(session: Session, story: Story, what: type[StoryPhoto] | type[StoryConsent]) -> int:
    """How many there are now, whatever was there when the story was read."""
    return await session.scalar(select(func.count()).where(what.story_id == story.id)) or 0


async def seen_photo(session: Session, viewer: Viewer | None, photo_id: UUID) -> StoryPhoto | None:
    """The photo, if this reader may see it at this moment: in a public story by consent, else for its two sides."""
    story: Story | None = await session.scalar(
        select(Story).join(StoryPhoto, StoryPhoto.story_id == Story.id).options(*WHOLE).where(StoryPhoto.id == photo_id)
    )
    if story is None:
        return None
    photo = next((one for one in story.photos if one.id == photo_id), None)
    if photo is None or is_author(viewer, story) or is_editor(viewer):
        return photo
    open_to_all = select(Story.id).join(Story.author).where(Story.id == story.id, *public(viewer))
    readable = await session.scalar(open_to_all) is not None
    return photo if readable and is_shown(photo, story.consents) else None


async def consent_by_token(session: Session, token: str) -> StoryConsent | None:
    found: StoryConsent | None = await session.scalar(
        select(StoryConsent).where(StoryConsent.digest == ids.digest(token))
    )
    return found


async def consents_about(session: Session, viewer: Viewer) -> list[tuple[StoryConsent, Story]]:
    """Where somebody recorded that she agreed, the latest first; whether the story is public or not."""
    rows = await session.execute(
        select(StoryConsent, Story)
        .join(Story, Story.id == StoryConsent.story_id)
        .options(joinedload(Story.writing))
        .where(StoryConsent.member_id == viewer.id)
        .order_by(StoryConsent.created_at.desc())
        .limit(100)
    )
    return [(consent, story) for consent, story in rows]


async def story_by_id(session: Session, story_id: UUID) -> Story | None:
    found: Story | None = await session.scalar(select(Story).options(*WHOLE).where(Story.id == story_id))
    return found


async def story_named(session: Session, slug: str) -> Story | None:
    """Public or not: for who has asked already whether it may be known."""
    found: Story | None = await session.scalar(select(Story).options(*WHOLE).where(Story.slug == slug))
    return found


async def reloaded(session: Session, story: Story) -> Story:
    """The same, with all that hangs on it as it is after a change."""
    return await session.get_one(Story, story.id, options=WHOLE, populate_existing=True)

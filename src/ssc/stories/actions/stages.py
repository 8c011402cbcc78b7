"""A story's way: handed in, published or returned with a note, taken down; what was said is kept."""

from collections.abc import Iterable
from uuid import UUID

from ssc.core import audit, clock, errors, ids, shelf
from ssc.core.db import Session
from ssc.core.errors import conflict
from ssc.core.i18n import _
from ssc.notifications import actions as notifications
from ssc.people import queries as people
from ssc.people.viewer import Viewer
from ssc.stories.models import Story, StoryStep
from ssc.stories.notices import STORIES
from ssc.stories.queries import reach
from ssc.stories.rules import TOPIC, can_withdraw, can_write, is_author, is_editor, is_told, unagreed, unquotable


def subject_of(story: Story) -> str:
    return f"story:{story.id}"


async def submit(session: Session, viewer: Viewer, story: Story, note: str = "") -> None:
    """The author hands it in: 409 where there is nothing to read, or somebody pictured is not on record."""
    await reach.lock(session, story)
    if not is_author(viewer, story) or not can_write(viewer):
        raise errors.forbidden(_("Only its author hands a story in."))
    if story.state not in ("draft", "withdrawn"):
        raise conflict(_("It is handed in already."))
    _check(story)
    story.state, story.submitted_at = "submitted", clock.now()
    await _step(session, story, "submit", viewer.id, note)
    editors = await people.in_office(session, "editor", "staff")
    await _tell(session, story, "submit", editors, by=viewer.id, url="/desk/stories")


async def publish(session: Session, viewer: Viewer, story: Story, note: str = "") -> None:
    """An editor puts it before everybody. 409 unless it was handed in and everybody in it agreed."""
    await reach.lock(session, story)
    _for_editors(viewer)
    if story.state != "submitted":
        raise conflict(_("Only a story that was handed in can be published."))
    _check(story)
    if story.author.adult_from > clock.today_in_japan():
        raise conflict(_("Stories of members under 18 are not published."))
    story.state, story.published_at = "published", clock.now()
    await _step(session, story, "publish", viewer.id, note)
    audit.write(session, viewer.id, "story.publish", subject_of(story), note)
    await _tell(session, story, "publish", [story.author_id], by=viewer.id, url=f"/stories/{story.slug}")


async def give_back(session: Session, viewer: Viewer, story: Story, note: str) -> None:
    """An editor asks the author for changes."""
    await reach.lock(session, story)
    _for_editors(viewer)
    if story.state != "submitted":
        raise conflict(_("Only a story that was handed in can be returned."))
    story.state = "draft"
    await _step(session, story, "return", viewer.id, note)
    await _tell(session, story, "return", [story.author_id], by=viewer.id, url=f"/stories/{story.slug}/edit")


async def withdraw(session: Session, viewer: Viewer, story: Story, note: str = "") -> None:
    """Takes it down, at once and everywhere: whatever shows a story asks whether it is published."""
    await reach.lock(session, story)
    if story.state not in ("submitted", "published"):
        raise conflict(_("It is not public, and waits for nobody."))
    if not can_withdraw(viewer, story):
        raise errors.forbidden(_("The author and editors take a story down."))
    await take_down(session, story, "withdraw", viewer.id, note)
    audit.write(session, viewer.id, "story.withdraw", subject_of(story), note)
    await _tell(session, story, "withdraw", [story.author_id], by=viewer.id, url=f"/stories/{story.slug}/edit")


async def take_down(session: Session, story: Story, kind: str, by: UUID | None, note: str = "") -> None:
    """For whatever ends a story's being public; nothing is told here."""
    story.state, story.published_at = "withdrawn", None
    await _step(session, story, kind, by, note)


async def tell_of_revocation(session: Session, story: Story, by: UUID | None) -> None:
    readers = {story.author_id, *await people.in_office(session, "editor")}
    await _tell(session, story, "revoke", readers, by=by, url=f"/stories/{story.slug}/edit")


async def touch(session: Session, story: Story) -> None:
    """What the public may see of it has changed: feeds say when, and visitors' pages forget what they kept."""
    story.updated_at = clock.now()
    await session.flush()
    await shelf.forget(session, TOPIC)


def _for_editors(viewer: Viewer) -> None:
    if not is_editor(viewer):
        raise errors.forbidden(_("This is for editors."))


def _check(story: Story) -> None:
    if not is_told(story.writing.body, story.prompts):
        raise conflict(_("There is nothing to read yet: answer a question, or write freely."))
    if unagreed(story.photos, story.consents):
        raise conflict(_("A photo shows people of whom no consent is recorded."))
    quoted = unquotable(story.consents)
    if quoted:
        raise conflict(_("{person} has not agreed to be quoted on the site.", person=quoted[0].person))


async def _step(session: Session, story: Story, kind: str, by: UUID | None, note: str) -> None:
    session.add(StoryStep(id=ids.new(), story_id=story.id, kind=kind, by_id=by, note=note))
    await touch(session, story)


async def _tell(
    session: Session, story: Story, what: str, members: Iterable[UUID], *, by: UUID | None, url: str
) -> None:
    data = {"what": what, "title": story.writing.title}
    await notifications.tell(session, STORIES, members, subject=subject_of(story), url=url, data=data, by=by)

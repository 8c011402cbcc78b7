"""Consent of those pictured or quoted: recorded with its use, taken back by a word, with all that hangs on it."""

from dataclasses import dataclass
from uuid import UUID

from ssc.core import audit, clock, errors, ids, mail
from ssc.core.blobs import Blobs
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.notifications import actions as notifications
from ssc.people import queries as people
from ssc.people.viewer import Viewer
from ssc.stories import letters
from ssc.stories.actions.photos import drop
from ssc.stories.actions.stages import subject_of, take_down, tell_of_revocation, touch
from ssc.stories.forms import ConsentBody
from ssc.stories.models import Story, StoryConsent
from ssc.stories.notices import STORIES
from ssc.stories.queries import reach, work
from ssc.stories.rules import MOST_CONSENTS, Scope, can_edit, stands


@dataclass(frozen=True)
class Recorded:
    """A consent, and the secret by which the person takes it back: known now and never again."""

    consent: StoryConsent
    token: str


async def record(session: Session, viewer: Viewer, story: Story, body: ConsentBody) -> Recorded:
    """Keeps who agreed to what; she is told where she can be, with the way to take it back."""
    await reach.lock(session, story)
    if not can_edit(viewer, story):
        raise errors.forbidden(_("The author writes until it is handed in, an editor from then on."))
    if await work.count_of(session, story, StoryConsent) >= MOST_CONSENTS:
        raise errors.conflict(_("A story has room for {n} consents.", n=MOST_CONSENTS))
    token = ids.secret()
    photo = await work.photo_of(session, story, body.photo) if body.photo else None
    if body.photo and photo is None:
        raise errors.invalid(("photo", _("There is no such photo in this story.")))
    consent = StoryConsent(
        id=ids.new(),
        story_id=story.id,
        photo_id=photo.id if photo else None,
        how="pictured" if photo else "quoted",
        person=body.person,
        guardian=body.guardian if body.under_age else "",
        member_id=await _member(session, viewer, body.member),
        scopes=list(body.scopes),
        given_on=body.given_on,
        digest=ids.digest(token),
        recorded_by=viewer.id,
    )
    session.add(consent)
    await touch(session, story)
    await _tell(session, story, consent, viewer, body.email, token)
    return Recorded(consent, token)


async def revoke(
    session: Session, blobs: Blobs, story: Story, consent: StoryConsent, *, by: UUID | None, scope: Scope | None = None
) -> None:
    """Ends it for this use, or for all; the last use ends it whole.

    Whole: a picture of hers goes with its files. Without the site nothing shows her there: the picture is nobody's but
    the story's sides', and a story that quotes her is no longer public. At once, for all. Twice changes nothing.
    """
    await reach.lock(session, story)  # first: who removes the photo holds the story, and then what is about it
    await session.refresh(consent, ["revoked_at", "photo_id", "scopes"], with_for_update=True)
    if consent.revoked_at is not None or scope not in (None, *consent.scopes):
        return
    left = [one for one in consent.scopes if scope not in (None, one)]
    if left:
        consent.scopes = left
    else:
        consent.revoked_at = clock.now()
        await _drop_photo(session, blobs, story, consent)
    if consent.how == "quoted" and story.state in ("published", "submitted") and not stands(consent):
        await take_down(session, story, "revoke", by, consent.person)
    audit.write(session, by, "story.revoke", subject_of(story), how=consent.how, scope=scope or "all")
    await touch(session, story)
    await tell_of_revocation(session, story, by)


async def _drop_photo(session: Session, blobs: Blobs, story: Story, consent: StoryConsent) -> None:
    photo = next((one for one in story.photos if one.id == consent.photo_id), None)
    if photo is not None:
        await drop(session, blobs, story, photo)


async def _member(session: Session, viewer: Viewer, handle: str | None) -> UUID | None:
    """By her handle, if the writer may know her: else the answer would tell that she is there."""
    if not handle:
        return None
    found = await people.reached_by_handle(session, viewer, handle)
    if found is None:
        raise errors.invalid(("member", _("There is no such member.")))
    return found.id


async def _tell(
    session: Session, story: Story, consent: StoryConsent, viewer: Viewer, email: str | None, token: str
) -> None:
    if email:
        await mail.send(session, letters.consent_recorded(session.settings, consent, story, email, token))
    if consent.member_id is not None:
        data = {"what": "consent", "title": story.writing.title}
        subject = f"story-consent:{consent.id}"
        await notifications.tell(
            session, STORIES, [consent.member_id], subject=subject, url="/me/consents", data=data, by=viewer.id
        )

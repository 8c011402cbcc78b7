"""Who may do what with a story, what must be there before it is public, and how long it takes to read."""

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Literal
from uuid import UUID

from ssc.core.i18n import Words, words
from ssc.core.limits import Limit
from ssc.people.viewer import Viewer
from ssc.stories.models import Story, StoryConsent, StoryPhoto

Prompt = Literal["role", "life", "message"]
Scope = Literal["site", "magazine", "print"]
SCOPES: tuple[Scope, ...] = ("site", "magazine", "print")

# The club's three questions.
PROMPTS: dict[Prompt, Words] = {
    "role": words("What did the exchange do for your study or research?"),
    "life": words("What will you remember of life in Japan?"),
    "message": words("What would you say to those who are about to go?"),
}

TOPIC = "stories"  # under which visitors' pages are kept and forgotten
MOST_PHOTOS = 12
MOST_CONSENTS = 60

UPLOADS = Limit("uploads", 60, 3600)  # with all else that she uploads
CONSENTS = Limit("story-consents", 60, 24 * 3600)  # each may send a letter to any address
QUESTIONS = Limit("story-questions", 3, 3600)
QUESTIONS_TO_ADDRESS = Limit("story-questions-address", 3, 24 * 3600)
CONFIRM_WITHIN = timedelta(hours=48)
ANSWER_WITHIN = timedelta(days=60)
MOST_WAITING = 40  # unanswered questions about one story; who writes is not to be buried

_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_CHARACTERS_A_MINUTE, _WORDS_A_MINUTE = 500, 200


def can_write(viewer: Viewer) -> bool:
    """Stories of members under 18 are never public, so none is begun; a recovered account waits its 72 hours."""
    return not viewer.is_minor and not viewer.limited


def is_editor(viewer: Viewer | None) -> bool:
    return viewer is not None and (viewer.is_editor or viewer.is_staff)


def is_moderator(viewer: Viewer | None) -> bool:
    return viewer is not None and (viewer.is_moderator or viewer.is_staff)


def is_author(viewer: Viewer | None, story: Story) -> bool:
    return viewer is not None and viewer.id == story.author_id


def can_edit(viewer: Viewer | None, story: Story) -> bool:
    """The author until she hands it in, editors from then on: never two sides at once."""
    if story.state in ("draft", "withdrawn"):
        return is_author(viewer, story)
    return is_editor(viewer)


def can_withdraw(viewer: Viewer | None, story: Story) -> bool:
    return story.state in ("submitted", "published") and (is_author(viewer, story) or is_editor(viewer))


def can_revoke(viewer: Viewer | None, story: Story, consent: StoryConsent) -> bool:
    """The person herself, and who wrote or edits the story on her word."""
    own = viewer is not None and consent.member_id == viewer.id
    return own or is_author(viewer, story) or is_editor(viewer)


def stands(consent: StoryConsent, scope: Scope = "site") -> bool:
    return consent.revoked_at is None and scope in consent.scopes


def is_shown(photo: StoryPhoto, consents: Iterable[StoryConsent]) -> bool:
    """Whether the public may see a photo: everybody recognisable in it has agreed to that, and stands by it."""
    about = [consent for consent in consents if consent.photo_id == photo.id]
    return all(map(stands, about)) and (bool(about) or not photo.shows_people)


def unagreed(photos: Iterable[StoryPhoto], consents: Iterable[StoryConsent]) -> set[UUID]:
    """The photos that show somebody of whom no consent is recorded."""
    agreed = {consent.photo_id for consent in consents if consent.revoked_at is None}
    return {photo.id for photo in photos if photo.shows_people and photo.id not in agreed}


def unquotable(consents: Iterable[StoryConsent]) -> list[StoryConsent]:
    """Consents to being quoted that do not reach the site: what they said must go before all may read it."""
    return [one for one in consents if one.how == "quoted" and one.revoked_at is None and not stands(one)]


def is_told(body: str, prompts: Mapping[str, str]) -> bool:
    """Whether there is anything to read."""
    return bool(body.strip() or any(answer.strip() for answer in prompts.values()))


def reading_minutes(text: str) -> int:
    """At least one. Scripts without spaces are read by characters, others by words."""
    characters = len(_UNSPACED.findall(text))
    words_read = len(_WORD.findall(_UNSPACED.sub(" ", text)))
    return max(1, round(characters / _CHARACTERS_A_MINUTE + words_read / _WORDS_A_MINUTE))

"""Letters about stories: to who asks, and to who is pictured or quoted."""

from ssc.core import i18n
from ssc.core.config import Settings
from ssc.core.mail import Letter
from ssc.stories.models import Story, StoryConsent, StoryQuestion
from ssc.web import letters


def confirm_question(settings: Settings, asked: StoryQuestion, story: Story, token: str) -> Letter:
    """Proves the address before anybody reads the question."""
    link = f"{settings.base_url}/questions/{token}"
    return _to_asker(settings, "stories.confirm-question", asked, story, link=link)


def declined(settings: Settings, asked: StoryQuestion, story: Story) -> Letter:
    return _to_asker(settings, "stories.question-declined", asked, story)


def answered(settings: Settings, asked: StoryQuestion, story: Story) -> Letter:
    """The answer, without the author's address; nobody can answer to it."""
    return _to_asker(settings, "stories.answered", asked, story)


def consent_recorded(settings: Settings, consent: StoryConsent, story: Story, to: str, token: str) -> Letter:
    """What was recorded of her, and the address by which she takes it back."""
    return letters.write(
        settings,
        "stories.consent",
        to=to,
        language=i18n.language(),
        person=consent.person,
        title=story.writing.title,
        scopes=consent.scopes,
        how=consent.how,
        link=f"{settings.base_url}/consents/{token}",
        address_kept=False,
    )


def _to_asker(settings: Settings, kind: str, asked: StoryQuestion, story: Story, *, link: str = "") -> Letter:
    return letters.write(
        settings,
        kind,
        to=asked.email,
        language=asked.language,
        person=asked.name,
        question=asked.question,
        title=story.writing.title,
        address=f"{settings.base_url}/stories/{story.slug}",
        link=link,
        answer=asked.answer,
        author=story.byline,
        address_kept=False,
    )

"""Stories as a feed: the latest, each whole, in one language or all."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from ssc.core.i18n import _
from ssc.places import countries
from ssc.stories import shapes, wording
from ssc.stories.models import Story
from ssc.web.feeds import Entry, Feed

_NAMES = "https://sakura-science-club.invalid/stories"  # never asked for: only what names are made of
_NEVER = datetime(2014, 4, 1, tzinfo=UTC)  # the programme's first day, for a feed that holds nothing yet


def feed(base_url: str, path: str, lang: str, stories: Sequence[Story]) -> Feed:
    """`path`: where it is asked for. Every address in it is whole."""
    return Feed(
        id=f"urn:uuid:{uuid5(NAMESPACE_URL, f'{_NAMES}?lang={lang}')}",
        title=_("Members' voice · Sakura Science Club"),
        author=_("Sakura Science Club"),
        home=f"{base_url}/stories" + (f"?lang={lang}" if lang else ""),
        address=base_url + path + (f"?lang={lang}" if lang else ""),
        updated_at=max((story.updated_at for story in stories), default=_NEVER),
        entries=[_entry(base_url, story) for story in stories],
    )


def _entry(base_url: str, story: Story) -> Entry:
    assert story.published_at is not None
    html = wording.html(story, shapes.shown_photos(story))
    return Entry(
        id=f"urn:uuid:{story.id}",
        url=f"{base_url}/stories/{story.slug}",
        title=story.writing.title,
        lang=story.writing.lang,
        summary=story.writing.summary,
        html=html.replace('"/files/', f'"{base_url}/files/').replace(", /files/", f", {base_url}/files/"),
        author=f"{story.byline}, {countries.name(story.author.country)}",
        published_at=story.published_at,
        updated_at=story.updated_at,
        tags=story.fields,
    )

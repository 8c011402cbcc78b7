"""A story as search engines and previews read it: schema.org Article."""

import json
from datetime import datetime
from typing import Any

from markupsafe import Markup

from ssc.core import clock
from ssc.places import countries
from ssc.stories.shapes import StoryInShort


def article(base_url: str, story: StoryInShort, updated_at: datetime) -> Markup:
    """A data block: no browser runs it, so the content policy lets it stand."""
    author = {"@type": "Person", "name": story.author.name, "nationality": countries.name(story.author.country)}
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": story.title,
        "description": story.summary,
        "inLanguage": story.lang,
        "url": f"{base_url}/stories/{story.slug}",
        "image": f"{base_url}/stories/{story.slug}/card.png",
        "author": author,
        "publisher": {"@type": "Organization", "name": "Sakura Science Club", "url": base_url},
        "dateModified": clock.rfc3339(updated_at),
        "about": list(story.fields),
    }
    if story.published_at is not None:
        found["datePublished"] = clock.rfc3339(story.published_at)
    text = json.dumps(found, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
    # Nothing in it can end the block, which knows no other way to write a character.
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(text))  # noqa: S704

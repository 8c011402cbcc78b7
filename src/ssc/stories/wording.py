"""A story's words: as HTML under the club's questions, as plain text, as an excerpt, as what search compares."""

import html as escaping
import re
from functools import lru_cache

from markupsafe import Markup

from ssc.core import i18n, markdown, text
from ssc.stories.models import Story
from ssc.stories.rules import PROMPTS

EXCERPT = 180

_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")


def sections(story: Story) -> list[tuple[str, Markup]]:
    """Question (in the story's language, empty for what is told freely) and answer as HTML."""
    with i18n.speaking(story.lang.split("-")[0]):
        parts = [(asked(), story.prompts.get(name, "")) for name, asked in PROMPTS.items()]
    parts.insert(0, ("", story.body))
    return [(asked, Markup(_html(told))) for asked, told in parts if told.strip()]  # noqa: S704 - cleaned by nh3


def html(story: Story) -> str:
    """The whole, each answer under its question."""
    return "".join(f"<h2>{escaping.escape(asked)}</h2>\n{told}" if asked else told for asked, told in sections(story))


def answer_html(answer: str) -> str:
    return _html(answer)


def whole(story: Story) -> str:
    """All that is told, as it was written."""
    return "\n\n".join(told for told in (story.body, *(story.prompts.get(name, "") for name in PROMPTS)) if told)


def excerpt(story: Story, length: int = EXCERPT) -> str:
    """How it begins, without marks, cut at a word where there are words."""
    plain = _SPACE.sub(" ", escaping.unescape(_TAG.sub(" ", _html(whole(story)[:2000])))).strip()
    if len(plain) <= length:
        return plain
    cut = plain[:length]
    at_word = cut.rpartition(" ")[0]
    return (at_word if len(at_word) > length // 2 else cut) + "…"


def search_key(title: str, byline: str, fields: list[str], told: str) -> str:
    return text.plain(" ".join((title, byline, *fields, told)))


@lru_cache(maxsize=2000)
def _html(source: str) -> str:
    return markdown.render(source).html()

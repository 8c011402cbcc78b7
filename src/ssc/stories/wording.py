"""A story's words: as HTML under the club's questions, as plain text, as a beginning, as what search compares."""

import html as escaping
import re
from collections.abc import Collection, Iterator, Mapping
from uuid import UUID

from markupsafe import Markup

from ssc.core import i18n, markdown, text
from ssc.core.markdown import Image
from ssc.stories.models import Story, StoryPhoto
from ssc.stories.rules import PROMPTS
from ssc.writing import pictures

FOLDER = "/files/stories"
BEGINNING = 180

_HEADING = re.compile(r"<(h[2-6])>.*?</\1>", re.DOTALL)
_BLOCK = re.compile(r"</?(?:p|li|ul|ol|pre|blockquote|br|hr|table|tr|t[dh])[ >/]")
_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")


def sections(story: Story, photos: Collection[StoryPhoto]) -> list[tuple[str, Markup]]:
    """Question (in the story's language, empty for what is told freely) and answer as HTML, with these photos."""
    images = images_of(photos)
    with i18n.speaking(story.writing.lang.split("-")[0]):
        parts = [("", story.writing.body), *((asked(), story.prompts.get(name, "")) for name, asked in PROMPTS.items())]
    return [(asked, _html(pictures.without_others(told, images), images)) for asked, told in parts if told.strip()]


def html(story: Story, photos: Collection[StoryPhoto]) -> str:
    """The whole, each answer under its question."""
    parts = sections(story, photos)
    return "".join(f"<h2>{escaping.escape(asked)}</h2>\n{told}" if asked else told for asked, told in parts)


def placed(story: Story) -> set[str]:
    """The names of the pictures that the text calls: where they stand is the author's choice."""
    return {name for told in _told(story.writing.body, story.prompts) for name in pictures.called_in(told)}


def images_of(photos: Collection[StoryPhoto]) -> dict[str, Image]:
    """By the name under which a text calls them."""
    return pictures.shown([photo.picture for photo in photos], FOLDER)


def address_of(photo_id: UUID, size: int) -> str:
    return f"{FOLDER}/{photo_id}/{size}.webp"


def answer_html(answer: str) -> Markup:
    return _html(answer, {})


def whole(body: str, prompts: Mapping[str, str]) -> str:
    """All that is told, as it was written, without pictures."""
    return "\n\n".join(pictures.without_others(told, ()) for told in _told(body, prompts))


def source(lang: str, body: str, prompts: Mapping[str, str]) -> str:
    """All that is told as one Markdown text, each answer under its question: what a version keeps."""
    with i18n.speaking(lang.split("-")[0]):
        answered = [f"## {asked()}\n\n{told}" for name, asked in PROMPTS.items() if (told := prompts.get(name, ""))]
    return "\n\n".join(filter(None, (body, *answered)))


def beginning(told: str, length: int = BEGINNING) -> str:
    """How it begins, without headings and marks, cut at a word where there are words."""
    rendered = _BLOCK.sub(lambda tag: " " + tag[0], _HEADING.sub(" ", markdown.article(told[:2000])))
    plain = _SPACE.sub(" ", escaping.unescape(_TAG.sub("", rendered))).strip()
    if len(plain) <= length:
        return plain
    cut = plain[:length]
    at_word = cut.rpartition(" ")[0]
    return (at_word if len(at_word) > length // 2 else cut).rstrip(" .,;:、。") + "…"


def search_key(title: str, byline: str, fields: list[str], told: str) -> str:
    return text.plain(" ".join((title, byline, *fields, told)))


def _told(body: str, prompts: Mapping[str, str]) -> Iterator[str]:
    yield from (told for told in (body, *(prompts.get(name, "") for name in PROMPTS)) if told.strip())


def _html(source: str, images: Mapping[str, Image]) -> Markup:
    return Markup(markdown.article(source, images))  # noqa: S704 - cleaned by nh3

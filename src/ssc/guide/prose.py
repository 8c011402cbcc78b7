"""The guide's Markdown: sections with headings, each made safe by the club's own renderer."""

import re
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

from ssc.core import markdown

_HEADING = re.compile(r"^## +(.+?)\s*$", re.MULTILINE)


class Section(NamedTuple):
    """A heading (empty for what stands before the first) and what follows it."""

    heading: str
    html: Markup


@lru_cache(maxsize=500)
def sections(source: str) -> tuple[Section, ...]:
    before, *rest = _HEADING.split(source)
    pairs = [("", before), *zip(rest[::2], rest[1::2], strict=True)]
    return tuple(Section(heading, _html(text)) for heading, text in pairs if heading or text.strip())


def whole(source: str) -> str:
    """All of it as HTML, for programs."""
    made = (f"{_titled(section.heading)}{section.html}" for section in sections(source))
    return "".join(made)


def _titled(heading: str) -> Markup:
    return Markup("<h2>{}</h2>\n").format(heading) if heading else Markup("")


def _html(source: str) -> Markup:
    return Markup(markdown.render(source.strip()).html())  # noqa: S704 - the renderer lets nothing harmful through

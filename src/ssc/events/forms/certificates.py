"""What certificates say, as staff write it."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, StringConstraints

from ssc.core import text
from ssc.core.i18n import _
from ssc.web.api import Body

Kind = Literal["attendance", "participation"]
PLACES = ("name", "title", "day", "place")

_BRACES = re.compile(r"\{([^{}]*)\}")


def _with_places(value: str) -> str:
    named = _BRACES.findall(value)
    if "name" not in named or "title" not in named:
        raise ValueError(_("Say where the name and the title stand: {marks}.", marks="{name}, {title}"))
    if unknown := next((one for one in named if one not in PLACES), None):
        raise ValueError(_("Nothing is known to stand at {mark}.", mark="{" + unknown + "}"))
    return value


Words = Annotated[str, text.LINES, StringConstraints(max_length=1000), text.NOT_EMPTY, AfterValidator(_with_places)]


class WordingBody(Body):
    """A version in both of the club's languages: `{name}`, `{title}`, `{day}` and `{place}` stand for what differs."""

    kind: Kind
    en: Words
    ja: Words

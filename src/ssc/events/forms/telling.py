"""What organisers tell, and whom they invite."""

import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from ssc.core import text
from ssc.events.forms.event import Country, empty_is_none
from ssc.web.api import Body

_RANGE = re.compile(r"(\d{4})\s*[-–~〜]\s*(\d{4})")


def _one_or_many(value: object) -> object:
    """Years as a list, as one, or as people write them: `2017, 2019–2021`. What is none is refused as it stands."""
    parts = value if isinstance(value, list) else [value]
    found: list[object] = []
    for part in parts:
        if not isinstance(part, str):
            found.append(part)
            continue
        for word in filter(None, (one.strip() for one in re.split(r"[,、，;]", part))):
            span = _RANGE.fullmatch(word)
            years = range(int(span[1]), int(span[2]) + 1) if span else ()
            found += list(years)[:30] or [word]
    return found


class AnnouncementBody(Body):
    """To those who answered so."""

    subject: Annotated[str, text.ONE_LINE, StringConstraints(max_length=160), text.NOT_EMPTY]
    body: Annotated[str, text.LINES, StringConstraints(max_length=10_000), text.NOT_EMPTY]
    to: Annotated[list[Literal["going", "maybe", "waitlisted"]], Field(min_length=1, max_length=3)]


Year = Annotated[int, Field(ge=2014, le=2100)]


class InvitationBody(Body):
    """Members of one's region, narrowed. They are counted, and never shown."""

    country: Annotated[Country | None, BeforeValidator(empty_is_none)] = Field(
        None, description="From there, or living there. Absent: the event's, for staff all."
    )
    field: Annotated[str, text.ONE_LINE, StringConstraints(max_length=120)] | None = None
    fiscal_years: Annotated[list[Year], BeforeValidator(_one_or_many), Field(max_length=30)] = []
    programme: Annotated[str | None, StringConstraints(max_length=40), BeforeValidator(empty_is_none)] = None
    dry_run: bool = Field(False, description="Only counts.")


class DecliningBody(Body):
    """Why nobody is invited, for who asked."""

    note: Annotated[str, text.ONE_LINE, StringConstraints(max_length=300)] = ""


class InvitingForm(InvitationBody):
    """The page's form: each of its buttons says whether it counts or sends."""

    dry_run: bool

"""What a person may ask of threads: opening and changing them, and her own state in them."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints

from ssc.core.text import LINES, NOT_EMPTY, ONE_LINE
from ssc.messaging.rules import BODY_LIMIT
from ssc.web.api import Body

MEMBERS_LIMIT = 200
_FOR_EVER = datetime(2100, 1, 1, tzinfo=UTC)
Handle = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Title = Annotated[str, ONE_LINE, StringConstraints(max_length=120), NOT_EMPTY]


class DirectForm(Body):
    """A conversation of two."""

    kind: Literal["direct"]
    member: Handle


class GroupForm(Body):
    """A group, with whom it begins."""

    kind: Literal["group"]
    title: Title
    members: Annotated[list[Handle], Field(max_length=MEMBERS_LIMIT)] = []
    history: Literal["all", "since-joining"] = "all"


OpeningForm = Annotated[DirectForm | GroupForm, Field(discriminator="kind")]


class ThreadChange(Body):
    """What a group's owner changes; what is not given stays."""

    title: Title | None = None
    owner: Handle | None = None
    history: Literal["all", "since-joining"] | None = None


class MemberForm(Body):
    member: Handle


def _not_for_ever(value: datetime) -> datetime:
    """What lies beyond the calendars of some zones could not be shown."""
    return min(value, _FOR_EVER)


class MuteForm(Body):
    """Until when the thread tells nothing; null: it tells again."""

    until: Annotated[AwareDatetime, AfterValidator(_not_for_ever)] | None


class DraftForm(Body):
    body: Annotated[str, LINES, StringConstraints(max_length=BODY_LIMIT)]

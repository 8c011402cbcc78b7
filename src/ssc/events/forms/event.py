"""An event as its organisers write it, and what the list may be asked."""

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, StringConstraints

from ssc.core import text
from ssc.core.i18n import _
from ssc.places import countries, zones
from ssc.web.api import Body, Moment

AUDIENCES = ("public", "members", "chapter")
HOST_KINDS = ("chapter", "jst", "embassy", "foundation", "university", "other")
QUESTION_KINDS = ("text", "yes-no", "choice")

_WEB = re.compile(r"https?://[^\s/?#@\\\"<>]+\.[^\s/?#@\\\"<>]+([/?#][^\s\"<>]*)?", re.IGNORECASE)


def empty_is_none(value: Any) -> Any:
    return None if value == "" else value


def _country(value: str) -> str:
    if not countries.exists(value.upper()):
        raise ValueError(_("Choose a country or region from the list."))
    return value.upper()


def _link(value: str) -> str:
    if not _WEB.fullmatch(value):
        raise ValueError(_("Write a whole web address that begins with https:// or http://."))
    return value


def _question(value: Any) -> Any:
    """A bare sentence is a question to be answered in a line."""
    return {"label": value} if isinstance(value, str) else value


Line = Annotated[str, text.ONE_LINE, StringConstraints(max_length=200)]
Title = Annotated[str, text.ONE_LINE, StringConstraints(max_length=160), text.NOT_EMPTY]
Country = Annotated[str, AfterValidator(_country)]
Zone = Annotated[str, StringConstraints(max_length=60), AfterValidator(zones.known)]
Link = Annotated[str, text.ONE_LINE, StringConstraints(max_length=500), AfterValidator(_link)]
Capacity = Annotated[int, Field(ge=1, le=100_000)]
Guests = Annotated[int, Field(ge=0, le=20)]
Choice = Annotated[str, text.ONE_LINE, StringConstraints(max_length=80), text.NOT_EMPTY]


class Host(Body):
    """Who invites: the chapter, JST, an embassy."""

    name: Annotated[str, text.ONE_LINE, StringConstraints(max_length=160), text.NOT_EMPTY]
    kind: Literal["chapter", "jst", "embassy", "foundation", "university", "other"] = "other"


class AgendaItem(Body):
    at: Moment
    title: Annotated[str, text.ONE_LINE, StringConstraints(max_length=200), text.NOT_EMPTY]
    speaker: Annotated[str, text.ONE_LINE, StringConstraints(max_length=160)] = ""


class Question(Body):
    """What is asked of those who come. Sensitive answers are for named organisers, and forgotten after a week."""

    key: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")] | None = None
    label: Annotated[str, text.ONE_LINE, StringConstraints(max_length=200), text.NOT_EMPTY]
    kind: Literal["text", "yes-no", "choice"] = "text"
    choices: Annotated[list[Choice], Field(max_length=20)] = []
    required: bool = False
    sensitive: bool = False


class EventChange(Body):
    """What an organiser may change; what is left out stays."""

    title: Title = Field("", description="At most 160 characters.")
    theme: Line = Field("", description="At most 200 characters.")
    summary: Annotated[str, text.ONE_LINE, StringConstraints(max_length=500)] = ""
    description: Annotated[str, text.LINES, StringConstraints(max_length=20_000)] = Field("", description="Markdown.")
    country: Country = Field("", description="Whose chapter meets; ISO 3166-1 alpha-2.")
    venue: Line = ""
    address: Annotated[str, text.ONE_LINE, StringConstraints(max_length=400)] = ""
    latitude: Annotated[float | None, Field(ge=-90, le=90), BeforeValidator(empty_is_none)] = None
    longitude: Annotated[float | None, Field(ge=-180, le=180), BeforeValidator(empty_is_none)] = None
    online: bool = False
    online_url: Annotated[Link | None, BeforeValidator(empty_is_none)] = Field(
        None, description="Shown to those who are going."
    )
    starts_at: Moment = Field(datetime(2000, 1, 1, tzinfo=UTC))
    ends_at: Moment = Field(datetime(2000, 1, 1, tzinfo=UTC))
    time_zone: Zone = Field("UTC", description="IANA, e.g. `Asia/Jakarta`.")
    hosts: Annotated[list[Host], Field(max_length=20)] = []
    agenda: Annotated[list[AgendaItem], Field(max_length=100)] = []
    questions: Annotated[list[Annotated[Question, BeforeValidator(_question)]], Field(max_length=20)] = []
    capacity: Annotated[Capacity | None, BeforeValidator(empty_is_none)] = Field(
        None, description="How many persons, guests included; null: no limit."
    )
    guests_per_person: Guests = 1
    places: Literal["direct", "timed"] = Field(
        "direct", description="A freed place goes to the head of the waitlist at once, or is offered to it for a time."
    )
    rsvp_closes_at: Annotated[Moment | None, BeforeValidator(empty_is_none)] = None
    audience: Literal["public", "members", "chapter"] = "members"
    organisers: Annotated[list[Annotated[str, StringConstraints(max_length=41)]], Field(max_length=20)] = Field(
        [], description="Handles of those who organise it by name, beside whoever made it."
    )


class EventBody(EventChange):
    """A new event: these five must be given."""

    title: Title
    country: Country
    starts_at: Moment
    ends_at: Moment
    time_zone: Zone


class Cancelling(Body):
    reason: Annotated[str, text.LINES, StringConstraints(max_length=2000), text.NOT_EMPTY] = Field(
        description="Told to everybody who answered; at most 2,000 characters."
    )


class Copying(Body):
    """A new draft from an earlier event."""

    title: Title | None = None
    starts_at: Moment | None = Field(None, description="Absent: the same weekday and hour a year later.")


class EventFilters(BaseModel):
    """Which events are looked for; different filters narrow the list together."""

    country: Annotated[Line, BeforeValidator(lambda value: value.upper() if isinstance(value, str) else value)] = ""
    when: Annotated[Literal["upcoming", "past", "drafts"] | None, BeforeValidator(empty_is_none)] = Field(
        None, description="`drafts`: those that the caller may publish. Absent: upcoming and past, the latest first."
    )
    online: Annotated[bool | None, BeforeValidator(empty_is_none)] = None
    q: Line = Field("", description="Words of title, theme, summary, venue or hosts.")

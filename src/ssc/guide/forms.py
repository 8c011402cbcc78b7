"""What the finder may be asked, what editors correct, and who wants to hear: what is impossible is refused."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
)

from ssc.accounts.addresses import Email
from ssc.core import clock, text
from ssc.core.i18n import _
from ssc.places import countries
from ssc.programmes.courses import CallState
from ssc.programmes.rules import Answers, Conditions, Status, known_places
from ssc.web.api import Body


def _empty_is_none(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _known(code: str) -> str:
    if not countries.exists(code):
        raise ValueError(_("There is no such country or region."))
    return code


EMPTY_IS_NONE = BeforeValidator(_empty_is_none)
Upper = BeforeValidator(lambda value: value.strip().upper() if isinstance(value, str) else value)
Country = Annotated[Annotated[str, AfterValidator(_known)] | None, Upper, EMPTY_IS_NONE]


class Question(BaseModel):
    """What somebody says of herself in the finder. What is not said stays open."""

    country: Country = Field(None, description="Nationality.")
    status: Annotated[Status | None, EMPTY_IS_NONE] = None
    age: Annotated[Annotated[int, Field(ge=5, le=120)] | None, EMPTY_IS_NONE] = None
    field: Annotated[str, text.ONE_LINE, StringConstraints(max_length=120)] = Field(
        "", description="A field of science, for hosts and stories; every field is welcome."
    )
    been_to_japan: Annotated[bool | None, EMPTY_IS_NONE] = None
    home_institution_country: Country = Field(None, description="Where one studies or works.")

    @property
    def answers(self) -> Answers:
        return Answers(self.country, self.status, self.age, self.been_to_japan, self.home_institution_country)

    @property
    def homes(self) -> list[str]:
        """Where she comes from, by passport and by institution."""
        return sorted({code for code in (self.country, self.home_institution_country) if code})


class WatchBody(Body):
    """Who wants to hear when a call opens."""

    email: Email


class TokenBody(Body):
    """The secret of a mailed link."""

    token: Annotated[str, StringConstraints(max_length=200)]


Number = Annotated[int, Field(ge=0, description="Of the edition that was read: 0 while none was written.")]


class TextBody(Body):
    """A page's words in one language."""

    number: Number
    name: Annotated[str, text.ONE_LINE, StringConstraints(max_length=120)] = Field(
        "", description="Empty: the programme's own name."
    )
    summary: Annotated[str, text.ONE_LINE, StringConstraints(max_length=400), text.NOT_EMPTY]
    how: Annotated[str, text.LINES, StringConstraints(max_length=1000)] = Field("", description="How one takes part.")
    body: Annotated[str, text.LINES, StringConstraints(max_length=20_000), text.NOT_EMPTY]


def closing(day: date | None, others: ValidationInfo) -> date | None:
    """The day on which a call closes; ValueError for a call that is not open, and for a day that has passed."""
    if day is not None and others.data.get("state") != "open":
        raise ValueError(_("Only a call that is open has a day on which it closes."))
    if day is not None and day < clock.today_in_japan():
        raise ValueError(_("This day has passed: the call is closed."))
    return day


class CallBody(Body):
    """How the call stands. `closes_on` only while it is open."""

    state: CallState
    as_of: date
    closes_on: Annotated[date | None, EMPTY_IS_NONE] = None

    @field_validator("closes_on")
    @classmethod
    def _closes(cls, day: date | None, others: ValidationInfo) -> date | None:
        return closing(day, others)


class _Facts(Body):
    number: Number
    fiscal_year: Annotated[int, Field(ge=2014, le=2100)]
    source: Annotated[str, text.ONE_LINE, StringConstraints(max_length=200), text.NOT_EMPTY]
    source_url: Annotated[str, StringConstraints(max_length=500, pattern=r"^https://[^\s/]+/\S*$")]
    checked_on: date


class FactsBody(_Facts):
    """A programme's rules and facts, and where they are written."""

    conditions: Conditions
    call: CallBody


_REACHABLE = re.compile(r"https://[^\s/]+\S*|[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")


def _reachable(value: str) -> str:
    if not _REACHABLE.fullmatch(value):
        raise ValueError(_("Write a mail address, or a web address that begins with https://."))
    return value


class FactsForm(_Facts):
    """The same as a page sends it: flat, countries as codes with blanks between."""

    countries: str = ""
    countries_are_all: bool = False
    institutions: str = ""
    statuses: list[Status] = []
    statuses_to_ask: list[Status] = []
    oldest: Annotated[Annotated[int, Field(ge=1, le=120)] | None, EMPTY_IS_NONE] = None
    first_stay: bool = False
    by_invitation: bool = False
    state: CallState
    as_of: date
    closes_on: Annotated[date | None, EMPTY_IS_NONE] = None

    @field_validator("closes_on")
    @classmethod
    def _closes(cls, day: date | None, others: ValidationInfo) -> date | None:
        return closing(day, others)

    @field_validator("countries", "institutions")
    @classmethod
    def _places(cls, written: str) -> str:
        return " ".join(known_places(_split(written)))

    def body(self) -> FactsBody:
        values = self.model_dump()
        asked = {name: values.pop(name) for name in Conditions.model_fields}
        call = {name: values.pop(name) for name in CallBody.model_fields}
        named = {name: _split(asked[name]) for name in ("countries", "institutions")}
        return FactsBody(**values, conditions=Conditions(**{**asked, **named}), call=CallBody(**call))


def _split(written: str) -> tuple[str, ...]:
    return tuple(written.replace(",", " ").split())


class HostBody(Body):
    """How a host wants to be reached by the institutions of applicants, and that it said so."""

    host: Annotated[str, text.ONE_LINE, StringConstraints(max_length=200), text.NOT_EMPTY] = Field(
        description="Its id, or its name as far as it is nobody else's."
    )
    contact: Annotated[str, text.ONE_LINE, StringConstraints(max_length=300), AfterValidator(_reachable)]
    consented_on: date
    consent: Annotated[str, text.ONE_LINE, StringConstraints(max_length=500), text.NOT_EMPTY] = Field(
        description="Who of the host said so, and how."
    )

"""What an editor, or who hands in an opportunity, says of an item."""

from datetime import date, datetime
from typing import Annotated, Self

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints, model_validator

from ssc.core import text
from ssc.core.i18n import _
from ssc.news.rules import Kind
from ssc.places import countries
from ssc.web.api import Body

BODY_LIMIT = 50_000


def _country(code: str) -> str:
    if not countries.exists(code):
        raise ValueError(_("This is not a country or region."))
    return code


Title = Annotated[str, text.ONE_LINE, StringConstraints(max_length=200), text.NOT_EMPTY]
Summary = Annotated[str, text.ONE_LINE, StringConstraints(max_length=500)]
Words = Annotated[str, text.LINES, StringConstraints(max_length=BODY_LIMIT), text.NOT_EMPTY]
Lang = Annotated[str, StringConstraints(max_length=35, pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Countries = Annotated[list[Annotated[str, AfterValidator(_country)]], Field(max_length=60)]
Name = Annotated[str, text.ONE_LINE, StringConstraints(max_length=120)]


class NewsBody(Body):
    """An item; at first a draft."""

    title: Title = Field(description="Up to 200 characters.")
    body: Words = Field(description="Markdown, up to 50,000 characters.")
    lang: Lang = Field(description="The language it is written in, BCP 47.")
    kind: Kind
    summary: Summary = Field("", description="What lists and letters show; up to 500 characters.")
    countries: Countries = Field([], description="Those it concerns; none: all.")
    pinned: bool = Field(False, description="Editors: stands before the others.")
    closes_on: date | None = Field(None, description="Of an opportunity: its last day, after which it leaves the list.")
    author_name: Name = Field("", description="How it is signed; absent: by your name.")
    translation_of: Annotated[str, StringConstraints(max_length=100)] | None = Field(
        None, description="The slug of the item that this says in another language."
    )

    @model_validator(mode="after")
    def _closes(self) -> Self:
        if self.closes_on is not None and self.kind != "opportunity":
            raise ValueError(_("Only an opportunity has a closing date."))
        return self


class ChangeBody(Body):
    """What changes; absent: stays."""

    title: Title | None = None
    body: Words | None = None
    lang: Lang | None = None
    kind: Kind | None = None
    summary: Summary | None = None
    countries: Countries | None = None
    pinned: bool | None = None
    closes_on: date | None = None
    author_name: Name | None = None


class PublishBody(Body):
    at: AwareDatetime | None = Field(None, description="In the future: then. Absent: now.")


class NewsFilters(Body):
    """Which items; extra words of the address are ignored."""

    model_config = {"extra": "ignore"}

    kind: Kind | None = None
    lang: Lang | None = None
    country: Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")] | None = Field(
        None, description="Those that concern it, or all countries."
    )


class EditForm(Body):
    """The editor's page; a publication's instant is on Japan's clock there."""

    model_config = {"extra": "ignore"}

    title: Title
    body: Words
    lang: Lang
    kind: Kind
    summary: Summary = ""
    countries: Countries = []
    pinned: bool = False
    closes_on: date | None = None


class ScheduleForm(Body):
    model_config = {"extra": "ignore"}

    at: datetime | None = None

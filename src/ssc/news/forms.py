"""What an editor, or who hands in an opportunity, says of an item."""

from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from ssc.core import text
from ssc.core.i18n import _
from ssc.news.rules import Kind
from ssc.places import countries
from ssc.web.api import Body, Moment
from ssc.writing.forms import Lang, Summary, Title, Words


def _country(code: str) -> str:
    if not countries.exists(code):
        raise ValueError(_("This is not a country or region."))
    return code


Country = Annotated[str, AfterValidator(_country)]
Countries = Annotated[list[Country], Field(max_length=60)]
Name = Annotated[str, text.ONE_LINE, StringConstraints(max_length=120)]
Note = Annotated[str, text.LINES, StringConstraints(max_length=2000)]


class Audience(Body):
    """To whom a mail magazine goes; what is absent or empty asks for nothing."""

    languages: Annotated[list[Lang], Field(max_length=20)] = Field([], description="Those who read the club in one.")
    countries: Countries = Field([], description="Those from there, or living there.")
    fields: Annotated[list[Annotated[str, StringConstraints(max_length=120)]], Field(max_length=20)] = Field(
        [], description="Those with one of these fields of science."
    )
    programmes: Annotated[list[Annotated[str, StringConstraints(max_length=40)]], Field(max_length=20)] = Field(
        [], description="Those who took part in one of these programmes."
    )


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
    translation_of: Annotated[str, text.ONE_LINE, StringConstraints(max_length=100)] | None = Field(
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
    at: Moment | None = Field(None, description="In the future: then. Absent: now.")
    mail_to: Audience | None = Field(None, description="Sends it as the mail magazine too, when it appears.")


class GiveBackBody(Body):
    note: Note = Field("", description="What is to be done before it can be published.")


class KindRuleBody(Body):
    needs_second: bool = Field(description="Whether a second person must approve what is published of this kind.")


class NewsFilters(Body):
    """Which items; extra words of the address are ignored."""

    model_config = {"extra": "ignore"}

    kind: Kind | None = None
    lang: Lang | None = None
    country: Country | None = Field(None, description="Those that concern it, or all countries.")


class EditForm(Body):
    """The editor's page: the whole item; what a checkbox does not say is no."""

    model_config = {"extra": "ignore"}

    title: Title
    body: Words
    lang: Lang
    kind: Kind
    summary: Summary = ""
    countries: Countries = []
    pinned: bool = False
    closes_on: date | None = None
    author_name: Name = ""


class NewForm(EditForm):
    """The page on which an item begins."""

    translation_of: Annotated[str, text.ONE_LINE, StringConstraints(max_length=100)] = ""

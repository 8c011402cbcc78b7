"""What an editor says of an issue of the mail magazine."""

from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints, model_validator

from ssc.core import text
from ssc.core.i18n import _
from ssc.news.forms import Audience
from ssc.web.api import Body, Moment

Subject = Annotated[str, text.ONE_LINE, StringConstraints(max_length=200), text.NOT_EMPTY]
Preface = Annotated[str, text.LINES, StringConstraints(max_length=50_000)]
EditionLang = Annotated[str, StringConstraints(max_length=12, pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Slug = Annotated[str, StringConstraints(max_length=100)]


class EditionBody(Body):
    """What the issue says in one language."""

    lang: EditionLang = Field(description="BCP 47.")
    subject: Subject
    body: Preface = Field("", description="Markdown, before the items of news; up to 50,000 characters.")


class NewsletterBody(Body):
    """An issue. `lang`, `subject` and `body` at the top are one edition, for who writes in one language only."""

    editions: Annotated[list[EditionBody], Field(min_length=1, max_length=20)] = Field(
        description="The first is for readers of no other of its languages."
    )
    items: Annotated[list[Slug], Field(max_length=30)] = Field(
        [], description="Slugs of published news, in their order; each edition has them in its language where it can."
    )
    audience: Audience = Field(Audience(), description="Absent: everybody who wants the magazine.")

    @model_validator(mode="before")
    @classmethod
    def _one_edition(cls, given: Any) -> Any:
        if not isinstance(given, dict) or "editions" in given or "subject" not in given:
            return given
        rest = {name: value for name, value in given.items() if name not in ("lang", "subject", "body")}
        edition = {name: given[name] for name in ("lang", "subject", "body") if name in given}
        return {**rest, "editions": [{"lang": "en", **edition}]}

    @model_validator(mode="after")
    def _each_language_once(self) -> Self:
        langs = [edition.lang for edition in self.editions]
        if len(set(langs)) < len(langs):
            raise ValueError(_("Each language once."))
        if not self.items and not all(edition.body for edition in self.editions):
            raise ValueError(_("Write something, or choose items of news."))
        return self


class SendBody(Body):
    at: Moment | None = Field(None, description="In the future: then. Absent: now.")

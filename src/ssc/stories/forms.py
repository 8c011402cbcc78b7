"""What a person may submit about stories, consents and questions."""

import re
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from ssc.accounts.addresses import Email
from ssc.core import clock, markdown, text
from ssc.core.i18n import _
from ssc.programmes.shapes import FiscalYear
from ssc.stories.rules import PROMPTS, Prompt, Scope
from ssc.web.api import Body
from ssc.writing.forms import Alt as Alt
from ssc.writing.forms import Lang, Title

MOST_FIELDS = 6


def _described(told: str) -> str:
    if any(not words for _name, words in markdown.images_in(told)):
        raise ValueError(_("A picture lacks its words: say within ![…] what it shows, for who cannot see it."))
    return told


def _parted(values: Any) -> Any:
    """One text field holds several values, parted by commas or lines."""
    if not isinstance(values, list):
        return values
    return [part.strip() for value in values for part in re.split(r"[,、，\n]", str(value)) if part.strip()]


def _past(value: date) -> date:
    if value > clock.today_in_japan():
        raise ValueError(_("This day is still to come."))
    return value


def _distinct(values: list[Any]) -> list[Any]:
    return list(dict.fromkeys(values))


Told = Annotated[str, text.LINES, StringConstraints(max_length=20_000), AfterValidator(_described)]
Answered = Annotated[str, text.LINES, StringConstraints(max_length=6_000), AfterValidator(_described)]
Caption = Annotated[str, text.ONE_LINE, StringConstraints(max_length=300)]
FieldKey = Annotated[str, StringConstraints(max_length=30, pattern=r"^[a-z_]+$")]
Name = Annotated[str, text.ONE_LINE, StringConstraints(max_length=80)]
Affiliation = Annotated[str, text.ONE_LINE, StringConstraints(max_length=200)]
FieldName = Annotated[str, text.ONE_LINE, StringConstraints(max_length=120), text.NOT_EMPTY]
Fields = Annotated[list[FieldName], BeforeValidator(_parted), Field(max_length=MOST_FIELDS), AfterValidator(_distinct)]
_Short = Annotated[str, text.ONE_LINE, StringConstraints(max_length=60)]
Code = Annotated[_Short | None, text.EMPTY_IS_NONE]
Note = Annotated[str, text.LINES, StringConstraints(max_length=4000)]
FilledNote = Annotated[str, text.LINES, StringConstraints(max_length=4000), text.NOT_EMPTY]


class Draft(Body):
    """A story as it is begun. Markdown in `body` and `prompts`; either may be empty until it is submitted."""

    title: Title
    body: Told
    lang: Lang = Field(description="BCP 47, e.g. `en`, `ja`, `zh-Hant`.")
    prompts: dict[Prompt, Answered] = Field(default={}, description="Answers to the club's three questions.")
    byline: Name = Field(default="", description="First name or nickname; empty: the first word of the name.")
    affiliation: Affiliation = ""
    exchange: Code = Field(default=None, description="The code of an exchange the author took part in.")
    fields: Fields = Field(default=[], description="Empty: those of the exchange.")
    shows_profile: bool = Field(default=False, description="Whether `author` carries the handle, for who may see it.")
    takes_questions: bool = True


class Change(Body):
    """What is to change of a story; what is left out stays."""

    title: Title = ""
    body: Told = ""
    lang: Lang = ""
    prompts: dict[Prompt, Answered] = {}
    byline: Name = ""
    affiliation: Affiliation = ""
    exchange: Code = None
    fields: Fields = []
    shows_profile: bool = False
    takes_questions: bool = False


class BeginForm(Body):
    """What is asked before one writes: all else has its place on the story's own page."""

    title: Title
    lang: Lang
    exchange: Code = None

    def draft(self) -> Draft:
        return Draft(title=self.title, lang=self.lang, exchange=self.exchange, body="")


class DraftForm(Body):
    """A story as its page submits it: whole. `rev`: the revision that the page had loaded."""

    title: Title
    lang: Lang
    byline: Name = ""
    affiliation: Affiliation = ""
    exchange: Code = None
    fields: Fields = []
    role: Answered = ""
    life: Answered = ""
    message: Answered = ""
    body: Told = ""
    shows_profile: bool = False
    takes_questions: bool = False
    rev: int = 0

    def draft(self) -> Draft:
        values = self.model_dump(exclude={*PROMPTS, "rev"})
        return Draft(**values, prompts={name: getattr(self, name) for name in PROMPTS})

    def change(self) -> Change:
        return Change(**self.draft().model_dump())


class NoteBody(Body):
    """What an editor wants changed."""

    note: FilledNote


class OptionalNote(Body):
    """A word on the way, for the other side."""

    note: Note = ""


class PhotoWords(Body):
    """What goes with a photo."""

    alt: Alt
    caption: Caption = ""
    shows_people: bool = True


class PhotoForm(Body):
    """The same as its page submits it: a box left empty says no."""

    alt: Alt
    caption: Caption = ""
    shows_people: bool = False

    def words(self) -> PhotoWords:
        return PhotoWords(**self.model_dump())


class TypedBody(Body):
    """What is typed and not saved, field by field, since revision `rev`."""

    typed: Annotated[dict[FieldKey, Annotated[str, Field(max_length=20_000)]], Field(max_length=20)]
    rev: Annotated[int, Field(ge=1, le=2**31 - 1)]


class ConsentBody(Body):
    """That somebody agreed. `photo`: the picture that shows her; absent: she is quoted in the text."""

    person: Annotated[str, text.ONE_LINE, StringConstraints(max_length=120), text.NOT_EMPTY]
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=3), AfterValidator(_distinct)]
    given_on: Annotated[date, AfterValidator(_past)]
    photo: Code = None
    member: Code = Field(
        default=None, description="Her handle, where she is a member whom you see: she is told, and can take it back."
    )
    email: Annotated[Email | None, text.EMPTY_IS_NONE] = Field(
        default=None, description="Where the address goes by which she takes it back. It is not kept."
    )
    under_age: bool = False
    guardian: Annotated[str, text.ONE_LINE, StringConstraints(max_length=120)] = ""

    @model_validator(mode="after")
    def _guarded(self) -> Self:
        if self.under_age and not self.guardian.strip():
            raise ValueError(_("Name the parent or guardian who agreed for her or him."))
        return self


class RevocationBody(Body):
    """What is taken back: one use, or all of them."""

    scope: Annotated[Scope | None, text.EMPTY_IS_NONE] = None


class QuestionBody(Body):
    """What a visitor asks."""

    name: Annotated[str, text.ONE_LINE, StringConstraints(max_length=80), text.NOT_EMPTY]
    email: Email
    question: Annotated[str, text.LINES, StringConstraints(max_length=2000), text.NOT_EMPTY]


class QuestionDecision(Body):
    """Whether the author gets it."""

    deliver: bool


class AnswerBody(Body):
    """The author's answer; `public` puts it under the story, and is mailed as well."""

    answer: FilledNote
    public: bool = False


class Filters(BaseModel):
    """Which stories are wanted; several narrow the list together."""

    model_config = ConfigDict(frozen=True)

    country: Annotated[str, text.ONE_LINE, StringConstraints(max_length=2), AfterValidator(str.upper)] = ""
    field: Annotated[str, text.ONE_LINE, StringConstraints(max_length=120)] = ""
    programme: Annotated[str, text.ONE_LINE, StringConstraints(max_length=30)] = ""
    fiscal_year: Annotated[FiscalYear | None, text.EMPTY_IS_NONE] = None
    host: Annotated[str, text.ONE_LINE, StringConstraints(max_length=200)] = Field(
        default="", description="An organisation's id or one of its names."
    )
    lang: Annotated[str, text.ONE_LINE, StringConstraints(max_length=35)] = ""


QueueState = Literal["submitted", "published", "returned"]

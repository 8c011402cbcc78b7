"""What is said after an event: the survey and its answers, the report."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field, StringConstraints

from ssc.core import text
from ssc.events.forms.event import Choice, empty_is_none
from ssc.web.api import Body, Moment

SurveyText = Annotated[str, text.LINES, StringConstraints(max_length=2000)]


class SurveyQuestion(Body):
    key: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")] | None = None
    label: Annotated[str, text.ONE_LINE, StringConstraints(max_length=200), text.NOT_EMPTY]
    kind: Literal["choice", "text"] = "text"
    choices: Annotated[list[Choice], Field(max_length=20)] = []
    required: bool = False


class SurveyBody(Body):
    questions: Annotated[list[SurveyQuestion], Field(min_length=1, max_length=30)]
    closes_at: Annotated[Moment | None, BeforeValidator(empty_is_none)] = Field(
        None, description="Absent: thirty days after the end."
    )


class SurveyAnswers(Body):
    answers: dict[Annotated[str, StringConstraints(max_length=40)], SurveyText] = Field(
        description="By the questions' keys."
    )


class ReportBody(Body):
    """What is absent stays as it is, or as the template has it."""

    title: Annotated[str, text.ONE_LINE, StringConstraints(max_length=160), text.NOT_EMPTY] = ""
    summary: Annotated[str, text.ONE_LINE, StringConstraints(max_length=500)] = ""
    body: Annotated[str, text.LINES, StringConstraints(max_length=50_000), text.NOT_EMPTY] = ""
    lang: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}$", max_length=12)] = "en"


Signed = Annotated[str, text.ONE_LINE, StringConstraints(max_length=160)]
Quoted = Annotated[str, text.LINES, StringConstraints(max_length=600)]


class QuoteAsking(Body):
    """Whether the report may quote somebody who was there. She alone says yes, and in which words."""

    member: Annotated[str, text.ONE_LINE, StringConstraints(max_length=41), text.NOT_EMPTY] = Field(
        description="Her handle."
    )
    text: Quoted = Field("", description="What she said, as a proposal.")


class QuoteAskingByName(BaseModel):
    """An organiser's form, who may know no handles."""

    member: Annotated[str, text.ONE_LINE, StringConstraints(max_length=120), text.NOT_EMPTY]
    text: Quoted = ""


class QuoteAnswer(Body):
    """What she says to it; `agree` false also takes back what she agreed to."""

    agree: bool
    text: Quoted | None = Field(None, description="Her own words; absent: as proposed.")
    signed: Signed | None = Field(None, description="The name under it; absent: her name and country.")


Alt = Annotated[str, text.ONE_LINE, StringConstraints(max_length=300), text.NOT_EMPTY]


class PhotoWords(Body):
    """A photo for the report."""

    alt: Alt = Field(description="What it shows, in words, for who does not see it.")
    agreed: bool = Field(False, description="That all who can be recognised agreed, and none of them is under 18.")

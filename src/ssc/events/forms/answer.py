"""What somebody answers to an event's invitation."""

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints

from ssc.core import text
from ssc.core.i18n import _
from ssc.web.api import Body
from ssc.web.forms import Form, check

MOST_GUESTS = 100

GuestName = Annotated[str, text.ONE_LINE, StringConstraints(max_length=120), text.NOT_EMPTY]
Text = Annotated[str, text.LINES, StringConstraints(max_length=1000)]
ByName = dict[Annotated[str, StringConstraints(max_length=200)], Text | bool]
InOrder = Annotated[list[Text | bool], Field(max_length=20)]


class RsvpBody(Body):
    """Going, maybe or declined. A party moves as a whole: the person and her guests."""

    status: Literal["going", "maybe", "declined"]
    guests: Annotated[int, Field(ge=0, le=MOST_GUESTS)] = Field(0, description="Beside the person; absent: none.")
    guest_names: Annotated[list[GuestName], Field(max_length=MOST_GUESTS)] = []
    answers: ByName | InOrder | None = Field(
        None, description="By the questions' keys (or their words), or a list in their order."
    )


class AnsweringFor(BaseModel):
    """An organiser's form: who said what on the telephone."""

    handle: Annotated[str, text.ONE_LINE, StringConstraints(max_length=120), text.NOT_EMPTY]
    status: Literal["going", "maybe", "declined"]
    guests: Annotated[int, Field(ge=0, le=MOST_GUESTS)] = 0
    guest_names: Annotated[str, text.LINES, StringConstraints(max_length=10_000)] = ""

    def body(self) -> Form[RsvpBody]:
        """As the API would have it; what is wrong with the names stands at their field."""
        names = names_in(self.guest_names)
        guests = max(self.guests, len(names))
        return check(RsvpBody, {"status": self.status, "guests": guests, "guest_names": names})


def names_in(typed: str) -> list[str]:
    """Guests as they are written in one field, with commas or line breaks between."""
    return [name.strip() for name in re.split(r"[,;、，\n]", typed) if name.strip()]


def by_key(questions: list[dict[str, Any]], given: dict[str, Any] | list[Any] | None) -> dict[str, str]:
    """Answers under their questions' keys, yes and no as words. ValueError, with a sentence, for what nobody asked."""
    if given is None:
        return {}
    if isinstance(given, list):
        if len(given) > len(questions):
            raise ValueError(_("There are fewer questions than answers."))
        given = {question["key"]: value for question, value in zip(questions, given, strict=False)}
    known = {question["label"]: question["key"] for question in questions}
    known |= {question["key"]: question["key"] for question in questions}
    found: dict[str, str] = {}
    for name, value in given.items():
        if name not in known:
            raise ValueError(_("There is no such question: {name}", name=name[:60]))
        told = {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
        if told:
            found[known[name]] = told
    return found

"""What is said of chapters: candidacies, notes, terms of office."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from ssc.core import text
from ssc.web.api import Body

NOTE_LIMIT = 1000
HAND_OVER_LIMIT = 5000
Reason = Annotated[str, text.ONE_LINE, StringConstraints(max_length=500), text.NOT_EMPTY]
EmptyDate = Annotated[date | None, text.EMPTY_IS_NONE]


class VolunteerBody(Body):
    """Why somebody would like to coordinate her chapter; for the secretariat alone."""

    note: Annotated[str, text.LINES, StringConstraints(max_length=NOTE_LIMIT)] = ""


class NoteBody(Body):
    """What one coordinator leaves to the next. Markdown."""

    body: Annotated[str, text.LINES, StringConstraints(max_length=HAND_OVER_LIMIT), text.NOT_EMPTY]


class TermBody(Body):
    """A term of office."""

    reason: Reason
    starts_on: EmptyDate = Field(None, description="Absent: today in Japan.")
    ends_on: EmptyDate = Field(
        None,
        description="The last day. Absent: a coordinator's term ends with the next fiscal year, others run on.",
    )
    lead: bool = Field(False, description="Of a coordinator: leads the chapter; else she is one of its volunteers.")


class AppointForm(TermBody):
    """The same on the desk, with whom and where."""

    member: Annotated[str, text.ONE_LINE, StringConstraints(max_length=41), text.NOT_EMPTY]
    country: Annotated[str, text.ONE_LINE, StringConstraints(max_length=2), text.NOT_EMPTY]


class EndForm(Body):
    """Whose term ends, or whose offer is not taken up: where and why."""

    member: Annotated[str, text.ONE_LINE, StringConstraints(max_length=41), text.NOT_EMPTY]
    country: Annotated[str, text.ONE_LINE, StringConstraints(max_length=2), text.NOT_EMPTY]
    reason: Reason

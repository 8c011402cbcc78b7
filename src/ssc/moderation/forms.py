"""What a member reports and says to a decision, and what moderators decide."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from ssc.core import clock, text
from ssc.moderation.rules import LASTING, Outcome, Reason
from ssc.web.api import Body, Moment

NOTE_LIMIT = 2000
TargetType = Literal["member", "message", "event", "story", "question", "group", "photo"]
Note = Annotated[str, text.LINES, StringConstraints(max_length=NOTE_LIMIT)]
Said = Annotated[str, text.LINES, StringConstraints(max_length=NOTE_LIMIT), text.NOT_EMPTY]


class TargetBody(Body):
    """The thing: a member by her handle, an event, story or group by its slug, all else by its id."""

    type: TargetType
    id: Annotated[str, text.ONE_LINE, StringConstraints(min_length=1, max_length=120)]


class Why(Body):
    """Why it is reported."""

    reason: Reason
    note: Note = Field("", description="Whatever helps to understand it; up to 2,000 characters.")


class ReportBody(Why):
    """A report to the moderators."""

    target: TargetBody


class DecisionBody(Body):
    """What a moderator decides on a report."""

    decision: Outcome
    until: Moment | None = Field(
        None, description="Only for `limit` and `suspend`: until when; absent: until it is taken back."
    )
    note: Note = Field("", description="The reason, as the person concerned reads it; up to 2,000 characters.")


class SuspensionBody(Body):
    """A member is shut out."""

    until: Moment | None = Field(None, description="Null: until it is lifted.")
    reason: Said = Field(description="As she reads it; up to 2,000 characters.")


class AppealBody(Body):
    """What the person concerned says."""

    note: Note = Field("", description="Up to 2,000 characters.")


class AnswerBody(Body):
    """What another moderator says to an appeal."""

    reverse: bool = Field(description="True: the decision is taken back.")
    note: Note = Field("", description="For the letter; up to 2,000 characters.")


class DecisionForm(Body):
    """The same on a page: for how long is chosen in days."""

    decision: Outcome
    days: Annotated[int, Field(ge=0, le=3660)] = 0
    note: Note = ""

    def body(self) -> DecisionBody:
        lasts = self.decision in LASTING and self.days
        until = clock.now() + timedelta(days=self.days) if lasts else None
        return DecisionBody(decision=self.decision, until=until, note=self.note)

"""What a topic group is to be."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from ssc.core import text
from ssc.web.api import Body

DESCRIPTION_LIMIT = 4000
Title = Annotated[str, text.ONE_LINE, StringConstraints(max_length=100), text.NOT_EMPTY]
FieldOfScience = Annotated[str, text.ONE_LINE, StringConstraints(max_length=120), text.NOT_EMPTY]
Description = Annotated[str, text.LINES, StringConstraints(max_length=DESCRIPTION_LIMIT), text.NOT_EMPTY]


class GroupBody(Body):
    """A topic group as it is proposed. The description is Markdown."""

    title: Title
    description: Description
    field: FieldOfScience
    joining: Literal["open", "request"] = "open"


class GroupChange(Body):
    """What is not given stays."""

    title: Title | None = None
    description: Description | None = None
    field: FieldOfScience | None = None
    joining: Literal["open", "request"] | None = None


class GroupDecision(Body):
    """What moderators say to a proposal."""

    approve: bool
    note: Annotated[str, text.LINES, StringConstraints(max_length=1000)] = ""


class GroupFilters(BaseModel):
    """Which groups are looked for."""

    q: Annotated[str, text.ONE_LINE, StringConstraints(max_length=200)] = ""
    field: Annotated[str, text.ONE_LINE, StringConstraints(max_length=120)] = ""
    mine: bool = Field(False, description="Only those the reader is in, has asked into, or proposed.")

"""What a person may say about notices."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from ssc.core import text
from ssc.notifications.leaving import Scope
from ssc.web.api import Body


class ReadBody(Body):
    up_to: UUID = Field(description="The id of the newest notice that was seen: it and all before it are read.")


class SubjectBody(Body):
    subject: Annotated[str, StringConstraints(max_length=120)]


class LeaveForm(BaseModel):
    """What a person chose on the page; a mail program sends its own words, which are not read."""

    scope: Scope | None = None


class BounceBody(Body):
    """As mail services report them."""

    address: Annotated[str, text.ONE_LINE, StringConstraints(max_length=320, pattern=r"^[^\s@]+@[^\s@]+$")]
    kind: Literal["soft", "hard", "complaint"]

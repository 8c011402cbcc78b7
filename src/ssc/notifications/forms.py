"""What a person may say about notices."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from ssc.notifications.leaving import Scope
from ssc.web.api import Body


class ReadBody(Body):
    up_to: UUID = Field(description="The id of the newest notice that was seen: it and all before it are read.")


class SubjectBody(Body):
    subject: Annotated[str, StringConstraints(max_length=120)]


class LeaveForm(BaseModel):
    """What a person chose on the page; a mail program sends its own words, which are not read."""

    scope: Scope | None = None

"""What somebody writes to the secretariat, and what it answers."""

from typing import Annotated

from pydantic import Field, StringConstraints

from ssc.accounts.addresses import Email
from ssc.core import text
from ssc.web.api import Body


class ContactBody(Body):
    """A message to the secretariat."""

    name: Annotated[str, text.ONE_LINE, StringConstraints(max_length=120), text.NOT_EMPTY]
    email: Email
    topic: Annotated[str, text.ONE_LINE, StringConstraints(max_length=120), text.NOT_EMPTY]
    message: Annotated[str, text.LINES, StringConstraints(max_length=5000), text.NOT_EMPTY]


class AnswerBody(Body):
    """What staff answer; empty: the message is laid aside without a letter."""

    answer: Annotated[str, text.LINES, StringConstraints(max_length=5000)] = Field(
        "", description="Mailed to who wrote; up to 5,000 characters."
    )

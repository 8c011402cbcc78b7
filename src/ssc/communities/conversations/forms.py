"""What a conversation is called."""

from typing import Annotated

from pydantic import StringConstraints

from ssc.core import text
from ssc.web.api import Body

TITLE_LIMIT = 100
NOTE_LIMIT = 300


class ConversationBody(Body):
    """A conversation, by its title; what is said in it are messages of its thread."""

    title: Annotated[str, text.ONE_LINE, StringConstraints(max_length=TITLE_LIMIT), text.NOT_EMPTY]


class ClosureBody(Body):
    """Why a conversation is closed: it stands where one would write."""

    note: Annotated[str, text.ONE_LINE, StringConstraints(max_length=NOTE_LIMIT)] = ""

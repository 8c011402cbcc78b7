"""What a conversation is called."""

from typing import Annotated

from pydantic import StringConstraints

from ssc.core import text
from ssc.web.api import Body

TITLE_LIMIT = 100


class ConversationBody(Body):
    """A conversation, by its title; what is said in it are messages of its thread."""

    title: Annotated[str, text.ONE_LINE, StringConstraints(max_length=TITLE_LIMIT), text.NOT_EMPTY]

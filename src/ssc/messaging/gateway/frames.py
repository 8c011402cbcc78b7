"""What a client may say over its socket."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StrictInt, ValidationError

from ssc.core.errors import INVALID, NOT_PARSABLE, Problem
from ssc.core.i18n import _
from ssc.messaging.forms import SEQ_LIMIT, MessageForm
from ssc.web import api, messages
from ssc.web.api import Body

LIMIT = 64 << 10
HANDLES_LIMIT = 500


class Hello(Body):
    """The first frame: how far the client has come in which threads."""

    have: dict[UUID, Annotated[StrictInt, Field(ge=0, le=SEQ_LIMIT)]] = {}


class Send(MessageForm):
    thread_id: UUID


class Read(Body):
    thread_id: UUID
    seq: Annotated[StrictInt, Field(ge=0, le=SEQ_LIMIT)]


class Typing(Body):
    thread_id: UUID


class Watch(Body):
    """Whose presence is asked for; in place of those asked for before."""

    handles: Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=HANDLES_LIMIT)]


class Ping(Body):
    pass


FORMS: dict[str, type[Body]] = {
    "hello": Hello,
    "send": Send,
    "read": Read,
    "typing": Typing,
    "watch": Watch,
    "ping": Ping,
}


def parsed(text: str) -> dict[str, Any]:
    """A JSON object with an `op` that we know; a `Problem` else."""
    content = api.parse(text.encode("utf-8", "surrogatepass"))
    if not isinstance(content, dict) or not isinstance(content.get("op"), str) or content["op"] not in FORMS:
        raise Problem(NOT_PARSABLE, _("There is no such op."))
    return content


def formed(content: dict[str, Any]) -> Body:
    """The frame as its op's form; 422 else, as over HTTP."""
    op = content.pop("op")
    try:
        return FORMS[op].model_validate(content)
    except ValidationError as refused:
        found = [{**error, "loc": ("body", *error["loc"])} for error in refused.errors()]
        raise Problem(INVALID, errors=messages.field_errors(found)) from refused

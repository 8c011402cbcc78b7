"""What a person may write, and do with what was written."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StrictInt, StringConstraints, ValidationInfo, field_validator

from ssc.core import text
from ssc.core.i18n import _
from ssc.core.text import LINES
from ssc.messaging.rules import ATTACHMENTS_LIMIT, BODY_LIMIT
from ssc.web.api import Body

SEQ_LIMIT = 1 << 53
"""Beyond it a browser's numbers are no longer exact."""

Seq = Annotated[StrictInt, Field(ge=1, le=SEQ_LIMIT)]


def _each_once(files: list[UUID]) -> list[UUID]:
    if len(set(files)) < len(files):
        raise ValueError(_("Each file can be attached only once."))
    return files


class MessageForm(Body):
    """A message to be sent. It has a body, or files, or both."""

    client_id: Annotated[str, StringConstraints(pattern=r"^[\x20-\x7e]{1,64}$")] = Field(
        description="Made by the client, a new one for each message: however often it is sent, it is stored once."
    )
    attachments: Annotated[list[UUID], Field(max_length=ATTACHMENTS_LIMIT), AfterValidator(_each_once)] = Field(
        [], description="The ids of uploads of one's own that no message carries yet."
    )
    reply_to: Seq | None = Field(None, description="The `seq` of the message that this answers.")
    body: Annotated[str, LINES, StringConstraints(max_length=BODY_LIMIT)] = Field(
        "", description="Markdown.", validate_default=True
    )

    @field_validator("body")
    @classmethod
    def _says_something(cls, body: str, others: ValidationInfo) -> str:
        if not text.canonical(body) and not others.data.get("attachments"):  # what nobody sees says nothing
            raise ValueError(_("Please fill this in."))
        return body


class MessageEdit(Body):
    """What a message is to say from now on."""

    body: Annotated[str, LINES, StringConstraints(max_length=BODY_LIMIT)] = Field(description="Markdown.")


class ReadForm(Body):
    """How far one has read; less than before marks as unread."""

    seq: Annotated[StrictInt, Field(ge=0, le=SEQ_LIMIT)]

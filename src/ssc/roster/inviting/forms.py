"""What staff submit about invitations."""

from typing import Literal

from pydantic import Field

from ssc.accounts.addresses import Email
from ssc.web.api import Body

LetterLanguage = Literal["en", "ja"]


class RoundBody(Body):
    """How everybody of an import is to be invited."""

    language: LetterLanguage | None = Field(
        None, description="Of all letters. Absent: Japanese to Japan, English elsewhere."
    )


class InviteBody(Body):
    """Whom to invite at once."""

    email: Email = Field(description="An address that the roster has.")
    language: LetterLanguage | None = Field(None, description="Absent: Japanese to Japan, English elsewhere.")

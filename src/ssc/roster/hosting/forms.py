"""What staff and hosts submit about who looks after exchanges."""

from typing import Annotated

from pydantic import Field, StringConstraints

from ssc.accounts.addresses import Email
from ssc.core import text
from ssc.roster.inviting.forms import LetterLanguage
from ssc.web.api import Body

Name = Annotated[str, text.ONE_LINE, StringConstraints(max_length=120), text.NOT_EMPTY]
Line = Annotated[str, text.ONE_LINE, StringConstraints(max_length=200)]
Code = Annotated[str, text.ONE_LINE, StringConstraints(max_length=60)]


class HostBody(Body):
    """Whom to invite, and for what: a whole organisation, or one exchange that she hosted."""

    name: Name
    email: Email
    organisation: Line = Field("", description="Its id, or a name that is no other's.")
    exchange: Code = Field("", description="A code: she is put on its roster as host.")
    language: LetterLanguage = Field("ja", description="Of the letter; Japanese unless chosen.")


class SecretaryBody(Body):
    """Who is to act for a host."""

    name: Name
    email: Email
    language: LetterLanguage = "ja"

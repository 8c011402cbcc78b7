"""What a person may submit about signing in."""

from typing import Annotated

from pydantic import Field, StringConstraints

from ssc.accounts.addresses import Email
from ssc.accounts.passwords import LONGEST
from ssc.accounts.rules import Scope
from ssc.core import text
from ssc.web.api import Body

# Neither trimmed nor normalised here: hashing does that, and nothing of a password is ever dropped.
Password = Annotated[str, StringConstraints(max_length=LONGEST)]
Secret = Annotated[str, StringConstraints(max_length=200)]


class Credentials(Body):
    """An address and the password beside it."""

    email: Email
    password: Password


class Address(Body):
    email: Email


class Redemption(Body):
    """The token of a mailed link."""

    token: Secret


class Reset(Body):
    token: Secret
    password: Password


class NewPassword(Body):
    password: Password


class NewToken(Body):
    """An access token to be made; it works until it expires or is taken back."""

    name: text.filled_line(80)  # type: ignore[valid-type]  # a type made for its length
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=4)]
    expires_in_days: Annotated[int, Field(ge=1, le=366)] = 90

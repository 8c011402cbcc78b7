"""What is said at a door."""

from typing import Annotated

from pydantic import Field, StringConstraints

from ssc.core import text
from ssc.web.api import Body


class CheckInBody(Body):
    ticket_code: Annotated[str, text.ONE_LINE, StringConstraints(max_length=60), text.NOT_EMPTY] = Field(
        description="As it is printed; small letters, blanks and hyphens do no harm."
    )
    known: bool = Field(
        False, description="That a coordinator knows the person: proof for staff, of somebody without an account."
    )


class HelperBody(Body):
    label: Annotated[str, text.ONE_LINE, StringConstraints(max_length=80)] = Field("", description="For whom.")

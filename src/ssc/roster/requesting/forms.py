"""What somebody who is not on the roster tells, and what staff answer."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from ssc.core import text
from ssc.roster.recovering.forms import TookPart
from ssc.web.api import Body

Organisation = Annotated[str, text.ONE_LINE, StringConstraints(max_length=200)]
Note = Annotated[str, text.LINES, StringConstraints(max_length=2000)]


class RequestBody(TookPart):
    """A request for membership."""

    host: Organisation = Field("", description="Who received her in Japan; up to 200 characters.")
    sending: Organisation = Field("", description="Who sent her; up to 200 characters.")
    note: Note = Field("", description="Whatever helps to verify it; up to 2,000 characters.")


class DecisionBody(Body):
    """What staff decide."""

    approve: bool
    note: Note = Field("", description="For the letter that goes out; up to 2,000 characters.")
    member: UUID | None = Field(None, description="The record that she is; absent: a new one is made, in `exchange`.")
    exchange: Annotated[str, text.ONE_LINE, StringConstraints(max_length=60)] | None = Field(
        None, description="The code of the exchange she was in; absent: the one that her words single out, if any."
    )

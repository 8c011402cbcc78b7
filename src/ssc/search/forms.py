"""What is looked for."""

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from ssc.core import text


class Asked(BaseModel):
    """Words, in any script, and perhaps one kind of thing."""

    q: Annotated[str, text.ONE_LINE, StringConstraints(max_length=200)] = ""
    kind: Annotated[str, text.ONE_LINE, StringConstraints(max_length=30)] = Field(
        "", description="`programmes`, `news`, `stories`, `events`, `exchanges`; for members also `people`, `groups`."
    )

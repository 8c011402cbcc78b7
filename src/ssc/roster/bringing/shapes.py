"""What the API says of a link that was made."""

from typing import Literal

from pydantic import BaseModel, Field

from ssc.programmes.shapes import ExchangeInShort
from ssc.web.api import Instant


class ClaimLinkShape(BaseModel):
    """A link to pass on, once: it is shown now and never again."""

    name: str
    claim_url: str = Field(description="For that mate alone: by any messenger, not in public.")
    expires_at: Instant


class OpenedLinkShape(BaseModel):
    """What a link tells who has it."""

    name: str = Field(description="For whom it is.")
    maker: str = Field(description="Which of her mates made it.")
    exchange: ExchangeInShort
    attempts_left: int


class AnsweredShape(BaseModel):
    """What comes of the right answer."""

    outcome: Literal["invited", "waiting"] = Field(
        description="`invited`: the invitation is on its way. `waiting`: the roster has no birth date, staff confirm."
    )

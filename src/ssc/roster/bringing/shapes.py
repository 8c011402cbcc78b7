"""What the API says of a link that was made."""

from pydantic import BaseModel, Field

from ssc.web.api import Instant


class ClaimLinkShape(BaseModel):
    """A link to pass on, once: it is shown now and never again."""

    name: str
    claim_url: str = Field(description="For that mate alone: by any messenger, not in public.")
    expires_at: Instant

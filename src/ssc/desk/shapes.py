"""What the API answers about the desk."""

from pydantic import BaseModel, Field

from ssc.web.api import Instant


class WaitingShape(BaseModel):
    """Things of one kind that wait for staff."""

    kind: str = Field(
        description="`membership-requests`, `duplicates`, `recoveries`, or `invitations` (paused rounds)."
    )
    count: int
    oldest_at: Instant


class FiguresShape(BaseModel):
    """The club in numbers; who has died is not counted."""

    people: int = Field(description="Everybody on the roster.")
    members: int = Field(description="Those who have claimed their place.")
    joined_lately: int = Field(description="Those who did within the last thirty days.")
    exchanges: int
    invited: int = Field(description="Invitations that can still be used.")

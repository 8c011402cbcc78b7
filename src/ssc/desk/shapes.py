"""What the API answers about the desk."""

from uuid import UUID

from pydantic import BaseModel, Field

from ssc.core.mail import OutgoingLetter
from ssc.web.api import Instant


class WaitingShape(BaseModel):
    """Things of one kind that wait for staff."""

    kind: str = Field(
        description="`membership-requests`, `duplicates`, `contact`, `reports`, `appeals`, `recoveries`, "
        "`event-invitations` (wide ones, for a second person), or `invitations` (paused rounds)."
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


class LoggedLetter(BaseModel):
    """A letter as the mail log knows it: never what it said."""

    id: UUID
    to: str
    kind: str
    created_at: Instant
    state: str = Field(
        description="`queued`, `claimed`, `handing`, `sent`, `bounced`, `stopped` (the address bounces), `withdrawn`, "
        "`failed` (given up), or `unsure` (the worker was killed while it handed the letter over)."
    )
    outcome: str
    attempts: int
    next_at: Instant | None
    closed_at: Instant | None
    can_send_again: bool

    @classmethod
    def of(cls, row: OutgoingLetter) -> "LoggedLetter":
        return cls(
            id=row.id,
            to=row.to_address,
            kind=row.kind,
            created_at=row.created_at,
            state=row.state,
            outcome=row.outcome,
            attempts=row.attempts,
            next_at=row.due_at if row.state == "queued" else None,
            closed_at=row.sent_at,
            can_send_again=row.can_be_resent,
        )

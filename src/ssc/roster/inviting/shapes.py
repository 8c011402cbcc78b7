"""What the API says of rounds and invitations."""

from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field

from ssc.roster.inviting.models import Invitation, InvitationRound
from ssc.roster.inviting.rules import Tally
from ssc.web.api import Instant


class RoundShape(BaseModel):
    """A round of invitations: `waiting` records are still to be invited."""

    id: UUID
    import_id: UUID
    state: Literal["sending", "paused", "done"]
    sent: int
    bounced: int
    claimed: int
    waiting: int
    created_at: Instant

    @classmethod
    def of(cls, begun: InvitationRound, tally: Tally) -> Self:
        return cls(
            id=begun.id,
            import_id=begun.import_id,
            state=begun.state,
            sent=tally.sent,
            bounced=tally.bounced,
            claimed=tally.claimed,
            waiting=tally.waiting,
            created_at=begun.created_at,
        )


class InvitationShape(BaseModel):
    """An invitation that was sent."""

    id: UUID
    state: Literal["open", "claimed", "expired", "withdrawn"]
    language: str
    created_at: Instant
    expires_at: Instant

    @classmethod
    def of(cls, sent: Invitation) -> Self:
        return cls(
            id=sent.id,
            state=sent.state,
            language=sent.language,
            created_at=sent.created_at,
            expires_at=sent.expires_at,
        )


class Rounds(BaseModel):
    """The latest rounds, latest first."""

    items: list[RoundShape]
    next: None = None


class Invited(BaseModel):
    """Whom a letter went to; empty where the address belongs to nobody who is to be invited."""

    items: list[InvitationShape] = Field(default_factory=list)

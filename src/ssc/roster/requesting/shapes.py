"""What the API says of membership requests, to staff."""

from collections.abc import Sequence
from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel

from ssc.programmes.shapes import ExchangeInShort
from ssc.roster.requesting.models import MembershipRequest
from ssc.roster.requesting.rules import Match
from ssc.web.api import Instant

Reason = Literal["address", "name", "similar-name", "exchange", "host", "country", "known-in-person"]


class MatchShape(BaseModel):
    """A record that may be who asks; `reasons` say what speaks for it, `claimed` whether somebody has it."""

    id: UUID
    name: str
    country: str
    claimed: bool
    exchanges: list[ExchangeInShort]
    reasons: list[Reason]

    @classmethod
    def of(cls, match: Match) -> Self:
        return cls(
            id=match.member.id,
            name=match.member.name,
            country=match.member.country,
            claimed=match.member.claimed,
            exchanges=[ExchangeInShort.of(exchange) for exchange in match.exchanges],
            reasons=list(match.reasons),
        )


class RequestShape(BaseModel):
    """A request for membership; `matches` only while it waits."""

    id: UUID
    state: Literal["waiting", "approved", "declined", "member", "invited"]
    name: str
    email: str
    country: str
    programme: str
    fiscal_year: int
    host: str
    sending: str
    note: str
    created_at: Instant
    decided_at: Instant | None
    decision_note: str
    matches: list[MatchShape]

    @classmethod
    def of(cls, asked: MembershipRequest, matches: Sequence[Match] = ()) -> Self:
        return cls(
            id=asked.id,
            state=asked.state,
            name=asked.name,
            email=asked.email,
            country=asked.country,
            programme=asked.programme,
            fiscal_year=asked.fiscal_year,
            host=asked.host,
            sending=asked.sending,
            note=asked.note,
            created_at=asked.created_at,
            decided_at=asked.decided_at,
            decision_note=asked.decision_note,
            matches=[MatchShape.of(match) for match in matches],
        )

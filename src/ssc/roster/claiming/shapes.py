"""What the API says of an invitation that can be claimed."""

from datetime import date
from typing import Self

from pydantic import BaseModel

from ssc.people.models import Member
from ssc.programmes.models import Exchange
from ssc.programmes.shapes import ExchangeInShort
from ssc.roster.claiming.rules import WORDING, Claim
from ssc.web.api import Instant


class Stay(ExchangeInShort):
    """An exchange with its days in Japan."""

    starts_on: date | None
    ends_on: date | None

    @classmethod
    def of(cls, exchange: Exchange) -> Self:
        short = ExchangeInShort.of(exchange)
        return cls(**short.model_dump(), starts_on=exchange.starts_on, ends_on=exchange.ends_on)


class ClaimShape(BaseModel):
    """Who the club thinks the reader is, and what it needs to know."""

    name: str
    name_native: str | None
    country: str
    email: str
    exchanges: list[Stay]
    birth_date_needed: bool
    terms_version: str
    privacy_version: str
    expires_at: Instant

    @classmethod
    def of(cls, claim: Claim) -> Self:
        return cls(
            name=claim.member.name,
            name_native=claim.member.name_native,
            country=claim.member.country,
            email=claim.invitation.address,
            exchanges=[Stay.of(exchange) for exchange in claim.exchanges],
            birth_date_needed=claim.birth_date_needed,
            terms_version=WORDING,
            privacy_version=WORDING,
            expires_at=claim.invitation.expires_at,
        )


class NewMember(BaseModel):
    """Who has just joined, in short."""

    handle: str
    name: str
    photo: None = None

    @classmethod
    def of(cls, member: Member) -> Self:
        return cls(handle=member.handle or "", name=member.name)


class Claimed(BaseModel):
    """The claim's answer; the cookie comes with it."""

    member: NewMember

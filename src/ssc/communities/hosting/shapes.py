"""What the API says of one's own exchanges, of visitors, and of who acts for whom."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from ssc.communities.hosting.models import HostSeat
from ssc.communities.hosting.rules import Part, Stand
from ssc.communities.rules import Tally
from ssc.people.shapes import Member, MemberInShort
from ssc.programmes.models import Exchange
from ssc.programmes.shapes import ExchangeInShort
from ssc.web.api import Instant


@dataclass(frozen=True)
class Line:
    """An exchange of the reader's own, how she stands to it, and how many are here."""

    exchange: Exchange
    stand: Stand
    tally: Tally


@dataclass(frozen=True)
class Guest:
    """Somebody who came: known to the reader, and, where she agreed to it, how she is doing."""

    id: UUID
    member: Member
    role: str
    told: bool
    """Whether she lets her hosts see how she is doing."""


@dataclass(frozen=True)
class Seat:
    """A seat with the names of whom it is for and of the organisation."""

    seat: HostSeat
    host: str
    organisation: str

    @property
    def state(self) -> Literal["waiting", "accepted"]:
        return "waiting" if self.seat.accepted_at is None else "accepted"


class OwnExchange(ExchangeInShort):
    """An exchange that the reader took part in, or looks after."""

    parts: list[Part] = Field(description="What she was in it; `contact` of its organisation, `secretary` of a host.")
    acts_for: list[str] = Field(description="The hosts whose secretary she is here.")
    hosts: bool = Field(description="Whether she may read `/me/exchanges/{code}/visitors`.")
    all: int = Field(description="How many took part, without minors she may not know of.")
    here: int

    @classmethod
    def of_line(cls, line: Line) -> "OwnExchange":
        return cls(
            **ExchangeInShort.of(line.exchange).model_dump(),
            parts=sorted(line.stand.parts),
            acts_for=list(line.stand.acts_for),
            hosts=line.stand.hosts,
            all=line.tally.all,
            here=line.tally.here,
        )


class HowSheIs(BaseModel):
    """What a visitor lets her hosts see; a field that is not for them is absent."""

    headline: str | None = None
    affiliation: str | None = None
    lives_in: str | None = None
    fields: list[str] | None = None
    exchanges: list[ExchangeInShort] | None = None


class VisitorShape(BaseModel):
    """Somebody who came and is here. `now` is null for who does not let her hosts see how she is doing."""

    member: MemberInShort
    role: str
    now: HowSheIs | None

    @classmethod
    def of(cls, guest: Guest) -> "VisitorShape":
        shown = guest.member.model_dump(exclude_unset=True, include=set(HowSheIs.model_fields)) if guest.told else None
        return cls(member=guest.member.in_short, role=guest.role, now=shown and HowSheIs.model_validate(shown))


class Visitors(BaseModel):
    """Who came to an exchange that the reader looks after."""

    all: int
    here: int
    missing: int
    items: list[VisitorShape]


class SeatShape(BaseModel):
    """That somebody acts for a host, or is a host for an organisation."""

    id: UUID
    name: str = Field(description="As who invited her calls her.")
    host: str | None = Field(description="Whose secretary; null for an organisation's contact.")
    organisation: str | None
    state: Literal["waiting", "accepted"]
    created_at: Instant

    @classmethod
    def of(cls, seat: Seat) -> "SeatShape":
        return cls(
            id=seat.seat.id,
            name=seat.seat.name,
            host=seat.host or None,
            organisation=seat.organisation or None,
            state=seat.state,
            created_at=seat.seat.created_at,
        )

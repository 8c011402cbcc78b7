"""What the API says of recoveries to those who may vouch."""

from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel

from ssc.programmes.shapes import ExchangeInShort
from ssc.roster.recovering.rules import Plea, masked
from ssc.web.api import Instant

Capacity = Literal["mate", "supervisor", "host", "coordinator", "staff"]


class PleaShape(BaseModel):
    """Somebody whom the reader may know: `capacity` is as what she may vouch, `address` only a hint."""

    id: UUID
    name: str
    country: str
    exchanges: list[ExchangeInShort]
    address: str
    capacity: Capacity
    vouched: bool
    created_at: Instant

    @classmethod
    def of(cls, plea: Plea) -> Self:
        return cls(
            id=plea.recovery.id,
            name=plea.record.name,
            country=plea.record.country,
            exchanges=[ExchangeInShort.of(exchange) for exchange in plea.exchanges],
            address=masked(plea.recovery.email),
            capacity=plea.capacity,
            vouched=plea.vouched,
            created_at=plea.recovery.created_at,
        )


class Pleas(BaseModel):
    """Whom the reader may vouch for, the longest waiting first."""

    items: list[PleaShape]
    next: None = None


class Vouched(BaseModel):
    """What became of the request with the vouch: `asked` (others are needed) or `approved`."""

    id: UUID
    state: Literal["asked", "approved"]

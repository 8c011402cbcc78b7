"""What hosting comes to: as what a member looks after an exchange, and how many may act for her."""

from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

MOST_SECRETARIES = 3

Part = Literal["participant", "supervisor", "host", "staff", "contact", "secretary"]


@dataclass(frozen=True)
class Stand:
    """How a member stands to one exchange: what she was in it, and for whom she looks after it."""

    exchange_id: UUID
    parts: frozenset[Part] = frozenset()
    acts_for: tuple[str, ...] = field(default=())
    """Names of the hosts whose secretary she is."""

    @property
    def hosts(self) -> bool:
        return not self.parts.isdisjoint({"host", "contact", "secretary"})

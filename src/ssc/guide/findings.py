"""What the finder says of a programme: its verdict, the reasons, and whom to turn to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from ssc.guide.entries import Entry
from ssc.programmes.rules import Reason, Verdict

_ORDER: tuple[Verdict, ...] = ("eligible", "ask", "not")


@dataclass(frozen=True)
class Partner:
    """An organisation with its exchanges of a country; `in_field`: some in that field; `latest`: the fiscal year."""

    id: UUID
    name: str
    country: str | None
    exchanges: int
    in_field: bool
    latest: int


@dataclass(frozen=True)
class Finding:
    """What the finder says of one programme."""

    entry: Entry
    verdict: Verdict
    reasons: list[Reason]
    hosts: list[Partner] = field(default_factory=list)
    stories: int = 0

    @property
    def code(self) -> str:
        return self.entry.slug


def best_first(found: Sequence[Finding]) -> list[Finding]:
    return sorted(found, key=lambda one: _ORDER.index(one.verdict))

"""What the finder says of a programme: its verdict, the reasons, and whom to turn to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from ssc.guide.entries import Entry
from ssc.programmes.rules import Reason, Verdict
from ssc.stories.queries.ways import NOBODY, Voices

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
    contact: str | None = None


@dataclass(frozen=True)
class Finding:
    """What the finder says of one programme."""

    entry: Entry
    verdict: Verdict
    reasons: list[Reason]
    hosts: list[Partner] = field(default_factory=list)
    voices: Voices = NOBODY

    @property
    def code(self) -> str:
        return self.entry.slug


@dataclass(frozen=True)
class Answer:
    """All findings, and hosts that stand with none that may fit. `others_by`: whether those know her country, or,
    where nobody does, her field. `elsewhere`: the page of other ways to Japan, in her language."""

    findings: list[Finding]
    others: list[Partner]
    others_by: Literal["country", "field"]
    elsewhere: Entry


def best_first(found: Sequence[Finding]) -> list[Finding]:
    return sorted(found, key=lambda one: _ORDER.index(one.verdict))


def beside(hosts: Mapping[str, Sequence[Partner]], found: Sequence[Finding]) -> list[Partner]:
    """Hosts of that country that stand with none of the programmes which may fit, each once."""
    shown = {host.id for one in found if one.verdict != "not" for host in one.hosts}
    others = {host.id: host for several in hosts.values() for host in several if host.id not in shown}
    return sorted(others.values(), key=lambda host: (not host.in_field, -host.latest, host.name))


def hosts_of(found: Sequence[Finding], most: int) -> list[str]:
    """The names of the hosts that stand with these, in their order, each once."""
    return list(dict.fromkeys(host.name for one in found for host in one.hosts))[:most]


def to_ask_for(found: Sequence[Finding]) -> list[Finding]:
    """What the letter names: what fits; where nothing does, what is open."""
    fitting = [one for one in found if one.verdict == "eligible"]
    return fitting or [one for one in found if one.verdict == "ask"]

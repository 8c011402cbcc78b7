"""What makes a record likely to be who asks, and how often one may ask."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ssc.core.limits import Limit
from ssc.events.queries.known import Met
from ssc.people.models import Member
from ssc.programmes.models import Exchange

BY_ADDRESS = Limit("membership-request-address", 5, 3600)
BY_NETWORK = Limit("membership-request-network", 20, 3600)

LETTERS_A_DAY = 3  # to an address that anybody may have typed, whoever asks from wherever
MATCHES_SHOWN = 5
SIMILAR = 0.4

WEIGHTS = {"address": 5, "name": 4, "similar-name": 2, "exchange": 2, "host": 1, "country": 1, "known-in-person": 3}


@dataclass(frozen=True)
class Match:
    """A record that may be who asks, with what speaks for it (words of `WEIGHTS`)."""

    member: Member
    exchanges: Sequence[Exchange]
    reasons: Sequence[str]
    met: Met | None = None


def likeness(reasons: Collection[str]) -> int:
    """How much speaks for it, for the order in which matches are shown."""
    return sum(WEIGHTS[reason] for reason in reasons)


def is_likely(reasons: Collection[str]) -> bool:
    """Whether staff should look at it: an address or a name must speak for it, not the exchange alone."""
    return bool({"address", "name", "similar-name"} & set(reasons))

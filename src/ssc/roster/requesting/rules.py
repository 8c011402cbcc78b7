"""What makes a record likely to be who asks, and how often one may ask."""

from collections.abc import Collection

from ssc.core.limits import Limit

BY_ADDRESS = Limit("membership-request-address", 5, 3600)
BY_NETWORK = Limit("membership-request-network", 20, 3600)

MATCHES_SHOWN = 5
SIMILAR = 0.4

WEIGHTS = {"address": 5, "name": 4, "similar-name": 2, "exchange": 2, "host": 1, "country": 1}


def likeness(reasons: Collection[str]) -> int:
    """How much speaks for it, for the order in which matches are shown."""
    return sum(WEIGHTS[reason] for reason in reasons)


def is_likely(reasons: Collection[str]) -> bool:
    """Whether staff should look at it: an address or a name must speak for it, not the exchange alone."""
    return bool({"address", "name", "similar-name"} & set(reasons))

"""How long a link for a mate holds, how many errors it bears, and how many one may make."""

from dataclasses import dataclass
from datetime import date, timedelta

from ssc.accounts.tokens import Kind
from ssc.core.limits import Limit
from ssc.people.models import Member
from ssc.programmes.models import Exchange
from ssc.roster.bringing.models import ClaimLink
from ssc.roster.recovering.rules import seen_by_mates

LINK = Kind("claim-link", lasts=timedelta(days=14), remembered=timedelta(days=60))
ERRORS = 5

BY_MAKER = Limit("claim-link-maker", 10, 86400)
BY_NETWORK = Limit("claim-link-network", 20, 3600)


@dataclass(frozen=True)
class Opened:
    """A link with the record and exchange it is for, and who made it. `spent`: its secret was used or ran out."""

    link: ClaimLink
    record: Member
    exchange: Exchange
    maker: Member
    spent: bool

    def is_open(self, today: date) -> bool:
        """Whether an answer still counts: the record is as it was when its mates saw the name among the missing."""
        if self.spent or self.link.ended_at is not None or self.link.errors >= ERRORS:
            return False
        return not self.record.claimed and not self.record.deceased and seen_by_mates(self.record, today)

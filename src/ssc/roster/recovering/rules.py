"""Who may vouch for whom, how many are enough, and how long an owner may object."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ssc.accounts.tokens import Kind
from ssc.core.limits import Limit
from ssc.people.models import Member
from ssc.people.viewer import Viewer
from ssc.programmes.models import Exchange
from ssc.roster.recovering.models import VETO_WITHIN, Recovery

WEEK = timedelta(days=7)
VOUCHES_A_WEEK = 2
MATES_NEEDED = 2

# The link for who has an account already; a record without one is claimed with an invitation.
RETURN = Kind("return", lasts=timedelta(days=7), remembered=timedelta(days=30))
VETO = Kind("veto", lasts=VETO_WITHIN, remembered=timedelta(days=30))

LETTERS_A_DAY = 3  # to an address that anybody may have typed, whoever asks from wherever

BY_ADDRESS = Limit("recovery-address", 5, 3600)
BY_NETWORK = Limit("recovery-network", 20, 3600)


@dataclass(frozen=True)
class Plea:
    """A recovery with the record it asks for, as the viewer meets it: as what she may vouch, and whether she has."""

    recovery: Recovery
    record: Member
    exchanges: Sequence[Exchange]
    capacity: str
    vouched: bool


def capacity_of(viewer: Viewer, record: Member, roles: Collection[str], today: date) -> str | None:
    """As what the viewer may vouch for the record; None when she may not, nor know of the request.

    `roles`: those of the viewer in exchanges that both took part in.
    """
    if viewer.is_minor or viewer.limited or viewer.id == record.id or record.id in viewer.blocked:
        return None
    if viewer.is_staff:
        return "staff"
    if record.country in viewer.coordinates:
        return "coordinator"
    for strong in ("supervisor", "host"):
        if strong in roles:
            return strong
    return "mate" if roles and seen_by_mates(record, today) else None


def seen_by_mates(record: Member, today: date) -> bool:
    """Whether her mates may know that she is on the roster: as in the list of missing names."""
    return record.claimed or not (record.do_not_contact or record.adult_from > today)


def enough(capacities: Collection[str], *, by_staff: bool = False) -> bool:
    """Whether these vouches open the account: one in office, or two mates. `by_staff`: only the secretariat's own,
    to whom all others are evidence."""
    if by_staff:
        return "staff" in capacities
    return any(c != "mate" for c in capacities) or len(capacities) >= MATES_NEEDED


def is_counted(capacity: str) -> bool:
    """Whether the weekly limit holds: staff vouch by their office."""
    return capacity != "staff"


def masked(address: str) -> str:
    """`k•••@example.org`: enough for a friend to recognise, too little to write to."""
    local, _at, domain = address.rpartition("@")
    return f"{local[:1]}•••@{domain}"

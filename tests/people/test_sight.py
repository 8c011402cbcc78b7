"""Who sees whom, and how near."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from ssc.core import clock, ids
from ssc.people import sight
from ssc.people.models import Member
from ssc.people.rules import AUDIENCES, DEFAULT_AUDIENCE, EVER
from ssc.people.viewer import Viewer

COHORT = ids.new()
ELSEWHERE = ids.new()
ANAN = ids.new()


@dataclass(frozen=True)
class Record:
    id: UUID = ANAN
    country: str = "TH"
    adult_from: date = EVER
    joined_at: datetime | None = field(default_factory=clock.now)
    visibility: dict[str, Any] = field(default_factory=dict)


def viewer(exchange: UUID = ELSEWHERE, *, member_id: UUID | None = None, **more: Any) -> Viewer:
    return Viewer(Member(id=member_id or ids.new()), exchanges=frozenset([exchange]), **more)


MINOR = Record(adult_from=clock.today_in_japan() + timedelta(days=1))
ADULT_TODAY = Record(adult_from=clock.today_in_japan())
UNCLAIMED = Record(joined_at=None)
PUBLIC = Record(visibility={"name": "everyone"})
PUBLIC_MINOR = Record(visibility={"name": "everyone"}, adult_from=MINOR.adult_from)
FOR_MATES = Record(visibility={"name": "cohorts"})
HIDDEN = Record(visibility={"name": "me"})

VISITOR = None
STRANGER = viewer()
MATE = viewer(COHORT)
SELF = viewer(member_id=ANAN)
BLOCKED_MATE = viewer(COHORT, blocked=frozenset([ANAN]))
OWN_COORDINATOR = viewer(roles=frozenset(["coordinator:TH"]))
OTHER_COORDINATOR = viewer(roles=frozenset(["coordinator:IN"]))
STAFF = viewer(roles=frozenset(["staff"]))
RECOVERED_MATE = viewer(COHORT, limited=True)
RECOVERED_STAFF = viewer(roles=frozenset(["staff"]), limited=True)


@pytest.mark.parametrize(
    ("who", "record", "near"),
    [
        (VISITOR, Record(), None),
        (VISITOR, PUBLIC, "everyone"),
        (VISITOR, PUBLIC_MINOR, None),
        (STRANGER, Record(), "members"),
        (STRANGER, FOR_MATES, None),
        (STRANGER, HIDDEN, None),
        (STRANGER, MINOR, None),
        (STRANGER, PUBLIC_MINOR, None),
        (STRANGER, ADULT_TODAY, "members"),
        (STRANGER, UNCLAIMED, None),
        (MATE, Record(), "cohorts"),
        (MATE, FOR_MATES, "cohorts"),
        (MATE, HIDDEN, None),
        (MATE, MINOR, "cohorts"),
        (MATE, UNCLAIMED, None),
        (SELF, HIDDEN, "me"),
        (SELF, MINOR, "me"),
        (BLOCKED_MATE, Record(), None),
        (BLOCKED_MATE, PUBLIC, None),
        (OWN_COORDINATOR, MINOR, "members"),
        (OTHER_COORDINATOR, MINOR, None),
        (STAFF, MINOR, "members"),
        (STAFF, UNCLAIMED, None),
        (RECOVERED_MATE, Record(), None),
        (RECOVERED_MATE, MINOR, None),
        (RECOVERED_MATE, PUBLIC, "everyone"),
        (RECOVERED_STAFF, MINOR, None),
    ],
)
def test_how_near_a_viewer_stands(who: Viewer | None, record: Record, near: str | None) -> None:
    assert sight.closeness(who, record, {COHORT}) == near


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("near", AUDIENCES)
def test_a_field_is_seen_by_those_who_stand_near_enough(audience: str, near: Any) -> None:
    order = AUDIENCES.index(near) >= AUDIENCES.index(audience)
    for name in DEFAULT_AUDIENCE:
        assert sight.may_see(Record(visibility={name: audience}), name, near) == order
    assert sight.may_see(Record(visibility={"lives_in": audience}), "in_japan", near) == order


def test_the_public_sees_nothing_unless_a_member_says_so() -> None:
    assert [name for name in DEFAULT_AUDIENCE if sight.may_see(Record(), name, "everyone")] == []


def test_an_audience_that_nobody_knows_falls_back_to_the_safe_one() -> None:
    assert not sight.may_see(Record(visibility={"links": "world"}), "links", "members")

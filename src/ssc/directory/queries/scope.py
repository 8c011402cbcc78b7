"""Which rows of the directory a viewer may find, as a condition and as what it changes in shared counts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Uuid, any_, bindparam, or_, select

from ssc.core import clock
from ssc.core.db import Session
from ssc.directory import entries
from ssc.directory.models import COHORTS, EVERYONE, MEMBERS, DirectoryEntry
from ssc.people import queries as people
from ssc.people.models import Participation
from ssc.people.viewer import Viewer

Facet = tuple[str, str, str]
"""Dimension, value, label."""


@dataclass(frozen=True)
class Scope:
    """The viewer's part of the directory. Mates have a nearer row, the blocked and the suspended none."""

    reach: int
    today: date
    mates: frozenset[UUID] = frozenset()
    closer: frozenset[UUID] = frozenset()
    hidden: frozenset[UUID] = frozenset()
    """Whose row for this reach is not for the viewer: it is replaced by a nearer one, or there is none."""
    countries: frozenset[str] = frozenset()
    all_ages: bool = False
    special: tuple[Any, ...] = ()
    """The rows of all those who are another matter to this viewer than to members at large."""

    @property
    def shares_counts(self) -> bool:
        """Whether the counts that are prepared for members can be made right by looking at `special`."""
        return self.reach == MEMBERS and not self.countries

    def condition(self) -> ColumnElement[bool]:
        """Which rows of DirectoryEntry the viewer may find."""
        entry = DirectoryEntry
        at_large = (entry.reach == self.reach) & self._of_age()
        if self.hidden:
            at_large &= ~_among(self.hidden)
        if not self.closer:
            return at_large
        return at_large | ((entry.reach == COHORTS) & _among(self.closer))

    def adjust(self, counts: Counter[Facet], within: tuple[str, str]) -> None:
        """Makes members' shared counts the viewer's own."""
        for row in self.special:
            sign = int(self._finds(row)) - int(row.reach == MEMBERS and (self.all_ages or self._adult(row)))
            if sign == 0:
                continue
            for count in entries.counts_of([getattr(row, name) for name in entries.COUNTED], self.today):
                if (count.within, count.within_value) == within:
                    counts[count.dimension, count.value, count.label] += sign

    def _of_age(self) -> ColumnElement[bool]:
        entry = DirectoryEntry
        if self.all_ages:
            return entry.reach == self.reach
        young = [row.member_id for row in self.special if row.member_id in self.mates and not self._adult(row)]
        allowed: list[ColumnElement[bool]] = [entry.adult_from <= self.today]
        if young:
            allowed.append(_among(frozenset(young)))
        if self.countries:
            allowed.append(entry.chapter.in_(sorted(self.countries)))
        return or_(*allowed)

    def _finds(self, row: Any) -> bool:
        if row.reach == COHORTS:
            return row.member_id in self.closer
        return (
            row.reach == self.reach
            and row.member_id not in self.hidden
            and (self.all_ages or self._adult(row) or row.member_id in self.mates)
        )

    def _adult(self, row: Any) -> bool:
        return bool(row.adult_from <= self.today)


async def scope_of(session: Session, viewer: Viewer | None) -> Scope:
    """What this viewer (None: a visitor) may find today. A limited account finds what a visitor finds."""
    today = clock.today_in_japan()
    suspended = await people.suspended(session)
    if viewer is None or viewer.limited:
        return Scope(EVERYONE, today, hidden=suspended)
    mates = await _mates_of(session, viewer)
    gone = viewer.blocked | suspended
    special = await _rows_of(session, mates | gone)
    closer = frozenset(row.member_id for row in special if row.reach == COHORTS) & (mates - gone)
    return Scope(
        MEMBERS, today, mates - gone, closer, gone | closer, viewer.coordinates, viewer.is_staff, tuple(special)
    )


async def _mates_of(session: Session, viewer: Viewer) -> frozenset[UUID]:
    """The viewer and all who share an exchange with her."""
    if not viewer.exchanges:
        return frozenset([viewer.id])
    found = await session.scalars(_MATES, {"exchanges": list(viewer.exchanges)})
    return frozenset([viewer.id, *found])


async def _rows_of(session: Session, member_ids: frozenset[UUID]) -> Sequence[Any]:
    return (await session.execute(_SPECIAL, {"ids": list(member_ids)})).all()


def _among(member_ids: frozenset[UUID]) -> ColumnElement[bool]:
    return DirectoryEntry.member_id == any_(bindparam(None, sorted(member_ids), type_=ARRAY(Uuid)))


_MATES = (
    select(Participation.member_id)
    .where(Participation.exchange_id == any_(bindparam("exchanges", type_=ARRAY(Uuid))))
    .distinct()
)
_SPECIAL = select(
    DirectoryEntry.member_id,
    DirectoryEntry.reach,
    *(DirectoryEntry.__table__.c[name] for name in entries.COUNTED),
).where(DirectoryEntry.member_id == any_(bindparam("ids", type_=ARRAY(Uuid))), DirectoryEntry.reach != EVERYONE)

"""Which rows of the directory a viewer may find, as a condition and as what it changes in shared counts."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ssc.core import clock
from ssc.core.db import Session
from ssc.directory import entries
from ssc.directory.models import COHORTS, EVERYONE, MEMBERS
from ssc.directory.queries.conditions import Condition
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

    def condition(self) -> Condition:
        """Which rows of directory_entry the viewer may find."""
        at_large = Condition("reach = %(reach)s", {"reach": self.reach})
        if not self.all_ages:
            at_large &= self._of_age()
        if self.hidden:
            at_large &= Condition("member_id <> ALL (%(hidden)s)", {"hidden": list(self.hidden)})
        if not self.closer:
            return at_large
        return at_large | Condition("reach = 2 AND member_id = ANY (%(closer)s)", {"closer": list(self.closer)})

    def adjust(self, counts: Counter[Facet], within: tuple[str, str]) -> None:
        """Makes members' shared counts the viewer's own."""
        for row in self.special:
            sign = int(self._finds(row)) - int(row.reach == MEMBERS and (self.all_ages or self._adult(row)))
            if sign == 0:
                continue
            for count in entries.counts_of([getattr(row, name) for name in entries.COUNTED], self.today):
                if (count.within, count.within_value) == within:
                    counts[count.dimension, count.value, count.label] += sign

    def _of_age(self) -> Condition:
        young = [row.member_id for row in self.special if row.member_id in self.mates and not self._adult(row)]
        allowed = Condition("adult_from <= %(today)s", {"today": self.today})
        if young:
            allowed |= Condition("member_id = ANY (%(young)s)", {"young": young})
        if self.countries:
            allowed |= Condition("chapter = ANY (%(coordinated)s)", {"coordinated": sorted(self.countries)})
        return allowed

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
    if viewer is None or viewer.limited:
        suspended = await session.rows(_SUSPENDED, {"now": clock.now()}, prepare=True)
        return Scope(EVERYONE, today, hidden=frozenset(row.member_id for row in suspended))
    asked = {"now": clock.now(), "own": viewer.id, "exchanges": list(viewer.exchanges), "blocked": list(viewer.blocked)}
    special = await session.rows(_SPECIAL, asked, prepare=True)
    gone = viewer.blocked | {row.member_id for row in special if row.suspended}
    mates = frozenset(row.member_id for row in special if row.mate) - gone
    closer = frozenset(row.member_id for row in special if row.reach == COHORTS) & mates
    return Scope(MEMBERS, today, mates, closer, gone | closer, viewer.coordinates, viewer.is_staff, tuple(special))


_SUSPENDED = """
    SELECT member_id FROM suspension WHERE lifted_at IS NULL AND (until IS NULL OR until > %(now)s)
"""
_SPECIAL = """
    WITH mates AS MATERIALIZED (
        SELECT member_id FROM participation WHERE exchange_id = ANY (%(exchanges)s::uuid[]) UNION SELECT %(own)s::uuid
    ), suspended AS MATERIALIZED (
        SELECT member_id FROM suspension WHERE lifted_at IS NULL AND (until IS NULL OR until > %(now)s)
    ), special AS (
        SELECT member_id FROM mates UNION SELECT unnest(%(blocked)s::uuid[]) UNION SELECT member_id FROM suspended
    )
    SELECT entry.member_id, reach, country, programmes, fiscal_years, fields, field_keys, adult_from,
        entry.member_id IN (SELECT member_id FROM mates) AS mate,
        entry.member_id IN (SELECT member_id FROM suspended) AS suspended
    FROM special JOIN directory_entry AS entry ON entry.member_id = special.member_id AND reach > 0
"""

"""How likely duplicates are ordered, and what differs between two records."""

from typing import Any

from ssc.roster.importing.models import Duplicate


def position(row: Duplicate) -> tuple[Any, ...]:
    """Where a row stands in its list: the decided by time, the others by likeness."""
    if row.decided_at is not None:
        return row.decided_at.isoformat(), str(row.id)
    return row.score, str(row.id)

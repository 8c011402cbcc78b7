"""Named selects over imports and what became of their rows."""

from uuid import UUID

from sqlalchemy import Select, select

from ssc.roster.importing.models import RosterOutcome


def member_ids_of(import_id: UUID) -> Select[UUID | None]:
    """The ids of the members whom an import made or met, in no order, once each."""
    return (
        select(RosterOutcome.member_id)
        .where(RosterOutcome.import_id == import_id, RosterOutcome.member_id.is_not(None))
        .distinct()
    )

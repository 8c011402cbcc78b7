"""Named selects over imports and what became of their rows."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import Select, select, tuple_

from ssc.core import ids
from ssc.core.db import Session
from ssc.core.errors import not_found
from ssc.core.paging import Slice
from ssc.people.models import Member
from ssc.roster.importing.models import RosterFile, RosterImport, RosterOutcome

_ROW = TypeAdapter(tuple[int])
SHOWN_ERRORS = 1000
"""Bad rows that an import's own answer lists; its outcomes have all."""


def member_ids_of(import_id: UUID) -> Select[UUID | None]:
    """The ids of the members whom an import made or met, in no order, once each."""
    return (
        select(RosterOutcome.member_id)
        .where(RosterOutcome.import_id == import_id, RosterOutcome.member_id.is_not(None))
        .distinct()
    )


async def import_of(session: Session, identity: str) -> RosterImport:
    """The import of this id; 404 for none."""
    import_id = ids.parse(identity)
    found = await session.get(RosterImport, import_id) if import_id else None
    if found is None:
        raise not_found()
    return found


async def file_of(session: Session, identity: str) -> RosterFile:
    """The uploaded file of this id; 404 for none."""
    file_id = ids.parse(identity)
    found = await session.get(RosterFile, file_id) if file_id else None
    if found is None:
        raise not_found()
    return found


async def imports(session: Session, part: Slice) -> Sequence[RosterImport]:
    """All imports and rehearsals, latest first; one more than the part's limit where there are more."""
    statement = select(RosterImport).order_by(RosterImport.created_at.desc(), RosterImport.id.desc())
    if (after := part.dated) is not None:
        statement = statement.where(tuple_(RosterImport.created_at, RosterImport.id) < tuple_(*after))
    return list(await session.scalars(statement.limit(part.limit + 1)))


async def bad_rows(session: Session, import_id: UUID) -> Sequence[RosterOutcome]:
    """The first bad rows of an import."""
    rows = await session.scalars(
        select(RosterOutcome)
        .where(RosterOutcome.import_id == import_id, RosterOutcome.outcome == "bad")
        .order_by(RosterOutcome.row)
        .limit(SHOWN_ERRORS)
    )
    return list(rows)


async def outcomes(
    session: Session, import_id: UUID, outcome: str | None, part: Slice
) -> Sequence[tuple[RosterOutcome, Member | None]]:
    """Rows with what became of them, in the file's order, and whom they are about."""
    statement = (
        select(RosterOutcome, Member)
        .join(Member, Member.id == RosterOutcome.member_id, isouter=True)
        .where(RosterOutcome.import_id == import_id)
        .order_by(RosterOutcome.row)
        .limit(part.limit + 1)
    )
    if outcome:
        statement = statement.where(RosterOutcome.outcome == outcome)
    if (after := part.place(_ROW)) is not None:
        statement = statement.where(RosterOutcome.row > after[0])
    return [(row, member) for row, member in await session.execute(statement)]


def all_outcomes(import_id: UUID) -> Select[RosterOutcome]:
    """Every row of an import, in the file's order."""
    return select(RosterOutcome).where(RosterOutcome.import_id == import_id).order_by(RosterOutcome.row)

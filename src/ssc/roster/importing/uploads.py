"""What was uploaded: whether it is a roster, and how its columns are to be read."""

import io

import anyio
from sqlalchemy import select

from ssc.core.db import Session
from ssc.core.errors import UNSUPPORTED, FieldError, Problem, invalid
from ssc.core.i18n import _
from ssc.roster.importing.actions import digest_of
from ssc.roster.importing.models import RosterMapping
from ssc.roster.reading import BadMapping, Mapping, NotATable, SheetSurvey, opened, read, survey
from ssc.roster.reading.layout import HEADER_WITHIN
from ssc.roster.reading.tables import ROSTER_BYTES
from ssc.web.api import parse

Heads = list[tuple[str, int, bytes]]


async def readable(session: Session, content: bytes, mapping: Mapping | None) -> Mapping | None:
    """The mapping to import with: the given one, else the one kept for such a header, else None.

    415 for a file of another kind, 422 for a table without a header that is or can be understood, 413 beyond 30 MiB.
    """
    try:
        mapping = mapping or await kept_mapping(session, content)
        await anyio.to_thread.run_sync(_check, content, mapping)
    except NotATable as refused:
        raise problem_of(refused) from refused
    return mapping


async def surveyed(content: bytes, mapping: Mapping | None) -> list[SheetSurvey]:
    """The file's sheets with their headers and guesses; problems as `readable`, but for a header that lacks columns."""
    try:
        return await anyio.to_thread.run_sync(_survey, content, mapping)
    except NotATable as refused:
        raise problem_of(refused) from refused


async def kept_mapping(session: Session, content: bytes) -> Mapping | None:
    """How staff mapped a file with the same header before. Raises NotATable."""
    heads = await anyio.to_thread.run_sync(_heads, content)
    kept = {
        row.signature: row.mapping
        for row in await session.scalars(
            select(RosterMapping).where(RosterMapping.signature.in_([digest for _s, _n, digest in heads]))
        )
    }
    for sheet, number, digest in heads:
        if digest in kept:
            return Mapping.of(kept[digest] | {"sheet": sheet or None, "header_row": number})
    return None


def parsed(text: str | None) -> Mapping | None:
    """The mapping in a form's field; 422 for what means nothing."""
    if not text:
        return None
    try:
        return Mapping.of(parse(text.encode("utf-8", "surrogatepass")))
    except BadMapping as bad:
        raise _invalid(bad.pointer, bad.message) from bad
    except Problem as bad:
        raise _invalid("", _("This is not JSON.")) from bad


def problem_of(refused: NotATable) -> Problem:
    """A file that is no roster, as the API and the pages say it."""
    if refused.unsupported:
        return Problem(UNSUPPORTED, refused.message)
    return invalid(("file", refused.message))


def _invalid(pointer: str, message: str) -> Problem:
    problem = invalid()
    problem.errors.append(FieldError(f"/mapping{pointer}", message))
    return problem


def _check(content: bytes, mapping: Mapping | None) -> None:
    with opened(io.BytesIO(content), ROSTER_BYTES) as table:
        read(table, mapping)


def _survey(content: bytes, mapping: Mapping | None) -> list[SheetSurvey]:
    with opened(io.BytesIO(content), ROSTER_BYTES) as table:
        return survey(table, mapping)


def _heads(content: bytes) -> Heads:
    """Every row that may be a header, with what it would be kept under."""
    with opened(io.BytesIO(content), ROSTER_BYTES) as table:
        return [
            (head.sheet, number, digest_of(cells))
            for head in table.heads(HEADER_WITHIN)
            for number, cells in head.rows
            if sum(bool(cell.strip()) for cell in cells) > 1
        ]

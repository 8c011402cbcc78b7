"""What staff do with roster files: keep one, ask for its import or rehearsal, keep how its columns are mapped."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import anyio

from ssc.core import jobs
from ssc.core.db import Session
from ssc.core.process import Process
from ssc.roster.importing.models import RosterFile, RosterImport, RosterMapping
from ssc.roster.importing.running import Shown, run
from ssc.roster.reading.mapping import Mapping, signature

IMPORT = "roster.import"


async def keep_file(process: Process, session: Session, name: str, content: bytes, by: UUID) -> RosterFile:
    """Keeps an uploaded file until it is imported."""
    file = RosterFile(name=_file_name(name), bytes=len(content), uploaded_by=by)
    session.add(file)
    await session.flush()
    await process.blobs.put(file.blob, content)
    return file


async def ask_for_import(
    session: Session, file: RosterFile, mapping: Mapping | None, *, dry_run: bool, by: UUID
) -> RosterImport:
    """Puts the import in the queue; it runs when this transaction is committed."""
    wanted = RosterImport(
        file_id=file.id,
        file_name=file.name,
        mapping=mapping.to_json() if mapping else None,
        dry_run=dry_run,
        started_by=by,
    )
    session.add(wanted)
    await session.flush()
    await jobs.defer(session, IMPORT, in_turn=IMPORT, import_id=str(wanted.id))
    return wanted


async def import_file(process: Process, path: Path, *, dry_run: bool, shown: Shown | None = None) -> RosterImport:
    """Imports a file at once, for the command line; what is no roster fails with its reason."""
    async with process.database.transaction() as session:
        wanted = RosterImport(file_name=_file_name(path.name), mapping=None, dry_run=dry_run)
        session.add(wanted)
    with await anyio.to_thread.run_sync(path.open, "rb") as content:
        await run(process, wanted.id, content, shown)
    async with process.database.transaction() as session:
        return await session.get_one(RosterImport, wanted.id)


async def keep_mapping(session: Session, header: Sequence[str], mapping: Mapping, by: UUID) -> None:
    """The next file with this header is read in the same way. Sheet and row of the header are not kept."""
    kept: dict[str, Any] = mapping.to_json() | {"sheet": None, "header_row": None}
    await session.merge(RosterMapping(signature=digest_of(header), mapping=kept, saved_by=by))
    await session.flush()


def digest_of(header: Sequence[str]) -> bytes:
    """What files with the same columns share."""
    return hashlib.sha256(signature(header).encode()).digest()


def _file_name(name: str) -> str:
    """The last part, printable, at most 255 characters: it is shown, never used as a path."""
    plain = "".join(c for c in name.replace("\\", "/").rpartition("/")[2] if c.isprintable())
    return plain.strip()[-255:] or "roster"

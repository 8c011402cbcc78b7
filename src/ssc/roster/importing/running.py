"""One import from its first row to its last: in one transaction, with its progress told beside it."""

import io
import json
import time
from collections.abc import Callable
from typing import Any, BinaryIO
from uuid import UUID

import anyio
from sqlalchemy import delete, insert, literal, select, text, update

from ssc.core import audit, clock
from ssc.core.db import Session
from ssc.core.process import Process
from ssc.roster.importing.applying import apply_changes
from ssc.roster.importing.applying.waiting import forget_corrected
from ssc.roster.importing.changes import digest_of_rows, find_changes
from ssc.roster.importing.exchanges import find_exchanges
from ssc.roster.importing.likely import compare_persons
from ssc.roster.importing.lines import lines_of
from ssc.roster.importing.models import OUTCOMES, RosterFile, RosterImport, RosterOutcome
from ssc.roster.importing.persons import find_persons, settle
from ssc.roster.importing.staging import stage
from ssc.roster.reading import Mapping, NotATable, Reading, opened, read

Shown = Callable[[int, int], None]
"""What a command is told: how many rows are done, and of how many."""

READING = 0.5
"""The share of an import that reading is, roughly."""

ONE_AT_A_TIME = 7273659
"""The advisory lock of whoever changes the roster."""
_EVERY_S = 0.4


async def run(process: Process, import_id: UUID, content: BinaryIO | None = None, shown: Shown | None = None) -> None:
    """Carries out an import that was asked for. Killed half-way it has changed nothing; run again, it is done again."""
    async with process.database.transaction() as session:
        wanted = await session.get_one(RosterImport, import_id)
        content = content or await _kept(process, session, wanted)
    if wanted.over and not wanted.worth_another_try:
        return
    progress = _Progress(process, import_id, shown)
    try:
        if content is None:
            raise NotATable("gone")
        with opened(content, limit=None) as table:
            mapping = Mapping.of(wanted.mapping) if wanted.mapping is not None else None
            reading = await anyio.to_thread.run_sync(read, table, mapping)
            await progress.begin(await anyio.to_thread.run_sync(lambda: reading.length))
            async with process.database.transaction() as session:
                await _alone(process, session, import_id)
                await _import(session, wanted, reading, progress)
    except NotATable as refused:
        await _fail(process, import_id, {"reason": refused.reason, "values": refused.values})
    except Exception:
        await _fail(process, import_id, {"reason": "broken", "values": {}})
        raise
    else:
        await progress.end()
        await _forget_file(process, wanted)


async def _import(session: Session, wanted: RosterImport, reading: Reading, progress: "_Progress") -> None:
    columns = reading.columns
    count = await stage(session, lines_of(reading), progress.read)
    progress.rows = count
    await find_exchanges(session)
    digest = await digest_of_rows(session)
    again = await _imported_before(session, digest)
    await find_persons(session, again=again)
    await compare_persons(session)
    await settle(session)
    await find_changes(session, columns, wanted.file_name, correcting=not again)
    await progress.tell(READING + 0.2)
    if not wanted.dry_run:
        await forget_corrected(session, wanted.file_name)
        await apply_changes(session, json.dumps(sorted(columns)), wanted.file_name)
        await progress.tell(0.9)
    counts = await _record(session, wanted)
    await session.execute(
        update(RosterImport)
        .where(RosterImport.id == wanted.id)
        .values(state="done", rows=count, done=count, digest=digest, failure=None, finished_at=clock.now(), **counts)
    )
    audit.write(
        session,
        wanted.started_by or "cli",
        "roster.rehearse" if wanted.dry_run else "roster.import",
        f"roster_import:{wanted.id}",
        "",
        file=wanted.file_name,
        **counts,
    )


async def _imported_before(session: Session, digest: str) -> bool:
    same = RosterImport.digest == digest, RosterImport.state == "done", RosterImport.dry_run.is_(False)
    return await session.scalar(select(RosterImport.id).where(*same).limit(1)) is not None


async def _record(session: Session, wanted: RosterImport) -> dict[str, int]:
    """Keeps every row's outcome; how many there were of each."""
    await session.execute(text("DELETE FROM roster_outcome WHERE import_id = :id"), {"id": wanted.id})
    made = text(
        "SELECT row, outcome, name, CASE WHEN :dry AND verdict = 'new' THEN NULL ELSE member_id END, errors, changes "
        "FROM roster_result"
    ).bindparams(dry=wanted.dry_run)
    columns = ["row", "outcome", "name", "member_id", "errors", "changes"]
    typed = made.columns(*(RosterOutcome.__table__.c[name] for name in columns)).subquery()
    await session.execute(
        insert(RosterOutcome).from_select(["import_id", *columns], select(literal(wanted.id), *typed.c))
    )
    found = await session.execute(text("SELECT outcome, count(*) FROM roster_result GROUP BY outcome"))
    return dict.fromkeys(OUTCOMES, 0) | {str(name): int(count) for name, count in found}


async def _alone(process: Process, session: Session, import_id: UUID) -> None:
    """Imports run one after another; one that says it is running while we hold the lock was killed."""
    await session.execute(text("SET LOCAL statement_timeout = '10min'"))
    await session.execute(text("SET LOCAL lock_timeout = 0"))
    await session.execute(text("SET LOCAL work_mem = '32MB'"))
    await session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
    async with process.database.apart() as apart:
        await apart.execute(
            update(RosterImport)
            .where(RosterImport.state == "running", RosterImport.id != import_id)
            .values(state="failed", failure={"reason": "interrupted", "values": {}}, finished_at=clock.now())
        )


async def _fail(process: Process, import_id: UUID, failure: dict[str, Any]) -> None:
    async with process.database.apart() as session:
        await session.execute(
            update(RosterImport)
            .where(RosterImport.id == import_id)
            .values(state="failed", failure=failure, finished_at=clock.now())
        )


async def _kept(process: Process, session: Session, wanted: RosterImport) -> BinaryIO | None:
    file = await session.get(RosterFile, wanted.file_id) if wanted.file_id else None
    content = await process.blobs.get(file.blob) if file else None
    return None if content is None else io.BytesIO(content)


async def _forget_file(process: Process, wanted: RosterImport) -> None:
    """A roster holds birth dates and addresses of thousands: its bytes go once they are imported."""
    if wanted.file_id is None or wanted.dry_run:
        return
    async with process.database.transaction() as session:
        await session.execute(delete(RosterFile).where(RosterFile.id == wanted.file_id))
    await process.blobs.delete(RosterFile(id=wanted.file_id).blob)


class _Progress:
    """How far an import is, committed beside it now and then, and told to whoever watches the command."""

    def __init__(self, process: Process, import_id: UUID, shown: Shown | None) -> None:
        self._process = process
        self._import_id = import_id
        self._shown = shown
        self._told_at = 0.0
        self.rows = 0

    async def begin(self, rows: int) -> None:
        self.rows = rows
        await self._write(state="running", rows=rows, done=0, failure=None, started_at=clock.now(), finished_at=None)

    async def read(self, count: int) -> None:
        self.rows = max(self.rows, count)
        await self.tell(READING * count / max(self.rows, 1), seldom=True)

    async def tell(self, share: float, *, seldom: bool = False) -> None:
        """`share` of the whole is done; `seldom`: unless it was told just now."""
        done = int(share * self.rows)
        if self._shown:
            self._shown(done, self.rows)
        if not seldom or time.monotonic() - self._told_at >= _EVERY_S:
            self._told_at = time.monotonic()
            await self._write(rows=self.rows, done=done)

    async def end(self) -> None:
        if self._shown:
            self._shown(self.rows, self.rows)

    async def _write(self, **values: Any) -> None:
        async with self._process.database.apart() as session:
            await session.execute(update(RosterImport).where(RosterImport.id == self._import_id).values(**values))

"""Background work of imports: carry one out, forget files that nobody imported."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete

from ssc.core import clock
from ssc.core.jobs import Book
from ssc.core.process import Process
from ssc.roster.importing import actions, running
from ssc.roster.importing.models import RosterFile

KEPT = timedelta(days=14)

book = Book()


@book.job(actions.IMPORT, attempts=3)
async def carry_out(process: Process, import_id: str) -> None:
    await running.run(process, UUID(import_id))


@book.every("17 3 * * *", "roster.forget_files")
async def forget_files(process: Process) -> None:
    """A file that was uploaded and never imported holds personal data without need."""
    async with process.database.transaction() as session:
        gone = await session.scalars(
            delete(RosterFile).where(RosterFile.created_at < clock.now() - KEPT).returning(RosterFile.id)
        )
        blobs = [RosterFile(id=file_id).blob for file_id in gone]
    await process.blobs.delete(*blobs)

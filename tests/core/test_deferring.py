"""Deferring a job that waits already leaves the caller's other changes as they are."""

from sqlalchemy import func, select

from ssc.core import audit, jobs
from ssc.core.audit import AuditEntry
from ssc.core.process import Process


async def test_a_change_stands_though_its_job_waits_already(running: Process) -> None:
    for _again in range(2):
        async with running.database.transaction() as session:
            audit.write(session, "cli", "test.change", "nothing:1")
            await jobs.defer(session, "nobody.knows", once="the same")
    async with running.database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(AuditEntry)) == 2

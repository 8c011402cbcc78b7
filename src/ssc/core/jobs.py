"""Background work: deferred in the transaction that asks for it, run by any worker, tried again on failure."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from procrastinate import App, JobContext, PsycopgConnector, RetryStrategy
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation
from procrastinate.jobs import Status

from ssc import tasks
from ssc.core.db import Database, Session
from ssc.core.engines import libpq_url

log = logging.getLogger("ssc.jobs")

CONCURRENCY = 4
STALLED_AFTER_S = 20
STOP_S = 8

# Knows no database: it only writes rows on the connection it is handed.
_deferring = App(connector=PsycopgConnector())


# What a job is: called with this process, then by name with what it was deferred with.
Work = Callable[..., Awaitable[None]]
W = TypeVar("W", bound=Work)


@dataclass(frozen=True)
class _Entry:
    name: str
    work: Work
    retry: RetryStrategy

    def register(self, app: App) -> None:
        async def run(context: JobContext, /, **arguments: Any) -> None:
            await self.work(context.additional_context["process"], **arguments)

        app.task(name=self.name, retry=self.retry, pass_context=True)(run)


@dataclass(frozen=True)
class _Periodic:
    name: str
    work: Work
    cron: str

    def register(self, app: App) -> None:
        async def run(context: JobContext, timestamp: int) -> None:
            await self.work(context.additional_context["process"])

        task = app.task(name=self.name, pass_context=True, queueing_lock=self.name)(run)
        app.periodic(cron=self.cron)(task)


class Book:
    """A package's jobs, by name. Workers are given all books; deferring needs only the name."""

    def __init__(self) -> None:
        self._entries: list[_Entry | _Periodic] = []

    def job(self, name: str, *, attempts: int = 8, wait: int = 10) -> Callable[[W], W]:
        """Registers a job. After its n-th failure it is tried again `wait` + 4ⁿ seconds later, `attempts` times."""
        retry = RetryStrategy(max_attempts=attempts, wait=wait, exponential_wait=4)
        return self._register(lambda work: _Entry(name, work, retry))

    def every(self, cron: str, name: str) -> Callable[[W], W]:
        """Registers a job that starts by itself at the times of the cron line (UTC), once in all processes."""
        return self._register(lambda work: _Periodic(name, work, cron))

    def register(self, app: App) -> None:
        for entry in self._entries:
            entry.register(app)

    def _register(self, entry: Callable[[Work], _Entry | _Periodic]) -> Callable[[W], W]:
        def keep(work: W) -> W:
            self._entries.append(entry(work))
            return work

        return keep


async def defer(
    session: Session,
    name: str,
    *,
    at: datetime | None = None,
    once: str | None = None,
    in_turn: str | None = None,
    **arguments: Any,
) -> None:
    """Asks for the job `name`; it comes to be when the caller's transaction commits.

    `at`: not before. `once`: nothing is added while a job with this key waits. `in_turn`: jobs with
    this key run one after another. Arguments must be JSON values.
    """
    task = _deferring.configure_task(
        name,
        allow_unknown=True,
        schedule_at=at,
        queueing_lock=once,
        lock=in_turn,
        connection=await session.driver(),
    )
    if once is None:  # cannot meet its like: one statement
        await task.defer_async(**arguments)
        return
    try:
        async with session.begin_nested():  # a job that waits already must not end the caller's change
            await session.connection()  # only this sends the SAVEPOINT: the driver's own use does not
            await task.defer_async(**arguments)
    except AlreadyEnqueued:
        return


def worker_app(database: Database, books: list[Book]) -> App:
    """The application whose `run_worker_async` runs the books' jobs."""
    app = App(
        connector=PsycopgConnector(
            conninfo=libpq_url(database.url), min_size=1, max_size=4, kwargs={"options": "-c timezone=UTC"}
        )
    )
    for book in books:
        book.register(app)
    return app


@asynccontextmanager
async def working(process: Any, books: Sequence[Book]) -> AsyncIterator[None]:
    """Within this block a worker runs the books' jobs; jobs that still run at its end are put back."""
    async with tasks.beside(work(process, books), again_s=STOP_S):
        yield


async def work(process: Any, books: Sequence[Book]) -> None:
    """Runs jobs until it is cancelled; when the database was away, it begins anew."""
    while True:
        try:
            app = worker_app(process.database, list(books))
            try:
                await app.open_async()
                await _run(app, process)
            finally:  # also when it is cancelled while it opens: a pool left behind never lets the loop end
                await app.close_async()
        except Exception as lost:
            log.warning("the worker stopped, and begins anew: %s", lost)
        if (task := asyncio.current_task()) and task.cancelling():
            return  # a cancellation while it connects comes out as a failed connection
        await asyncio.sleep(1)


async def _run(app: App, process: Any) -> None:
    async with tasks.beside(_revive_for_ever(app)):
        await app.run_worker_async(
            concurrency=CONCURRENCY,
            install_signal_handlers=False,
            additional_context={"process": process},
            shutdown_graceful_timeout=STOP_S - 3,
            update_heartbeat_interval=5,
            stalled_worker_timeout=STALLED_AFTER_S,
            delete_jobs="successful",
        )


async def _revive_for_ever(app: App) -> None:
    while True:
        try:
            await revive(app)
        except Exception as lost:
            log.warning("jobs of lost workers could not be looked for: %s", lost)
        await asyncio.sleep(STALLED_AFTER_S / 2)


async def revive(app: App) -> None:
    """Puts back the jobs of workers that died under them (kill -9, power): they run again from the start."""
    manager = app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_S):
        try:
            await manager.retry_job(job)
        except UniqueViolation:  # its like waits already, and will do its work
            await manager.finish_job(job, Status.ABORTED, delete_job=True)

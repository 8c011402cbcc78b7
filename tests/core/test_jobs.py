"""Jobs come to be with the change that asks for them, vanish with it, are tried again, and outlive their worker."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest
from psycopg.rows import tuple_row
from sqlalchemy import text

from ssc.core import clock, jobs
from ssc.core.jobs import Book
from ssc.core.process import Process

NAME = "test.greet"


class Greetings:
    """A book with one job, and what it has done."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.failures = 0
        self.book = Book()
        self.book.job(NAME, attempts=3, wait=0)(self.greet)

    async def greet(self, process: Process, who: str) -> None:
        assert process.settings.env == "test"
        if self.failures:
            self.failures -= 1
            raise RuntimeError("not now")
        self.said.append(who)


@pytest.fixture
def greetings() -> Greetings:
    return Greetings()


async def run_waiting(process: Process, greetings: Greetings) -> None:
    """Runs what waits now, and ends."""
    async with jobs.worker_app(process.database, [greetings.book]).open_async() as app:
        await app.run_worker_async(
            wait=False, install_signal_handlers=False, additional_context={"process": process}, listen_notify=False
        )


async def states(process: Process) -> list[str]:
    async with process.database.transaction() as session:
        found = await session.execute(text("SELECT status::text FROM procrastinate_jobs ORDER BY id"))
        return [row[0] for row in found]


async def defer(process: Process, name: str = "Mai", **how: object) -> None:
    async with process.database.transaction() as session:
        await jobs.defer(session, NAME, who=name, **how)  # type: ignore[arg-type]


async def test_a_job_commits_with_the_change_that_asks_for_it(running: Process, greetings: Greetings) -> None:
    async with running.database.transaction() as session:
        await jobs.defer(session, NAME, who="Mai")
        assert await states(running) == []
    assert await states(running) == ["todo"]
    await run_waiting(running, greetings)
    assert greetings.said == ["Mai"]


async def test_a_job_vanishes_with_the_change_that_asked_for_it(running: Process, greetings: Greetings) -> None:
    with contextlib.suppress(RuntimeError):
        async with running.database.transaction() as session:
            await jobs.defer(session, NAME, who="Mai")
            raise RuntimeError("the change fails")
    await run_waiting(running, greetings)
    assert (greetings.said, await states(running)) == ([], [])


async def test_a_job_that_fails_is_tried_again_and_at_last_given_up(running: Process, greetings: Greetings) -> None:
    greetings.failures = 1
    await defer(running)
    await run_waiting(running, greetings)
    assert (greetings.said, await states(running)) == ([], ["todo"])
    greetings.failures = 99
    for _again in range(3):
        assert await states(running) == ["todo"]
        await make_due(running)
        await run_waiting(running, greetings)
    assert await states(running) == ["failed"]


async def test_a_job_that_failed_once_is_done_once(running: Process, greetings: Greetings) -> None:
    greetings.failures = 1
    await defer(running)
    await run_waiting(running, greetings)
    await make_due(running)
    await run_waiting(running, greetings)
    await run_waiting(running, greetings)
    assert (greetings.said, await states(running)) == (["Mai"], ["succeeded"])


async def make_due(process: Process) -> None:
    async with process.database.transaction() as session:
        await session.execute(text("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'"))


async def test_a_job_for_later_waits(running: Process, greetings: Greetings) -> None:
    await defer(running, "later", at=clock.now() + timedelta(hours=1))
    await defer(running, "now", at=clock.now() - timedelta(hours=1))
    await run_waiting(running, greetings)
    assert greetings.said == ["now"]


async def test_a_worker_hears_of_a_job_at_once_and_ends_when_told(running: Process, greetings: Greetings) -> None:
    async with jobs.working(running, [greetings.book]):
        await defer(running)
        assert await came_true(lambda: greetings.said == ["Mai"])
    assert [task for task in asyncio.all_tasks() if task.get_name() == "jobs"] == []


@pytest.mark.parametrize("ticks", [0, 1, 2, 3, 5, 8, 13, 21, 34])
async def test_a_worker_may_be_told_to_end_while_it_still_begins(
    ticks: int, running: Process, greetings: Greetings
) -> None:
    async with asyncio.timeout(60), jobs.working(running, [greetings.book]):
        for _tick in range(ticks):
            await asyncio.sleep(0)
    assert [task for task in asyncio.all_tasks() if task.get_name() == "jobs"] == []


async def test_the_job_of_a_killed_worker_runs_again(running: Process, greetings: Greetings) -> None:
    """Case 24: its worker is gone without a word; another takes the job up, once."""
    await defer(running)
    async with running.database.transaction() as session:
        await session.execute(
            text("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')")
        )
        await session.execute(
            text(
                "UPDATE procrastinate_jobs SET status = 'doing', "
                "worker_id = (SELECT max(id) FROM procrastinate_workers)"
            )
        )
    await run_waiting(running, greetings)
    assert greetings.said == []
    async with jobs.working(running, [greetings.book]):
        assert await came_true(lambda: greetings.said == ["Mai"])
    await run_waiting(running, greetings)
    assert greetings.said == ["Mai"]


async def test_a_worker_whose_connections_are_cut_begins_anew(running: Process, greetings: Greetings) -> None:
    """Case 17, for jobs: the database restarts under it."""
    async with jobs.working(running, [greetings.book]):
        await defer(running)
        assert await came_true(lambda: greetings.said == ["Mai"])
        async with cut_off(running):
            pass
        await defer(running, "again")
        assert await came_true(lambda: greetings.said == ["Mai", "again"])


@contextlib.asynccontextmanager
async def cut_off(process: Process) -> AsyncIterator[None]:
    await process.database.engine.dispose()  # of those that wait: the process itself is to lose none
    async with process.database.transaction() as session:
        connection = await session.driver()
        cursor = connection.cursor(row_factory=tuple_row)
        await cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        yield


async def came_true(happened: Callable[[], bool], seconds: float = 120) -> bool:
    deadline = asyncio.get_running_loop().time() + seconds
    while not happened() and asyncio.get_running_loop().time() < deadline:  # noqa: ASYNC110  # rows, not events
        await asyncio.sleep(0.02)
    return happened()

"""A test's database is as if no test had been before: given on when it can be emptied, and made anew when it cannot."""

from collections.abc import Iterator
from contextlib import AsyncExitStack

import psycopg
import pytest
from sqlalchemy import text

from ssc.core import ids
from ssc.core.engines import Engines
from tests.databases import CONNECTIONS, Databases

JOB = (
    "INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args) VALUES ('q', 'greet', 0, '{}') RETURNING id"
)
AUDIT = "INSERT INTO audit_entry VALUES (%s, now(), 'cli', 'role.grant', '', '', '{}')"
COUNTS = "SELECT (SELECT count(*) FROM audit_entry), (SELECT count(*) FROM procrastinate_jobs)"


@pytest.fixture
def own(server: str) -> Iterator[Databases]:
    """For this test alone, so that the next database is the one that was given back."""
    made = Databases(server)
    yield made
    made.close()


def test_what_one_test_wrote_is_gone_for_the_next(own: Databases) -> None:
    with own.taken() as first, psycopg.connect(first) as connection:
        connection.execute(AUDIT, (ids.new(),))
        assert connection.execute(JOB).fetchall() == [(1,)]
        connection.commit()
        assert connection.execute(COUNTS).fetchall() == [(1, 1)]
    with own.taken() as second, psycopg.connect(second) as connection:
        assert connection.execute(COUNTS).fetchall() == [(0, 0)]
        assert connection.execute(JOB).fetchall() == [(1,)]
    assert second == first


async def test_connections_serve_the_next_unless_the_test_may_have_waited_for_one(own: Databases) -> None:
    """A pool that has let somebody wait belongs to that test's loop."""

    async def used(at_once: int) -> tuple[Engines | None, set[int]]:
        with own.taken() as url:
            engines = await own.engines(url)
            assert engines
            async with AsyncExitStack() as stack:
                opened = [await stack.enter_async_context(engines.changing.connect()) for _ in range(at_once)]
                return engines, {await one.scalar(text("SELECT pg_backend_pid()")) for one in opened}

    first, second, third, fourth = [await used(at_once) for at_once in (1, 2, CONNECTIONS, 1)]
    assert (first[0], first[1] < second[1], second[0], second[1] < third[1]) == (second[0], True, third[0], True)
    assert (fourth[0] is third[0], fourth[1] & third[1]) == (False, set())
    with own.taken() as url:
        await own.engines(url)


async def test_one_of_whose_connections_is_not_back_is_not_given_on(own: Databases) -> None:
    with own.taken() as first:
        engines = await own.engines(first)
        assert engines
        held = await engines.changing.connect()
    with own.taken() as second:
        assert second != first
        await held.invalidate()
        await held.close()


def test_two_at_once_are_apart(own: Databases) -> None:
    with own.taken() as first, own.taken() as second:
        assert first != second
    with own.taken() as third, own.taken() as fourth:
        assert {third, fourth} == {first, second}


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE member ALTER COLUMN country DROP NOT NULL",
        "ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only",
        "DROP EXTENSION pg_trgm CASCADE",
        "CREATE TABLE forgotten ()",
        "UPDATE alembic_version SET version_num = '0001'",
        "ANALYZE member",
    ],
)
def test_one_that_is_not_as_it_was_is_not_given_on(statement: str, own: Databases) -> None:
    with own.taken() as first, psycopg.connect(first, autocommit=True) as connection:
        connection.execute(statement)
    with own.taken() as second:
        assert second != first


def test_one_in_which_somebody_stayed_is_not_given_on(own: Databases, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.databases.LEAVING_S", 0)
    with own.taken() as first:
        stranger = psycopg.connect(first)
    with own.taken() as second, stranger:
        assert second != first


def test_one_whose_every_connection_was_ended_is_not_given_on(own: Databases) -> None:
    with own.taken() as first, psycopg.connect(first) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    with own.taken() as second:
        assert second != first

"""Statements that are committed one by one, on connections of their own."""

import asyncio

import pytest
from psycopg.errors import DivisionByZero

from ssc.core.process import Process


async def test_many_writes_at_once_leave_the_connections_to_others(running: Process) -> None:
    database = running.database
    rows = await asyncio.gather(*(database.write("SELECT %(n)s::int AS n", {"n": n}) for n in range(20)))
    assert [row.n for [row] in rows] == list(range(20))
    others = [database.writing() for _n in range(5)]
    async with asyncio.timeout(60):
        for other in others:
            session = await other.__aenter__()
            assert await session.rows("SELECT 1 AS one", {}) == [(1,)]
    for other in others:
        await other.__aexit__(None, None, None)


async def test_a_write_that_fails_takes_no_connection_with_it(running: Process) -> None:
    for _n in range(10):
        with pytest.raises(DivisionByZero):
            await running.database.write("SELECT 1 / 0", {})
    async with asyncio.timeout(60):
        assert await running.database.write("SELECT 2 AS two", {}) == [(2,)]

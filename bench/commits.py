"""What a row costs that is committed by itself: the bare sides of the messages' comparisons.

python -m bench.commits core|driver URL WRITERS SECONDS
"""

import asyncio
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import uvloop
from sqlalchemy import Column, DateTime, MetaData, Table, Text, Uuid, insert
from sqlalchemy.ext.asyncio import create_async_engine

TABLE = Table(
    "bench_message",
    MetaData(),
    Column("id", Uuid, primary_key=True),
    Column("thread_id", Uuid),
    Column("body", Text),
    Column("created_at", DateTime(timezone=True)),
)
MAKE = (
    "CREATE TABLE IF NOT EXISTS bench_message (id uuid PRIMARY KEY, thread_id uuid, body text, created_at timestamptz)"
)
BODY = "A message of some two hundred bytes. " * 5
Write = Callable[[], Awaitable[object]]


def row() -> dict[str, object]:
    return {"id": uuid4(), "thread_id": uuid4(), "body": BODY, "created_at": datetime.now(UTC)}


async def by_core(url: str, writers: int, stack: AsyncExitStack) -> list[Write]:
    """SQLAlchemy Core, a connection for each writer."""
    engine = create_async_engine(url.replace("postgresql://", "postgresql+psycopg://"), pool_size=writers)
    stack.push_async_callback(engine.dispose)

    async def write() -> None:
        async with engine.begin() as connection:
            await connection.execute(insert(TABLE), row())

    return [write] * writers


async def by_driver(url: str, writers: int, stack: AsyncExitStack) -> list[Write]:
    """The driver alone, prepared, autocommit."""

    async def writing() -> Write:
        connection = await stack.enter_async_context(
            await psycopg.AsyncConnection.connect(url, autocommit=True, prepare_threshold=1)
        )
        sql = "INSERT INTO bench_message VALUES (%(id)s, %(thread_id)s, %(body)s, %(created_at)s)"
        return lambda: connection.execute(sql, row())

    return [await writing() for _ in range(writers)]


async def run(kind: str, url: str, writers: int, seconds: float) -> None:
    times: list[float] = []
    async with AsyncExitStack() as stack:
        writes = await {"core": by_core, "driver": by_driver}[kind](url, writers, stack)
        await asyncio.gather(*(write() for write in writes))
        until = time.perf_counter() + seconds

        async def go_on(write: Write) -> None:
            while (began := time.perf_counter()) < until:
                await write()
                times.append((time.perf_counter() - began) * 1000)

        await asyncio.gather(*(go_on(write) for write in writes))
    times.sort()
    print(len(times) / seconds, statistics.median(times), times[int(len(times) * 0.99)])


if __name__ == "__main__":
    kind, url, writers, seconds = sys.argv[1:]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(MAKE)
    uvloop.run(run(kind, url, int(writers), float(seconds)))

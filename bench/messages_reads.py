"""The inbox and the pages of threads over HTTP, next to their own SQL without anything around it."""

import os
import statistics
import time
from random import Random
from typing import Any

import httpx
import psycopg

from bench import load
from bench.messages_club import Club, Person, settings
from ssc.app import create_app
from ssc.core import process

MANY = 1_000_000
FEW = 1_000
INBOX = 300

Statements = list[tuple[Any, Any, dict[str, Any]]]


async def measure(club: Club, port: int, seconds: float) -> None:
    reader, others = club.people[0], club.people[1:20]
    threads = await club.threads(INBOX, [[reader, other] for other in others], "group")
    for thread in threads:
        club.fill(thread, 30, others)
    great, small = [await club.thread([reader, *others]) for _ in range(2)]
    club.fill(great, MANY, others)
    club.fill(small, FEW, others)
    club.settle()
    dice = Random(3)
    pages = {
        "inbox of 300 threads (page of 30)": ["/api/v1/threads"],
        f"page of 50 of {MANY:,}": [_page(great, dice.randint(60, MANY)) for _ in range(200)],
        f"page of 50 of {FEW:,}": [_page(small, dice.randint(60, FEW)) for _ in range(200)],
    }
    found = {}
    for name, paths in pages.items():
        statements = [await _statements(club, reader, path) for path in paths[:50]]
        headers = {"Authorization": f"Bearer {reader.token}"}
        requests = [load.request(path, f"localhost:{port}", headers) for path in paths]
        served = await load.asking(port, requests, seconds=seconds, connections=1)
        bare = _replayed(club.url, statements, seconds)
        found[name] = served
        print(f"{name}: over HTTP {served}")
        print(f"   bare SQL ({len(statements[0])} statements) p50 {bare[0]:.2f} ms   p99 {bare[1]:.2f} ms", flush=True)
        print(
            f"   ratio p50 {served.p50 / bare[0]:.2f}, p99 {served.p99 / bare[1]:.2f} (target: at most 5)", flush=True
        )
    large, little = list(found.values())[1:]
    print(f"   great to small thread: p50 {large.p50 / little.p50:.2f}, p99 {large.p99 / little.p99:.2f} (target: 1.5)")


def _page(thread: str, before: int) -> str:
    return f"/api/v1/threads/{thread}/messages?limit=50&before={before}"


async def _statements(club: Club, reader: Person, path: str) -> Statements:
    """What the request asks the database, signing in and all."""
    seen: Statements = []
    execute = psycopg.AsyncCursor.execute

    async def noted(cursor: Any, query: Any, params: Any = None, **how: Any) -> Any:
        if str(query).strip(" ;"):
            seen.append((query, params, how))
        return await execute(cursor, query, params, **how)

    async with process.opened(settings(club.url, club.folder)) as running:
        app = create_app(running.settings, running)
        await _get(app, reader, path)
        psycopg.AsyncCursor.execute = noted  # type: ignore[method-assign, assignment]
        try:
            await _get(app, reader, path)
        finally:
            psycopg.AsyncCursor.execute = execute  # type: ignore[method-assign]
    return [one for one in seen if str(one[0]).lstrip().upper().startswith(("SELECT", "WITH"))]


async def _get(app: Any, reader: Person, path: str) -> None:
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
        answer = await client.get(path, headers={"Authorization": f"Bearer {reader.token}"})
        assert answer.status_code == 200, answer.text


def _replayed(url: str, statements: list[Statements], seconds: float) -> tuple[float, float]:
    """p50 and p99 in milliseconds, by one connection on the first processor."""
    every = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {0})
    times: list[float] = []
    with psycopg.connect(url, autocommit=True) as connection:
        turn, until = 0, time.perf_counter() + seconds + 1
        while (began := time.perf_counter()) < until:
            for query, parameters, how in statements[turn % len(statements)]:
                connection.execute(query, parameters, prepare=how.get("prepare")).fetchall()
            times.append((time.perf_counter() - began) * 1000)
            turn += 1
    os.sched_setaffinity(0, every)
    times = sorted(times[len(times) // 6 :])
    return statistics.median(times), times[int(len(times) * 0.99)]

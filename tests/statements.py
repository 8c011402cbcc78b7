"""What a club asks its database, counted at the driver: also what goes round SQLAlchemy."""

from collections.abc import Awaitable, Callable, Iterable
from functools import wraps
from typing import Any

from psycopg import AsyncCursor
from psycopg.conninfo import conninfo_to_dict

from ssc.core.db import Database
from ssc.core.engines import libpq_url
from tests.cast import Cast

WAITING = """
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
"""
"""How many wait for a lock, in the test's own database."""

_listening: dict[str, list[list[str]]] = {}  # by the name of the database, of which each test has its own


def count_statements(database: Database, seen: list[str]) -> None:
    """Appends every statement that is executed from now on to `seen`."""
    name = str(conninfo_to_dict(libpq_url(database.url))["dbname"])
    _listening.setdefault(name, []).append(seen)


def _noting(method: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    @wraps(method)
    async def noted(cursor: Any, query: Any, *args: Any, **more: Any) -> Any:
        if _listening:
            for seen in _listening.get(cursor.connection.info.dbname, ()):
                seen.append(str(query))
        return await method(cursor, query, *args, **more)

    return noted


AsyncCursor.execute = _noting(AsyncCursor.execute)  # type: ignore[assignment,method-assign]
AsyncCursor.executemany = _noting(AsyncCursor.executemany)  # type: ignore[assignment,method-assign]


async def asked_twice(cast: Cast, paths: Iterable[str]) -> dict[str, tuple[int, int]]:
    """How many statements each page costs a visitor, and how many when she comes again."""
    seen: list[str] = []
    found = {}
    await cast.running.shelf.heard()
    async with cast.visitor() as browser:
        assert (await browser.get("/news?lang=xx")).status_code == 200  # the engine knows its server
        count_statements(cast.running.database, seen)
        for path in paths:
            counts = []
            for _again in range(2):
                seen.clear()
                assert (await browser.get(path)).status_code == 200
                counts.append(len(seen))
            found[path] = (counts[0], counts[1])
    return found

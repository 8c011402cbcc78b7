"""How the database is reached: addresses, and the pools of connections."""

from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

_OPTIONS = "-c statement_timeout=60000 -c lock_timeout=15000 -c timezone=UTC"
# Planning anew took four fifths of what the writer's statements take (measured): each is planned once, by keys.
_BY_KEYS = " -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off"
_STATEMENTS = 2000
"""The club has more than a thousand (SQLAlchemy's cache holds 500): to compile one takes as long as to run it."""


class Engines:
    """The two ways to one database: in transactions, and statement by statement."""

    def __init__(self, url: str, *, pool_size: int) -> None:
        self.changing = _engine(url, pool_size)
        self.reading = _engine(url, pool_size, isolation_level="AUTOCOMMIT")

    async def close(self) -> None:
        await self.changing.dispose()
        await self.reading.dispose()


def _engine(url: str, pool_size: int, **options: Any) -> AsyncEngine:
    # No ping before each use: a lost connection answers one request with 503, and the pool has a new one.
    return create_async_engine(
        sqlalchemy_url(url),
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_timeout=10,
        connect_args={"options": _OPTIONS},
        query_cache_size=_STATEMENTS,
        **options,
    )


def bare_pool(url: str, size: int, *, by_keys: bool = False) -> AsyncConnectionPool[AsyncConnection[Any]]:
    """psycopg's own connections, each statement for itself. `by_keys`: for statements that find all rows by keys."""
    return AsyncConnectionPool(
        libpq_url(url),
        kwargs={"autocommit": True, "options": _OPTIONS + _BY_KEYS if by_keys else _OPTIONS},
        min_size=0,
        max_size=size,
        timeout=10,
        open=False,
    )


def sqlalchemy_url(url: str) -> str:
    """A libpq address as SQLAlchemy's psycopg dialect wants it."""
    parsed = make_url(url).set(drivername="postgresql+psycopg")
    return parsed.render_as_string(hide_password=False)


def libpq_url(url: str) -> str:
    """An address as psycopg itself wants it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)

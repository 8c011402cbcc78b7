"""Databases for tests: copied from one that is migrated, and emptied for the next test if the last left it whole.

To copy one takes two checkpoints and seven hundred files; to empty one takes a millisecond. Its connections stay, and
with them what PostgreSQL and SQLAlchemy have prepared: to do that anew took a third of a small test (measured).
"""

import asyncio
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import QueuePool

from ssc import tables
from ssc.core.engines import Engines

TEMPLATE = "ssc_template"
PLAIN = "TEMPLATE template0 LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
COPY = f"TEMPLATE {TEMPLATE} STRATEGY FILE_COPY"  # by the files takes half as long as by the log

ENOUGH = 8000
"""Deleted rows stay in their files: after so many, the next test has a new copy."""

CONNECTIONS = 4
"""Of a test's process, by each of its engines."""

LEAVING_S = 2.0
"""So long may those take who are just leaving a database."""

_OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
_TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1"
_REWIND = """
SELECT setval(format('%I.%I', schemaname, sequencename), start_value, false)
FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL
"""
# Whatever may have been made of the schema, or of what the planner knows: who changes a catalogue leaves a row there
# that is younger than the template, or one less. Schemas are not looked at: temporary tables leave theirs behind.
_CATALOGUES = (
    "pg_attrdef pg_attribute pg_class pg_constraint pg_db_role_setting pg_extension pg_index pg_proc pg_sequence "
    "pg_trigger pg_type alembic_version"
).split()
_NOW = "SELECT pg_snapshot_xmin(pg_current_snapshot())::xid::text"
_STATE = "SELECT concat(sum(reltuples), ' ', sum(relpages)) FROM pg_class" + "".join(
    f" UNION ALL SELECT concat(count(*), ' ', count(*) FILTER (WHERE age(xmin) <= age('{{now}}'::xid))) FROM {name}"
    for name in _CATALOGUES
)


class Databases:
    """Those of one worker of the run."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._spare: list[Held] = []
        self._taken: dict[str, Held] = {}
        self._left: list[Engines] = []
        with psycopg.connect(beside(server, TEMPLATE)) as template:
            [(now,)] = template.execute(_NOW)
            self._look = _STATE.format(now=now)
            self._state = template.execute(self._look).fetchall()
            names = [name for (name,) in template.execute(_TABLES) if name != "alembic_version"]
        self._full = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in names)

    @contextmanager
    def taken(self) -> Iterator[str]:
        """The address of one that is migrated and empty, for one test."""
        held = self._spare.pop() if self._spare else Held(self._server)
        self._taken[held.url] = held
        try:
            yield held.url
        finally:
            del self._taken[held.url]
            self._take_back(held)

    async def engines(self, url: str) -> Engines | None:
        """Those that stay with the database, connected once, if it is one of ours.

        What SQLAlchemy asks at its first connection is asked here, and never counts among a test's statements.
        """
        await self._close_left()
        if url not in self._taken:
            return None
        engines = self._taken[url].engines
        for engine in (engines.changing, engines.reading):
            async with engine.connect():
                pass
        return engines

    def close(self) -> None:
        for held in self._spare:
            self._give_up(held)
        asyncio.run(self._close_left())

    async def _close_left(self) -> None:
        while self._left:
            await self._left.pop().close()

    def _take_back(self, held: "Held") -> None:
        try:
            serves_again = self._emptied(held)
        except psycopg.Error:  # such as when the test ended every connection
            serves_again = False
        if serves_again:
            self._left += held.without_bound_engines()
            self._spare.append(held)
        else:
            self._give_up(held)

    def _give_up(self, held: "Held") -> None:
        self._left.append(held.engines)
        held.drop()

    def _emptied(self, held: "Held") -> bool:
        """Whether it may serve again: not if somebody is still in it, or its schema is not as it was."""
        if not held.is_left() or held.keeper.execute(self._look, prepare=True).fetchall() != self._state:
            return False
        with held.keeper.transaction():
            for (name,) in held.keeper.execute(self._full, prepare=True).fetchall():
                held.deleted += held.keeper.execute(f'DELETE FROM "{name}"').rowcount
            held.keeper.execute(_REWIND, prepare=True)
        return held.deleted < ENOUGH


class Held:
    """A copy, and in it somebody for whom no trigger fires: neither those of foreign keys, nor the audit's."""

    def __init__(self, server: str) -> None:
        self.name = _make(server, COPY)
        self.url = beside(server, self.name)
        self.engines = Engines(self.url, pool_size=CONNECTIONS)
        self.deleted = 0
        self._server = server
        self.keeper = psycopg.connect(self.url, autocommit=True)
        self.keeper.execute("SET session_replication_role = replica")

    def is_left(self) -> bool:
        """Whether nobody else is in it but who stays, idle, when those have gone who were just going."""
        stay = sum(_idle(engine) for engine in (self.engines.changing, self.engines.reading))
        deadline = time.monotonic() + LEAVING_S
        while (others := self._others()) != stay:
            if others < stay or time.monotonic() > deadline:
                return False
            time.sleep(0.003)
        return stay >= 0

    def _others(self) -> int:
        [(others,)] = self.keeper.execute(_OTHERS, prepare=True)
        return int(others)

    def without_bound_engines(self) -> list[Engines]:
        """Those that may belong to the test's own loop, since they may have let somebody wait; it has others then."""
        if CONNECTIONS not in (_idle(self.engines.changing), _idle(self.engines.reading)):
            return []
        bound, self.engines = self.engines, Engines(self.url, pool_size=CONNECTIONS)
        return [bound]

    def drop(self) -> None:
        self.keeper.close()
        _drop(self._server, self.name)


def _idle(engine: AsyncEngine) -> int:
    """How many connections wait for the next; less than none if a test has kept one for itself."""
    pool = engine.pool
    assert isinstance(pool, QueuePool)
    return pool.checkedin() if pool.checkedout() == 0 else -1000


def make_template(server: str) -> None:
    """A migrated database that tests copy; whichever worker comes first makes it."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(1)")
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (TEMPLATE,)).fetchone() is None:
            _set_up(server)
            migrated = _make(server, PLAIN)
            tables.migrate(beside(server, migrated))
            connection.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(migrated), sql.Identifier(TEMPLATE))
            )
        connection.execute("SELECT pg_advisory_unlock(1)")


def _set_up(server: str) -> None:
    """Autovacuum would tell the planner what it is not told elsewhere, and hold on to databases that are to go."""
    with _superuser(server) as connection:
        connection.execute("ALTER SYSTEM SET autovacuum = off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("GRANT SET ON PARAMETER session_replication_role TO ssc")


@contextmanager
def empty(server: str) -> Iterator[str]:
    """The address of one with nothing in it."""
    with _apart(server, PLAIN) as url:
        yield url


@contextmanager
def copied(server: str, kind: LiteralString = COPY) -> Iterator[str]:
    """The address of one that is migrated, for several tests together."""
    with _apart(server, kind) as url:
        yield url


@contextmanager
def _apart(server: str, kind: LiteralString) -> Iterator[str]:
    name = _make(server, kind)
    try:
        yield beside(server, name)
    finally:
        _drop(server, name)


def _make(server: str, kind: LiteralString) -> str:
    name = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} ").format(sql.Identifier(name)) + sql.SQL(kind))
    return name


def _drop(server: str, name: str) -> None:
    with _superuser(server) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def beside(server: str, name: str, user: str = "ssc") -> str:
    """The address of another database on the same server."""
    return f"postgresql://{user}@/{name}?host={psycopg.conninfo.conninfo_to_dict(server)['host']}"


def _superuser(server: str) -> psycopg.Connection[Any]:
    return psycopg.connect(beside(server, "postgres", "postgres"), autocommit=True)

"""What tests stand on: one real PostgreSQL for the run, a fresh club for each test, a cast of people."""

import io
import json
import os
import secrets
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fastapi import FastAPI
from psycopg import sql
from pydantic import SecretStr

from ssc import tables
from ssc.app import create_app
from ssc.core import embedded, logs, process
from ssc.core.config import Settings
from ssc.core.db import Session
from ssc.core.process import Process
from tests.cast import Cast

TEMPLATE = "ssc_template"
DATA_FOLDER = "SSC_TESTS_DATA_FOLDER"


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


def pytest_configure(config: pytest.Config) -> None:
    """Makes the run's data folder, which its workers inherit.

    Not below pytest's own, which are closed to the account that serves root: each run would leave a database
    of 70 MB in /var/lib/ssc.
    """
    if DATA_FOLDER not in os.environ:
        folder = Path(tempfile.mkdtemp(prefix="ssc-tests-"))
        folder.chmod(0o711)
        os.environ[DATA_FOLDER] = str(folder)
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of the run's PostgreSQL: shared by all workers, stopped by the last."""
    with embedded.running(Path(os.environ[DATA_FOLDER]), fsync=False) as url:
        _make_template(url)
        yield url


def _make_template(url: str) -> None:
    """A migrated database that tests copy; whichever worker comes first makes it."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(1)")
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (TEMPLATE,)).fetchone() is None:
            fresh = f"{TEMPLATE}_new"
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(fresh)))
            _copy(connection, "ssc", fresh)
            tables.migrate(beside(url, fresh))
            connection.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(fresh), sql.Identifier(TEMPLATE))
            )
        connection.execute("SELECT pg_advisory_unlock(1)")


def _copy(connection: psycopg.Connection, source: str, name: str) -> None:
    if source == "ssc":
        connection.execute(
            sql.SQL(
                "CREATE DATABASE {} TEMPLATE template0 LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' "
                "LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
            ).format(sql.Identifier(name))
        )
        return
    # By its files, which takes half as long as by the log.
    made, template = sql.Identifier(name), sql.Identifier(source)
    connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(made, template))


def beside(url: str, name: str) -> str:
    """The address of another database on the same server."""
    parts = psycopg.conninfo.conninfo_to_dict(url)
    return f"postgresql://{parts['user']}@/{name}?host={parts['host']}"


@pytest.fixture
def database_url(server: str) -> Iterator[str]:
    """A database of this test's own, migrated and empty."""
    name = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        _copy(connection, TEMPLATE, name)
        yield beside(server, name)
        # An autovacuum worker may be in it, which only a superuser may end; the whole server goes in the end.
        with suppress(psycopg.errors.InsufficientPrivilege):
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """As in development, limits lifted; a test of limits says `settings.model_copy(update=...)`."""
    return Settings(
        _env_file=None,
        env="test",
        data_dir=tmp_path / "data",
        database_url=SecretStr(database_url),
        secret_key=SecretStr("test-key-of-more-than-thirty-two-characters"),
        base_url="http://localhost:8000",
        limits="off",
    )


@pytest.fixture
async def running(settings: Settings) -> AsyncIterator[Process]:
    async with process.opened(settings, pool_size=4) as opened:
        yield opened


@pytest.fixture
async def session(running: Process) -> AsyncIterator[Session]:
    """A transaction for arranging and looking; commit what the application is to see by `await session.commit()`."""
    async with running.database.transaction() as opened:
        yield opened


@pytest.fixture
def app(settings: Settings, running: Process) -> FastAPI:
    return create_app(settings, running)


@pytest.fixture
def cast(app: FastAPI, running: Process) -> Cast:
    return Cast(app, running)


class AccessLines(io.StringIO):
    """What the access log wrote."""

    @property
    def entries(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.getvalue().splitlines()]

    @property
    def answers(self) -> list[tuple[str, str, int]]:
        """Of each request the method, the route and the status."""
        return [(entry["method"], entry["route"], entry["status"]) for entry in self.entries]


@pytest.fixture
def access_lines(monkeypatch: pytest.MonkeyPatch) -> AccessLines:
    """What the access log writes during the test."""
    stream = AccessLines()
    monkeypatch.setattr(logs.access, "stream", stream)
    return stream

"""What tests stand on: one real PostgreSQL for the run, a fresh club for each test, a cast of people."""

import asyncio
import gc
import io
import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from ssc.app import create_app
from ssc.core import embedded, logs, process
from ssc.core.config import Settings
from ssc.core.db import Session
from ssc.core.process import Process
from tests import forked
from tests.cast import Cast
from tests.databases import CONNECTIONS, Databases, make_template

pytest_plugins = ["tests.watch"]

DATA_FOLDER = "SSC_TESTS_DATA_FOLDER"


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files begin early that take long, then those with the most tests: else one is left when all others are done."""
    tests = Counter(item.path for item in items)
    long = {item.path for item in items if item.get_closest_marker("long") or item.get_closest_marker("browser")}
    items.sort(key=lambda item: (item.path not in long, -tests[item.path], item.path))


def pytest_collection_finish() -> None:
    """As in a serving process: what is imported is no garbage, and is not looked through over and over."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


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
    forked.share_templates(Path(os.environ[DATA_FOLDER]))


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of the run's PostgreSQL: shared by all workers, stopped by the last."""
    with embedded.running(Path(os.environ[DATA_FOLDER]), fsync=False) as url:
        make_template(url)
        yield url


@pytest.fixture(scope="session")
def databases(server: str) -> Iterator[Databases]:
    made = Databases(server)
    yield made
    made.close()


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """A database of this test's own, migrated and empty."""
    with databases.taken() as url:
        yield url


@pytest.fixture
def settings(usual: Settings, database_url: str, tmp_path: Path) -> Settings:
    """As in development, limits lifted; a test of limits says `settings.model_copy(update=...)`."""
    return usual.model_copy(update={"data_dir": tmp_path / "data", "database_url": SecretStr(database_url)})


@pytest.fixture(scope="session")
def usual() -> Settings:
    return Settings(
        _env_file=None,
        env="test",
        secret_key=SecretStr("test-key-of-more-than-thirty-two-characters"),
        base_url="http://localhost:8000",
        limits="off",
    )


@pytest.fixture
async def running(settings: Settings, databases: Databases) -> AsyncIterator[Process]:
    url = settings.database_url.get_secret_value() if settings.database_url else ""
    engines = await databases.engines(url)
    before = asyncio.all_tasks()
    async with process.opened(settings, pool_size=CONNECTIONS, engines=engines) as opened:
        yield opened
    left = {task for task in asyncio.all_tasks() - before if "TestRunner" not in str(task.get_coro())}
    assert left == set(), "a task outlives its process: what becomes of it would be found by some other test"


@pytest.fixture
async def session(running: Process) -> AsyncIterator[Session]:
    """A transaction for arranging and looking; commit what the application is to see by `await session.commit()`."""
    async with running.database.transaction() as opened:
        yield opened


@pytest.fixture
async def app(settings: Settings, running: Process) -> AsyncIterator[FastAPI]:
    made = create_app(settings, running)
    yield made
    await made.state.gateway.close()


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

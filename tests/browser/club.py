"""A club that is open: `ssc serve` on a database of its own, a copy of the demo, and the letters it sends."""

import asyncio
import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg
from psycopg import sql

from tests import forked
from tests.cast import Sent
from tests.databases import copied
from tests.forked import Forked

PATIENCE_S = 60.0
_PORTS = range(20000, 30000)

# The club as its first start leaves it: filled once for the run, and copied for each file of stories.
_DEMO = "ssc_demo"
_OF_THE_DEMO = f"TEMPLATE {_DEMO} STRATEGY FILE_COPY"


@dataclass(frozen=True)
class Club:
    """Where it is, and what it has sent."""

    address: str
    folder: Path
    database_url: str

    async def letter(self, to: str, about: str) -> Sent:
        """The latest letter to this address whose subject, or one of whose links, says so, as soon as there is one.

        Nobody asks for just the latest: a club that is open for minutes also writes of what was missed.
        """
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            found = [sent for sent in self.letters(to) if any(about in said for said in (sent.subject, *sent.links))]
            if found:
                return found[-1]
            await asyncio.sleep(0.05)
        raise AssertionError(f"no letter to {to} about {about!r} among {[(s.to, s.subject) for s in self.letters()]}")

    def grant(self, email: str, role: str) -> None:
        """Gives an office, as whoever keeps the server does."""
        environment = _environment(self.database_url, self.folder)
        granting = forked.start("grant", email, role, environment=environment, folder=self.folder)
        assert granting.wait(PATIENCE_S) == 0

    def letters(self, to: str | None = None) -> list[Sent]:
        """The letters so far, oldest first."""
        sent = [Sent.read(path) for path in sorted((self.folder / "mail").glob("*.eml"))]
        return [letter for letter in sent if to in (None, letter.to)]


@contextmanager
def demo_club(server: str, data: Path) -> Iterator[Club]:
    """A club as a newcomer's first start leaves it, open; limits are lifted, since all its people share one address."""
    folder = data / f"club_{secrets.token_hex(6)}"
    shutil.copytree(_filled(server, data), folder)
    with copied(server, _OF_THE_DEMO) as url, _opened(url, folder) as club:
        yield club


def _filled(server: str, data: Path) -> Path:
    """The folder of the demo, whose database is `ssc_demo`; whichever worker comes first has it made."""
    folder = data / "demo"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(2)")
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (_DEMO,)).fetchone() is None:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            with copied(server) as url:
                with _opened(url, folder):
                    """`ssc serve` fills an empty club before it answers."""
                made = sql.Identifier(str(psycopg.conninfo.conninfo_to_dict(url)["dbname"]))
                command = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
                connection.execute(command.format(sql.Identifier(_DEMO), made))
    return folder


@contextmanager
def _opened(database_url: str, folder: Path) -> Iterator[Club]:
    port = _free_port()
    log = folder / "serve.log"
    with log.open("wb") as output:
        server = forked.start(
            "serve",
            "--port",
            str(port),
            environment=_environment(database_url, folder),
            folder=folder,
            stdout=output.fileno(),
            stderr=output.fileno(),
        )
    try:
        _await_answer(server, f"http://localhost:{port}/readyz", log)
        yield Club(f"http://localhost:{port}", folder, database_url)
    finally:
        server.terminate()
        try:
            server.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
    assert '"level": "error"' not in log.read_text(), log.read_text()


def _environment(database_url: str, folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SSC_")}
    return {
        **kept,
        "SSC_DATABASE_URL": database_url,
        "SSC_DATA_DIR": str(folder),
        "SSC_LIMITS": "off",
        "SSC_LOG_LEVEL": "warning",
    }


def _await_answer(server: Forked, address: str, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if httpx.get(address).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError(f"the club did not open:\n{log.read_text()}")


def _free_port() -> int:
    """Below the range from which the system gives ports to clients."""
    while True:
        port = secrets.choice(_PORTS)
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) != 0:
                return port

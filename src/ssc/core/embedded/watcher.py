"""Knows who still uses an embedded server, and how to stop it safely when nobody does.

Also a program of its own, on the standard library alone: it sleeps until the last command has gone, however
that command died, and then stops the server. It costs one small process that never polls while the club works.
"""

import fcntl
import os
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

START_SECONDS = 300
STOP_SECONDS = 300
UNHEARD_SECONDS = 30  # within which a server that was started listens, be it only to say that it recovers
GRACE_SECONDS = 1.0  # so that a command restarted after a crash finds its server still warm


LOCKS = ("turn.lock", "users.lock", "presence.lock", "watcher.lock")


def lay_locks(folder: Path) -> None:
    """Makes the lock files. Nobody else does: a watcher must not put them back into a folder being deleted."""
    for name in LOCKS:
        os.close(os.open(folder / name, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600))


class Lock:
    """A lock file held by whoever opened it, until it is released or its holder dies, even by kill -9."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)

    def share(self) -> None:
        fcntl.flock(self.descriptor, fcntl.LOCK_SH)

    def take(self) -> None:
        fcntl.flock(self.descriptor, fcntl.LOCK_EX)

    def try_take(self) -> bool:
        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        fcntl.flock(self.descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        os.close(self.descriptor)

    def is_replaced(self) -> bool:
        """Whether the data folder was deleted under our feet and made anew: for another club, then."""
        with suppress(FileNotFoundError):
            return not os.path.samestat(os.fstat(self.descriptor), self.path.stat())
        return False


@dataclass(frozen=True)
class Server:
    folder: Path
    """Ours in the data folder: the locks, and the cluster unless that lives elsewhere."""
    cluster: Path
    sockets: Path
    binaries: Path
    uid: int
    gid: int

    @property
    def socket(self) -> Path:
        return self.sockets / ".s.PGSQL.5432"

    @property
    def starting(self) -> Path:
        """There while somebody starts the server: a starter may die before its server listens."""
        return self.folder / "starting"

    @property
    def identity(self) -> dict[str, Any]:
        return identity(self.uid, self.gid)

    @property
    def environment(self) -> dict[str, str]:
        return environment() | {"PGDATA": str(self.cluster)}


def identity(uid: int, gid: int) -> dict[str, Any]:
    """Arguments with which `subprocess` runs a program as this account; only root can, and needs to."""
    return {"user": uid, "group": gid, "extra_groups": []} if os.geteuid() == 0 else {}


def environment() -> dict[str, str]:
    """What PostgreSQL's programs may know of ours: no PG* variable that redirects them, and no secret."""
    allowed = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
    return {name: os.environ[name] for name in allowed if name in os.environ} | {"LC_ALL": "C"}


@contextmanager
def turn(folder: Path) -> Iterator[None]:
    """One at a time starts or stops the server of this folder."""
    try:
        lock = Lock(folder / "turn.lock")
    except FileNotFoundError:  # the folder was deleted, and with it everybody to wait for
        yield
        return
    try:
        lock.take()
        yield
    finally:
        lock.close()


class Use:
    """One command's hold on the server; take it and give it up within the turn of its folder."""

    def __init__(self, folder: Path) -> None:
        # Two locks: the watcher waits for the second at any moment, and that must not look like a user.
        self.users, self.presence = Lock(folder / "users.lock"), Lock(folder / "presence.lock")
        self.users.share()
        self.presence.share()

    def was_last(self) -> bool:
        self.users.release()
        return self.users.try_take()

    def close(self) -> None:
        self.users.close()
        self.presence.close()


def leave(server: Server, use: Use) -> None:
    """Ends one command's use; the last one out stops the server."""
    with turn(server.folder):
        if use.was_last() and not use.users.is_replaced():
            stop(server)


def is_listening(server: Server) -> bool:
    return _listener(server) is not None


def stop(server: Server) -> None:
    """Stops the process that listens on the club's socket, and no other, whatever the pid file says."""
    postmaster = _listener(server)
    if not postmaster:
        return
    if postmaster != recorded_postmaster(server) or not _stopped_by_pg_ctl(server):
        _interrupt(server, postmaster)
    server.starting.unlink(missing_ok=True)
    with suppress(OSError):
        if server.sockets != server.cluster:
            server.sockets.rmdir()


def _listener(server: Server) -> int | None:
    """The process behind the socket; 0 when there is one that cannot be told; None when nobody listens."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(10)
        try:
            connection.connect(os.fspath(server.socket))
        except (FileNotFoundError, ConnectionRefusedError):
            return None
        except OSError:
            return 0
        if sys.platform == "linux":
            credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
            return int(struct.unpack("3i", credentials)[0])
        return recorded_postmaster(server) if _is_named_by_its_command(server) else 0


def _is_named_by_its_command(server: Server) -> bool:
    """For systems whose sockets do not tell who listens: our servers carry their socket folder as an option."""
    process = str(recorded_postmaster(server))
    shown = subprocess.run(["ps", "-ww", "-o", "command=", "-p", process], capture_output=True)
    return os.fsencode(f"unix_socket_directories={server.sockets}") in shown.stdout


def recorded_postmaster(server: Server) -> int:
    try:
        return int((server.cluster / "postmaster.pid").read_bytes().split(b"\n")[0])
    except (OSError, ValueError):
        return 0


def _stopped_by_pg_ctl(server: Server) -> bool:
    command: list[str | Path] = [server.binaries / "pg_ctl", "stop", "-m", "fast"]
    command += ["-w", "-s", "-t", str(STOP_SECONDS)]
    try:
        done = subprocess.run(
            command,
            cwd="/",
            env=server.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # a second Ctrl-C must not leave the stopping half-way
            **server.identity,
        )
    except OSError:  # the virtual environment was deleted while the club was open
        return False
    return done.returncode == 0


def _interrupt(server: Server, postmaster: int) -> None:
    deadline = time.monotonic() + STOP_SECONDS
    with suppress(ProcessLookupError):
        os.kill(postmaster, signal.SIGINT)
    while is_listening(server) and time.monotonic() < deadline:
        time.sleep(0.02)


def ensure_watched(server: Server) -> None:
    """Leaves a process behind that stops the server when its last user has gone; one for each folder."""
    watching = Lock(server.folder / "watcher.lock")
    is_unwatched = watching.try_take()
    watching.close()
    if is_unwatched:
        _watch(server)


def _watch(server: Server) -> None:
    program = [sys.executable, "-I", "-S", __file__, *map(str, astuple(server))]
    subprocess.run(
        program,
        cwd="/",
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        check=True,
    )


def _watch_until_unused(server: Server, watching: Lock) -> None:
    users, presence = Lock(server.folder / "users.lock"), Lock(server.folder / "presence.lock")
    while True:
        presence.take()
        presence.release()
        if not _is_quiet(server):
            time.sleep(GRACE_SECONDS)
        if _has_ended(server, users, watching):
            return


def _has_ended(server: Server, users: Lock, watching: Lock) -> bool:
    """Stops what nobody uses. Gives the watch up within the turn, so that no new user counts on it."""
    with turn(server.folder):
        if users.is_replaced():
            return True
        if not users.try_take():
            return False
        stop(server)
        users.release()
        if not _is_quiet(server):
            return False
        watching.release()
        return True


def _is_quiet(server: Server) -> bool:
    return not is_listening(server) and not _is_about_to_listen(server)


def _is_about_to_listen(server: Server) -> bool:
    with suppress(FileNotFoundError):
        return time.time() < server.starting.stat().st_mtime + UNHEARD_SECONDS
    return False


def _main(folder: str, cluster: str, sockets: str, binaries: str, uid: str, gid: str) -> None:
    server = Server(Path(folder), Path(cluster), Path(sockets), Path(binaries), int(uid), int(gid))
    watching = Lock(server.folder / "watcher.lock")
    if watching.try_take() and os.fork() == 0:
        _watch_until_unused(server, watching)


if __name__ == "__main__":
    _main(*sys.argv[1:])

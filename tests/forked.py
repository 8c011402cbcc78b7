"""`ssc` without its second of imports: forked from a process that has made them.

What runs is what `python -m ssc` runs, in a process of its own, with its own environment, folder and output; only what
is the same every time is spared. A test of the start itself starts Python.
"""

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import FileSystemBytecodeCache

from ssc.cli import main
from ssc.web import templates

ROOT = Path(__file__).resolve().parent.parent
_HEAD = 4


class Forked:
    """A running command. It has what tests use of `Popen`."""

    def __init__(self, status: int) -> None:
        self.returncode: int | None = None
        self._status = os.fdopen(status)
        self.pid = int(self._status.readline())

    def poll(self) -> int | None:
        return self.returncode if self._has_ended(0) else None

    def wait(self, timeout: float | None = None) -> int:
        if not self._has_ended(timeout):
            raise subprocess.TimeoutExpired("ssc", timeout or 0)
        assert self.returncode is not None
        return self.returncode

    def send_signal(self, sig: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, sig)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _has_ended(self, timeout: float | None) -> bool:
        if self.returncode is None and select.select([self._status], [], [], timeout)[0]:
            self.returncode = int(self._status.readline())
            self._status.close()
        return self.returncode is not None


def start(
    *arguments: str, environment: Mapping[str, str], folder: Path, stdout: int | None = None, stderr: int | None = None
) -> Forked:
    """Begins `ssc` with these arguments. `stdout`, `stderr`: descriptors to write to, which the caller closes."""
    status, telling = os.pipe()
    quiet = os.open(os.devnull, os.O_RDWR)
    streams = [quiet if one is None else one for one in (None, stdout, stderr)]
    asked = json.dumps([arguments, dict(environment), str(folder)]).encode()
    door = _nursery()
    socket.send_fds(door, [len(asked).to_bytes(_HEAD, "big")], [*streams, telling])
    door.sendall(asked)
    os.close(quiet)
    os.close(telling)
    return Forked(status)


def share_templates(folder: Path) -> None:
    """Templates are compiled once for all processes of a run that have called this, not once in each."""
    compiled = folder / "templates"
    compiled.mkdir(exist_ok=True)
    templates.environment().bytecode_cache = FileSystemBytecodeCache(str(compiled))


@cache
def _nursery() -> socket.socket:
    """Where the process that forks is asked; it ends with this one."""
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-u", "-m", "tests.forked", str(theirs.fileno()), os.environ["SSC_TESTS_DATA_FOLDER"]]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()])
    theirs.close()
    atexit.register(_end, ours, process)
    return ours


def _end(door: socket.socket, process: "subprocess.Popen[bytes]") -> None:
    door.close()
    process.wait()


def _forking(door: socket.socket) -> list[str]:
    """Forks for ever; answers the arguments in each process that is to be `ssc`."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        head, fds, _flags, _address = socket.recv_fds(door, _HEAD, 4)
        if not head:
            raise SystemExit  # the tests have ended
        arguments, environment, folder = json.loads(_whole(door, int.from_bytes(head, "big")))
        if os.fork() == 0:
            door.close()
            return _minded(arguments, environment, folder, fds)
        for fd in fds:
            os.close(fd)


def _whole(door: socket.socket, length: int) -> bytes:
    read = b""
    while len(read) < length and (part := door.recv(length - len(read))):
        read += part
    return read


def _minded(arguments: list[str], environment: dict[str, str], folder: str, fds: list[int]) -> list[str]:
    """Forks once more: whoever waits for the command tells of its end."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    *streams, telling = fds
    pid = os.fork()
    if pid:
        os.write(telling, f"{pid}\n".encode())
        for stream in streams:
            os.close(stream)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        os.write(telling, f"{code}\n".encode())
        os._exit(0)
    os.close(telling)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    for stream in set(streams):
        os.close(stream)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    return arguments


if __name__ == "__main__":
    share_templates(Path(sys.argv[2]))
    main(_forking(socket.socket(fileno=int(sys.argv[1]))), prog_name="ssc")

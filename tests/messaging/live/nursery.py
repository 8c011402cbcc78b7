"""Serving processes that are ready at once: forked from one that has imported everything, and killed one by one.

What is served is what `ssc serve` serves; only the second of imports before it is spared, twenty times over.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from ssc.cli.failures import load_settings
from ssc.core.config import Settings
from ssc.server import serving
from tests.cli.commands import environment, free_port

ROOT = Path(__file__).resolve().parents[3]
PATIENCE_S = 60


class Nursery:
    """One club at one address, served by one process after the other."""

    def __init__(self, process: "subprocess.Popen[str]", port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._process = process
        self._pid = 0

    def begin(self) -> None:
        """Returns when the new process answers."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write("serve\n")
        self._process.stdin.flush()
        self._pid = int(self._process.stdout.readline())
        assert self._process.stdout.readline() == "open\n"

    def kill(self) -> None:
        """In the middle of whatever it does (kill -9)."""
        os.kill(self._pid, signal.SIGKILL)

    def tell(self, sig: signal.Signals) -> None:
        os.kill(self._pid, sig)

    def is_there(self) -> bool:
        return Path(f"/proc/{self._pid}").exists()

    def ends(self) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while self.is_there():
            assert time.monotonic() < deadline
            time.sleep(0.01)

    def memory(self) -> int:
        """KiB that are its own and not shared with the process it was forked from."""
        lines = Path(f"/proc/{self._pid}/smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith(("Private_Clean", "Private_Dirty")))


@contextmanager
def nursery(settings: Mapping[str, str], folder: Path) -> Iterator[Nursery]:
    """Nothing is served yet: `begin`."""
    port = free_port()
    log = (folder / "server.log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.messaging.live.nursery"],
        env=environment(SSC_PORT=str(port), PYTHONPATH=str(ROOT), **settings),
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )
    log.close()
    try:
        yield Nursery(process, port)
    finally:
        assert process.stdin and process.stdout
        process.stdin.close()
        process.wait(PATIENCE_S)
        process.stdout.close()


def main() -> None:
    """A line on standard input: another process. Its end: the end of all."""
    settings = load_settings()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    pid = 0
    for _line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _serve(settings)
        _say(str(pid))
    if pid:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _serve(settings: Settings) -> None:
    listening = serving.bound("127.0.0.1", settings.port)
    serving.serve(settings, listening, 1, lambda: _say("open"))
    os._exit(0)


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()

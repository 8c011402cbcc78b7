"""What a delivery costs the server: ours, the bare limit, what one writes first, and two peers, in one run.

python -m bench.fanout [--receivers 200 1000] [--idle 2000] [--times 3]
"""

import argparse
import asyncio
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import uvloop

BENCH = Path(__file__).resolve().parent
PEERS = {"ws": "ws@8", "socket.io": "socket.io@4"}
NAMES = {
    "ours": "core.live and push, no database",
    "framed": "bare pre-framed subclass",
    "loop": "Starlette, loop of send_text",
    "ws": "Node ws 8",
    "socket.io": "Socket.IO 4",
}
BURST = 64
TICK = os.sysconf("SC_CLK_TCK")


class Receiver(asyncio.Protocol):
    """A client that counts bytes: cheap enough not to be the limit."""

    def __init__(self, room: "Room") -> None:
        self.room = room
        self.began = b""
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.transport.write(
            f"GET {self.room.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        if self.opened.done():
            self.room.count(len(data))
            return
        self.began += data
        if b"\r\n\r\n" in self.began:
            self.opened.set_result(None)

    def say(self, text: bytes) -> None:
        mask = b"\0\0\0\0"
        self.transport.write(bytes([0x81, 0x80 | len(text)]) + mask + text)


class Room:
    """All the clients of one server."""

    def __init__(self, kind: str, port: int) -> None:
        self.kind, self.port = kind, port
        self.path = "/socket.io/?EIO=4&transport=websocket" if kind == "socket.io" else "/"
        self.clients: list[Receiver] = []
        self.counted = self.awaited = 0
        self.all_came: asyncio.Future[None] | None = None
        self.frame = 0

    def count(self, size: int) -> None:
        self.counted += size
        if self.all_came and self.counted >= self.awaited and not self.all_came.done():
            self.all_came.set_result(None)

    async def fill(self, number: int) -> None:
        loop = asyncio.get_running_loop()
        while len(self.clients) < number:
            fresh = [
                (await loop.create_connection(lambda: Receiver(self), "127.0.0.1", self.port))[1]
                for _ in range(min(50, number - len(self.clients)))
            ]
            await asyncio.gather(*(client.opened for client in fresh))
            if self.kind == "socket.io":
                for client in fresh:
                    client.say(b"40")
            self.clients += fresh
        await self._quiet()

    async def measure_frame(self) -> None:
        """How many bytes one delivery has, whatever the server makes of it."""
        self.counted = 0
        self._ask(1)
        await self._quiet()
        self.frame = self.counted // len(self.clients)

    async def round(self, burst: int) -> None:
        """Everybody has got `burst` frames when this returns."""
        self.counted, self.awaited = 0, burst * self.frame * len(self.clients)
        self.all_came = asyncio.get_running_loop().create_future()
        self._ask(burst)
        async with asyncio.timeout(60):
            await self.all_came
        self.all_came = None

    def _ask(self, burst: int) -> None:
        self.clients[0].say(b'42["go",%d]' % burst if self.kind == "socket.io" else b"%d" % burst)

    async def _quiet(self) -> None:
        before = -1
        while before != self.counted:
            before = self.counted
            await asyncio.sleep(0.4)


@dataclass(frozen=True)
class Row:
    """Microseconds of the server's CPU for one delivery, by receivers and burst; KiB for an idle connection."""

    kind: str
    costs: dict[tuple[int, int], float]
    idle: float

    @classmethod
    def lowest(cls, rows: "Sequence[Row]") -> "Row":
        """Neighbours only ever add."""
        costs = {at: min(row.costs[at] for row in rows) for at in rows[0].costs}
        return cls(rows[0].kind, costs, min(row.idle for row in rows))


def cpu(pid: int) -> float:
    """Seconds of processor time so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def memory(pid: int) -> int:
    """KiB resident."""
    [line] = [line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1])


@contextmanager
def serving(kind: str, modules: Path | None) -> Iterator[tuple[int, int]]:
    """Pid and port of a server on the first processor."""
    port = free_port()
    if kind in PEERS:
        command = ["node", str(BENCH / "fanout_node.js"), kind, str(port)]
    else:
        command = [sys.executable, "-m", "bench.fanout_servers", kind, str(port)]
    environment = os.environ | ({"NODE_PATH": str(modules)} if modules else {})
    server = subprocess.Popen(["taskset", "-c", "0", *command], cwd=BENCH.parent, env=environment)
    try:
        _wait(port)
        yield server.pid, port
    finally:
        server.kill()
        server.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"nothing answers on port {port}")


async def cost(pid: int, room: Room, burst: int, seconds: float) -> float:
    """Microseconds of the server's CPU for one delivery."""
    for _ in range(3):
        await room.round(burst)
    began, rounds = cpu(pid), 0
    while (spent := cpu(pid) - began) < seconds:
        for _ in range(4):
            await room.round(burst)
        rounds += 4
    return spent / (rounds * burst * len(room.clients)) * 1e6


def measured(kind: str, modules: Path | None, receivers: Sequence[int], idle: int, seconds: float) -> Row:
    async def measuring(pid: int, port: int) -> dict[tuple[int, int], float]:
        room, costs = Room(kind, port), {}
        for number in receivers:
            await room.fill(number)
            await room.measure_frame()
            for burst in (1, BURST):
                costs[number, burst] = await cost(pid, room, burst, seconds)
        return costs

    async def connecting(pid: int, port: int) -> float:
        room = Room(kind, port)
        await room.fill(50)  # what is loaded once is not counted
        before = memory(pid)
        await room.fill(50 + idle)
        return (memory(pid) - before) / idle

    with serving(kind, modules) as (pid, port):
        costs = uvloop.run(measuring(pid, port))
    with serving(kind, modules) as (pid, port):
        return Row(kind, costs, uvloop.run(connecting(pid, port)))


def peers(folder: Path) -> Path | None:
    """The packages of the peers, installed for this run only; None when that does not go."""
    if not (shutil.which("node") and shutil.which("npm")):
        return None
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), *PEERS.values()]
    done = subprocess.run(command, capture_output=True, check=False, timeout=300)
    return folder / "node_modules" if done.returncode == 0 else None


def table(rows: Sequence[Row], receivers: Sequence[int], absent: Sequence[str]) -> Iterator[str]:
    columns = [(number, burst) for burst in (1, BURST) for number in receivers]
    heads = [f"{number}, {'one at a time' if burst == 1 else f'bursts of {burst}'}" for number, burst in columns]
    yield "| server | " + " | ".join(f"µs, {head}" for head in heads) + " | KiB idle |"
    yield "| --- " * (len(columns) + 2) + "|"
    for row in rows:
        yield f"| {NAMES[row.kind]} | " + " | ".join(f"{row.costs[c]:.2f}" for c in columns) + f" | {row.idle:.0f} |"
    for kind in absent:
        yield f"| {NAMES[kind]} | " + "not measured | " * (len(columns) + 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--servers", nargs="+", choices=list(NAMES), default=list(NAMES))
    parser.add_argument("--receivers", type=int, nargs="+", default=[200, 1000])
    parser.add_argument("--idle", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=0.8, help="of the server's CPU for each figure")
    parser.add_argument("--times", type=int, default=3, help="all in turn, so often; the lowest figures count")
    chosen = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(16384, resource.getrlimit(resource.RLIMIT_NOFILE)[1]),) * 2)
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as folder:
        modules = peers(Path(folder)) if set(PEERS) & set(chosen.servers) else None
        absent = [kind for kind in chosen.servers if kind in PEERS and not modules]
        kinds = [kind for kind in chosen.servers if kind not in absent]
        runs = [
            [measured(kind, modules, chosen.receivers, chosen.idle, chosen.seconds) for kind in kinds]
            for _ in range(chosen.times)
        ]
        rows = [Row.lowest(of_one) for of_one in zip(*runs, strict=True)]
    print("\n".join(table(rows, chosen.receivers, absent)))
    print(f"the lowest of {chosen.times}; load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()

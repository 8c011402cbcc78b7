"""A cheap load: keep-alive connections that ask again as soon as they are answered, and note how long it took."""

import asyncio
import re
import statistics
import subprocess
import time
from dataclasses import dataclass
from typing import cast

import uvloop


@dataclass(frozen=True)
class Outcome:
    """What a run saw: requests a second, and the times of single requests in milliseconds."""

    rate: float
    p50: float
    p99: float
    answers: dict[int, int]

    def __str__(self) -> str:
        return f"{self.rate:8.0f} req/s   p50 {self.p50:7.2f} ms   p99 {self.p99:7.2f} ms   {self.answers}"


class _Asking(asyncio.Protocol):
    """One connection; reads answers by their Content-Length."""

    def __init__(self, requests: list[bytes], until: float, done: asyncio.Future[None]) -> None:
        self.requests, self.until, self.done = requests, until, done
        self.asked = 0
        self.times: list[float] = []
        self.statuses: dict[int, int] = {}
        self.buffer = b""
        self.needed = -1

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's own is no subclass
        self._ask()

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if self.needed < 0:
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            self._head(self.buffer[:end], end + 4)
        if len(self.buffer) >= self.needed:
            self.times.append(time.perf_counter() - self.began)
            self.buffer, self.needed = self.buffer[self.needed :], -1
            self._ask()

    def connection_lost(self, _error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)

    def _head(self, head: bytes, length: int) -> None:
        status = int(head[9:12])
        self.statuses[status] = self.statuses.get(status, 0) + 1
        lowered = head.lower()
        at = lowered.find(b"\r\ncontent-length:")
        body = 0 if at < 0 else int(lowered[at + 17 :].split(b"\r\n", 1)[0])
        self.needed = length + body

    def _ask(self) -> None:
        self.began = time.perf_counter()
        if self.began > self.until:
            self.transport.close()
            return
        self.transport.write(self.requests[self.asked % len(self.requests)])
        self.asked += 1


def request(path: str, host: str, headers: dict[str, str] | None = None) -> bytes:
    """The bytes of a GET."""
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", *(f"{k}: {v}" for k, v in (headers or {}).items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def run(port: int, requests: list[bytes], *, seconds: float = 5.0, connections: int = 8, warm: float = 1.0) -> Outcome:
    """Asks 127.0.0.1:`port` for that long after a warm-up; each connection begins elsewhere in the list."""
    uvloop.run(_run(port, requests, warm, connections))
    return uvloop.run(_run(port, requests, seconds, connections))


async def asking(port: int, requests: list[bytes], *, seconds: float, connections: int = 8) -> Outcome:
    """The same, for who runs a loop already."""
    await _run(port, requests, 1.0, connections)
    return await _run(port, requests, seconds, connections)


def by_wrk(port: int, path: str, headers: dict[str, str], seconds: float, *, connections: int = 8) -> Outcome:
    """The same by `wrk` (Debian's package), on the second processor, after a warm-up of a second."""
    command = ["taskset", "-c", "1", "wrk", "-t1", f"-c{connections}", "--latency"]
    command += [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    where = f"http://127.0.0.1:{port}{path}"
    subprocess.run([*command, "-d1", where], check=True, capture_output=True)
    said = subprocess.run([*command, f"-d{seconds:.0f}", where], check=True, capture_output=True, text=True).stdout
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    found = re.search(r"(\d+) requests in", said)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert found and rate, said
    return Outcome(
        float(rate[1]),
        _milliseconds(said, 50),
        _milliseconds(said, 99),
        {200: int(found[1]), 0: int(bad[1]) if bad else 0},
    )


def _milliseconds(said: str, percentile: int) -> float:
    found = re.search(rf"{percentile}%\s+([\d.]+)(us|ms|s)", said)
    assert found, said
    return float(found[1]) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[found[2]]


async def _run(port: int, requests: list[bytes], seconds: float, connections: int) -> Outcome:
    loop = asyncio.get_running_loop()
    until = time.perf_counter() + seconds
    asking: list[_Asking] = []
    waits: list[asyncio.Future[None]] = []
    for number in range(connections):
        done: asyncio.Future[None] = loop.create_future()
        begin = number * len(requests) // connections
        made = _Asking(requests[begin:] + requests[:begin], until, done)
        await loop.create_connection(lambda made=made: made, "127.0.0.1", port)  # type: ignore[misc]
        asking.append(made)
        waits.append(done)
    await asyncio.gather(*waits)
    times = sorted(t * 1000 for one in asking for t in one.times)
    answers: dict[int, int] = {}
    for one in asking:
        for status, n in one.statuses.items():
            answers[status] = answers.get(status, 0) + n
    return Outcome(len(times) / seconds, statistics.median(times), times[int(len(times) * 0.99)], answers)

"""What the messages of the whole product cost, next to what is bare: served club, PostgreSQL, rights and all.

python -m bench.messages [deliver sends acks memory resume reads synapse] [--seconds 5]
"""

import argparse
import asyncio
import contextlib
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import uvloop

from bench import messages_club, messages_reads, messages_synapse
from bench.fanout import free_port, memory
from bench.messages_club import Club, Person
from bench.sockets import Socket, greeted, opened

BODY = "A message of some two hundred bytes. " * 5
ROOM = 200
EVERY_S = 0.05


@dataclass(frozen=True)
class Times:
    """Milliseconds."""

    all: list[float]

    @property
    def p50(self) -> float:
        return statistics.median(self.all)

    @property
    def p99(self) -> float:
        return sorted(self.all)[int(len(self.all) * 0.99)]

    def __str__(self) -> str:
        return f"p50 {self.p50:7.2f} ms   p99 {self.p99:7.2f} ms   ({len(self.all)})"


class Sender:
    """One socket whose sends are awaited."""

    def __init__(self, thread: str) -> None:
        self.thread = thread
        self.number = 0
        self._acks: dict[str, asyncio.Future[float]] = {}

    async def connect(self, port: int, token: str) -> "Sender":
        self.socket = await greeted(port, token, heard=self._hear)
        return self

    async def send(self) -> float:
        """Milliseconds to its ack."""
        self.number += 1
        client_id = f"{id(self)}-{self.number}"
        self._acks[client_id] = asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        self.socket.say("send", client_id=client_id, thread_id=self.thread, body=BODY)
        return (await self._acks[client_id] - began) * 1000

    def _hear(self, text: bytes, at: float) -> None:
        if text.startswith(b'{"op":"ack"'):
            client_id = text.split(b'"client_id":"', 1)[1].split(b'"', 1)[0].decode()
            self._acks.pop(client_id).set_result(at)
        elif text.startswith(b'{"op":"problem"'):
            raise SystemExit(f"refused: {text.decode()}")


async def deliver(club: Club, port: int, seconds: float) -> None:
    """Send to delivery at 20 messages a second to 200 receivers."""
    people = club.people[: ROOM + 1]
    thread = await club.thread(people)
    came: list[float] = []

    def heard(text: bytes, at: float) -> None:
        if text.startswith(b'{"op":"message"'):
            came.append(at)

    sockets = [await greeted(port, person.token, heard=heard) for person in people[1:]]
    sender = await Sender(thread).connect(port, people[0].token)
    ours = await _delivered(came, seconds, sender.send)
    _hang_up([*sockets, sender.socket])
    bare = await _bare_delivery(seconds)
    print(f"send to delivery, 20/s to {ROOM}: ours {ours}\n   bare pre-framed {bare}")
    print(f"   ratio p50 {ours.p50 / bare.p50:.2f}, p99 {ours.p99 / bare.p99:.2f} (target: at most 3)", flush=True)


async def _delivered(came: list[float], seconds: float, send: Callable[[], Awaitable[object]]) -> Times:
    times: list[float] = []
    for number in range(int(seconds / EVERY_S) + 20):
        came.clear()
        began = time.perf_counter()
        await send()
        while len(came) < ROOM:  # noqa: ASYNC110  # counted by callbacks
            await asyncio.sleep(0.001)
        if number >= 20:
            times += [(at - began) * 1000 for at in came]
        await asyncio.sleep(max(0.0, EVERY_S - (time.perf_counter() - began)))
    return Times(times)


async def _bare_delivery(seconds: float) -> Times:
    port = free_port()
    command = ["taskset", "-c", "0", sys.executable, "-m", "bench.fanout_servers", "framed", str(port)]
    server = subprocess.Popen(command)  # noqa: ASYNC220  # nothing else waits for this loop yet
    came: list[float] = []
    try:
        first = await _patiently(lambda: opened(port, path="/"))
        sockets = [await opened(port, path="/", heard=lambda _text, at: came.append(at)) for _ in range(ROOM)]

        async def send() -> None:
            first.text(b"1")

        return await _delivered(came, seconds, send)
    finally:
        _hang_up([first, *sockets])
        server.kill()
        server.wait()


async def _patiently(connect: Callable[[], Awaitable[Socket]]) -> Socket:
    for _ in range(600):
        with contextlib.suppress(OSError):
            return await connect()
        await asyncio.sleep(0.1)
    raise SystemExit("the bare server does not answer")


async def sends(club: Club, port: int, seconds: float) -> None:
    """Durable sends a second over 64 sockets that each wait for their ack."""
    people = club.people[:64]
    core = _bare_commits("core", club.url, 64, seconds)
    print(f"single-row commits by SQLAlchemy Core, 64 writers: {core[0]:.0f}/s (p50 {core[1]:.1f} ms)", flush=True)
    for kind in ("topic", "group"):
        apart = await club.threads(64, [[person, club.people[64]] for person in people], kind)
        one = await club.thread([*people, club.people[64]], kind)
        many = await _rate(port, people, apart, seconds)
        single = await _rate(port, people, [one] * 64, seconds)
        print(
            f"durable sends, threads of kind {kind}: 64 threads {many:.0f}/s, {many / core[0]:.2f} times Core's; "
            f"one thread of 65 {single:.0f}/s, {single / core[0]:.2f} times Core's (target: 1.5); "
            f"one to 64 {single / many:.2f} (target: 0.5)",
            flush=True,
        )


async def _rate(port: int, people: Sequence[Person], threads: Sequence[str], seconds: float) -> float:
    senders = [await Sender(thread).connect(port, person.token) for person, thread in zip(people, threads, strict=True)]
    await asyncio.gather(*(sender.send() for sender in senders))
    done = 0
    until = time.perf_counter() + seconds

    async def go_on(sender: Sender) -> None:
        nonlocal done
        while time.perf_counter() < until:
            await sender.send()
            done += 1

    await asyncio.gather(*(go_on(sender) for sender in senders))
    _hang_up([sender.socket for sender in senders])
    return done / seconds


def _bare_commits(kind: str, url: str, writers: int, seconds: float) -> tuple[float, float, float]:
    command = ["taskset", "-c", "0", sys.executable, "-m", "bench.commits", kind, url, str(writers), str(seconds)]
    rate, p50, p99 = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(rate), float(p50), float(p99)


async def acks(club: Club, port: int, seconds: float) -> None:
    """How long a sender waits: one alone, and fifty that send a hundred a second together."""
    bare = _bare_commits("driver", club.url, 1, seconds)
    people = club.people[:50]
    thread = await club.thread(people)
    alone = await Sender(thread).connect(port, people[0].token)
    for _ in range(50):
        await alone.send()
    until = time.perf_counter() + seconds
    one = []
    while time.perf_counter() < until:
        one.append(await alone.send())
    _hang_up([alone.socket])
    print(f"ack, one sender: {Times(one)}\n   bare commit: p50 {bare[1]:.2f} ms   p99 {bare[2]:.2f} ms")
    print(f"   ratio p50 {Times(one).p50 / bare[1]:.2f} (target: at most 4)", flush=True)
    senders = [await Sender(thread).connect(port, person.token) for person in people]

    async def at_times(sender: Sender, offset: float) -> list[float]:
        await asyncio.sleep(offset)
        times, began = [], time.perf_counter()
        for number in range(int(seconds * 2)):
            await asyncio.sleep(max(0.0, began + number * 0.5 - time.perf_counter()))
            times.append(await sender.send())
        return times

    all_times = await asyncio.gather(*(at_times(sender, number * 0.01) for number, sender in enumerate(senders)))
    print(f"ack, 100/s from 50 senders in one thread: {Times([t for times in all_times for t in times])}", flush=True)
    _hang_up([sender.socket for sender in senders])


async def memory_of(club: Club, port: int, seconds: float) -> None:
    """KiB for each of 2,000 connections of as many members, in a great thread and three small ones each."""
    people = club.people[:2050]
    await club.thread(people, "chapter")
    for start in range(0, len(people), 50):
        for _ in range(3):
            await club.thread(people[start : start + 50])
    pid = _serving(port)
    first = await _all_greeted(port, people[:50])
    await asyncio.sleep(2)
    before = memory(pid)
    rest = await _all_greeted(port, people[50:])
    await asyncio.sleep(2)
    each = (memory(pid) - before) / len(rest)
    print(f"memory of an idle connection, at {len(rest)}: {each:.1f} KiB (target: at most 40)", flush=True)
    _hang_up([*first, *rest])


async def resume(club: Club, port: int, seconds: float) -> None:
    """A thousand sockets that each missed 20 messages come back at once."""
    people = club.people[:1000]
    thread = await club.thread(people, "chapter")
    sockets = await _all_greeted(port, people)
    _hang_up(sockets)
    sender = await Sender(thread).connect(port, people[0].token)
    for _ in range(20):
        await sender.send()
    _hang_up([sender.socket])
    began = time.perf_counter()
    refused: list[object] = []

    async def come_back(person: Person) -> Socket | None:
        told, all_told = 0, asyncio.Event()

        def heard(text: bytes, _at: float) -> None:
            nonlocal told
            told += text.startswith(b'{"op":"message"')
            if told == 20:
                all_told.set()

        try:
            socket = await greeted(port, person.token, {thread: 0}, heard)
        except ConnectionError as failed:
            refused.append(failed)
            return None
        await all_told.wait()
        return socket

    async with asyncio.timeout(120):
        back = await asyncio.gather(*(come_back(person) for person in people))
    spent = time.perf_counter() - began
    print(f"resume of 1,000 that missed 20 each: {spent:.1f} s, {len(refused)} refused (target: under 10 s, none)")
    _hang_up([socket for socket in back if socket])


async def _all_greeted(port: int, people: Sequence[Person]) -> list[Socket]:
    found: list[Socket] = []
    for start in range(0, len(people), 50):
        found += await asyncio.gather(*(greeted(port, person.token) for person in people[start : start + 50]))
    return found


def _hang_up(sockets: Sequence[Socket]) -> None:
    for socket in sockets:
        socket.transport.close()


def _serving(port: int) -> int:
    """The pid of who listens there."""
    [pid] = {
        int(line.split("pid=")[1].split(",")[0])
        for line in subprocess.run(["ss", "-Hltnp"], capture_output=True, text=True, check=True).stdout.splitlines()
        if f":{port} " in line
    }
    return pid


ROWS: dict[str, Callable[[Club, int, float], Awaitable[None]]] = {
    "deliver": deliver,
    "sends": sends,
    "acks": acks,
    "memory": memory_of,
    "resume": resume,
    "reads": messages_reads.measure,
    "synapse": messages_synapse.measure,
}
PEOPLE = {"memory": 2050, "resume": 1000, "reads": 320}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", choices=list(ROWS), default=list(ROWS))
    parser.add_argument("--seconds", type=float, default=5, help="for each figure")
    chosen = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(16384, resource.getrlimit(resource.RLIMIT_NOFILE)[1]),) * 2)
    with tempfile.TemporaryDirectory(prefix="ssc-bench-", dir="/var/tmp") as held:
        folder = Path(held)
        folder.chmod(0o711)
        with messages_club.database(folder) as url:
            club = asyncio.run(messages_club.made(url, folder, max(PEOPLE.get(row, ROOM + 1) for row in chosen.rows)))
            for row in chosen.rows:
                with club.served() as port:
                    uvloop.run(_measured(row, club, port, chosen.seconds))


async def _measured(row: str, club: Club, port: int, seconds: float) -> None:
    await ROWS[row](club, port, seconds)
    print(f"   ({row}: load average {os.getloadavg()[0]:.1f})", flush=True)


if __name__ == "__main__":
    main()

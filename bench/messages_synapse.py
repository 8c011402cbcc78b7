"""One Synapse (SQLite) beside the club: installed for this run only, a room of 50, the same load on both.

Installed from the Python index into an environment of its own. Where that does not go, it is named as not measured.
"""

import asyncio
import contextlib
import hashlib
import hmac
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from bench.fanout import free_port
from bench.messages_club import Club
from bench.sockets import greeted

ROOM = 50
SENDERS = 16
INSTALL_S = 240
SECRET = "for-the-bench-alone"


class NotMeasured(Exception):
    """The message says why."""


async def measure(club: Club, port: int, seconds: float) -> None:
    ours = await _ours(club, port, seconds)
    print(f"ours, room of {ROOM}, {SENDERS} senders: {ours[0]:.0f} sends/s; alone: delivery p50 {ours[1]:.2f} ms")
    with tempfile.TemporaryDirectory(prefix="ssc-synapse-", dir="/var/tmp") as folder:
        try:
            with _synapse(Path(folder)) as url:
                theirs = await _theirs(url, seconds)
        except (NotMeasured, OSError, httpx.HTTPError, subprocess.SubprocessError, KeyError) as failed:
            print(f"Synapse: not measured ({type(failed).__name__}: {failed})")
            return
    print(f"Synapse, SQLite: {theirs[0]:.1f} sends/s; delivery p50 {theirs[1]:.1f} ms")
    print(f"   sends {ours[0] / theirs[0]:.0f} times (target: 20), delivery {ours[1] / theirs[1]:.2f} (target: 0.2)")


async def _ours(club: Club, port: int, seconds: float) -> tuple[float, float]:
    """Sends a second of sixteen senders, and the median delivery to fifty of one message every 50 ms."""
    people = club.people[:ROOM]
    thread = await club.thread(people, "group")
    came: list[float] = []
    acks: dict[str, asyncio.Future[None]] = {}

    def heard(text: bytes, at: float) -> None:
        if text.startswith(b'{"op":"message"'):
            came.append(at)
        elif text.startswith(b'{"op":"ack"'):
            acks.pop(text.split(b'"client_id":"', 1)[1].split(b'"', 1)[0].decode()).set_result(None)

    sockets = [await greeted(port, person.token, heard=heard) for person in people]

    async def send(number: int, count: int) -> None:
        client_id = f"{number}-{count}"
        acks[client_id] = asyncio.get_running_loop().create_future()
        sockets[number].say("send", client_id=client_id, thread_id=thread, body=f"message {client_id}")
        await acks[client_id]

    done, until = 0, time.perf_counter() + seconds

    async def go_on(number: int) -> None:
        nonlocal done
        while time.perf_counter() < until:
            await send(number, done)
            done += 1

    await asyncio.gather(*(go_on(number) for number in range(SENDERS)))
    await asyncio.sleep(1)
    times: list[float] = []
    for count in range(40):
        came.clear()
        began = time.perf_counter()
        await send(0, 10**9 + count)
        while len(came) < ROOM:  # noqa: ASYNC110  # counted by callbacks
            await asyncio.sleep(0.001)
        times += [(at - began) * 1000 for at in came]
        await asyncio.sleep(0.05)
    for socket in sockets:
        socket.transport.close()
    return done / seconds, statistics.median(times)


@contextlib.contextmanager
def _synapse(folder: Path) -> Iterator[str]:
    python = folder / "venv" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True, timeout=120)
    install = [str(python), "-m", "pip", "install", "--quiet", "matrix-synapse", "setuptools<81"]
    done = subprocess.run(install, capture_output=True, text=True, timeout=INSTALL_S, check=False)
    if done.returncode:
        raise NotMeasured("it does not install: " + done.stderr.strip().splitlines()[-1][:200])
    port = free_port()
    config = folder / "homeserver.yaml"
    made = [str(python), "-m", "synapse.app.homeserver", "--server-name", "bench", "--config-path", str(config)]
    made += ["--generate-config", "--report-stats", "no", "--data-directory", str(folder)]
    subprocess.run(made, check=True, capture_output=True, cwd=folder, timeout=120)
    text = re.sub(r"port: 8008", f"port: {port}", config.read_text())
    text = re.sub(r"registration_shared_secret: .*", f'registration_shared_secret: "{SECRET}"', text)
    free = "{per_second: 100000, burst_count: 100000}"
    limits = "".join(f"{name}: {free}\n" for name in ("rc_message", "rc_registration", "rc_joins_per_room"))
    limits += f"rc_joins: {{local: {free}}}\n"
    limits += f"rc_invites: {{per_room: {free}, per_user: {free}, per_issuer: {free}}}\n"
    config.write_text(text + "\n" + limits)
    command = ["taskset", "-c", "0", str(python), "-m", "synapse.app.homeserver", "--config-path", str(config)]
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.kill()
        server.wait()


def _wait(url: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{url}/_matrix/client/versions").status_code == 200:
                return
        time.sleep(0.2)
    raise NotMeasured("it does not start")


class Person:
    """Somebody on that server, who listens by /sync."""

    def __init__(self, http: httpx.AsyncClient, token: str) -> None:
        self._http = http
        self._headers = {"Authorization": f"Bearer {token}"}
        self.since = ""

    async def call(self, method: str, path: str, **given: Any) -> Any:
        answer = await self._http.request(method, f"/_matrix/client/v3{path}", headers=self._headers, **given)
        answer.raise_for_status()
        return answer.json()

    async def send(self, room: str, number: str) -> None:
        content = {"msgtype": "m.text", "body": f"message {number}"}
        await self.call("PUT", f"/rooms/{room}/send/m.room.message/{number}", json=content)

    async def sync(self, wait_s: int) -> float:
        asked = {"timeout": str(wait_s * 1000)} | ({"since": self.since} if self.since else {})
        told = await self.call("GET", "/sync", params=asked)
        self.since = told["next_batch"]
        return time.perf_counter()


async def _theirs(url: str, seconds: float) -> tuple[float, float]:
    limits = httpx.Limits(max_connections=200)
    async with httpx.AsyncClient(base_url=url, timeout=60, limits=limits) as http:
        people = [Person(http, await _registered(http, f"person{number}")) for number in range(ROOM)]
        made = await people[0].call("POST", "/createRoom", json={"preset": "public_chat"})
        room = made["room_id"]
        for person in people[1:]:
            await person.call("POST", f"/join/{room}", json={})
        done, until = 0, time.perf_counter() + seconds

        async def go_on(person: Person) -> None:
            nonlocal done
            while time.perf_counter() < until:
                done += 1
                await person.send(room, f"{done}")

        await asyncio.gather(*(go_on(person) for person in people[:SENDERS]))
        rate = done / seconds
        await asyncio.gather(*(person.sync(0) for person in people))
        times: list[float] = []
        for number in range(20):
            await asyncio.gather(*(person.sync(0) for person in people))
            waiting = [asyncio.create_task(person.sync(20)) for person in people[1:]]
            await asyncio.sleep(0.5)
            began = time.perf_counter()
            await people[0].send(room, f"delivered-{number}")
            times += [(at - began) * 1000 for at in await asyncio.gather(*waiting)]
        return rate, statistics.median(times)


async def _registered(http: httpx.AsyncClient, name: str) -> str:
    where = "/_synapse/admin/v1/register"
    nonce = (await http.get(where)).json()["nonce"]
    parts = "\x00".join([nonce, name, "password", "notadmin"])
    mac = hmac.new(SECRET.encode(), parts.encode(), hashlib.sha1).hexdigest()
    told = {"nonce": nonce, "username": name, "password": "password", "admin": False, "mac": mac}
    answer = await http.post(where, json=told)
    token: str = answer.json()["access_token"]
    return token

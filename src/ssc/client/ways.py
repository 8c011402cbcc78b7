"""The two ways in which frames come and go: a socket, and long polling where no socket gets through."""

import asyncio
import json
from contextlib import suppress
from typing import Any, Protocol

from httpx import TransportError
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from ssc import tasks
from ssc.client.outbox import Outbox
from ssc.client.problems import ClubProblem
from ssc.client.progress import Progress
from ssc.client.shapes import Frame, Message, Thread

OPENING_S = 10.0
WELCOME_S = 60.0
"""After a restart thousands come back at once, and each is served in turn."""
WAIT_S = 25
TURN_S = 300.0
"""So long is polled before a socket is tried again."""


class Listening(Protocol):
    """Who hears the frames."""

    progress: Progress
    outbox: Outbox

    async def hear(self, frame: Frame) -> None: ...
    def greeted(self, threads: list[Thread], by: str) -> None: ...


class Reached(Protocol):
    """The club over HTTP, as far as lines need it."""

    url: str
    token: str | None

    def credentials(self) -> dict[str, str]: ...
    async def send(self, thread_id: str, body: str, *, client_id: str | None = None, **more: Any) -> Message: ...
    async def call(self, method: str, path: str, *, tries: int = ..., **given: Any) -> Any: ...


class Socket:
    """One connection, from its handshake to its end."""

    def __init__(self, club: Reached, live: Listening) -> None:
        self._club = club
        self._live = live
        self._open: ClientConnection | None = None

    async def run(self) -> None:
        """Returns or raises when the line is down."""
        address = "ws" + self._club.url.removeprefix("http") + "/api/v1/live"
        async with connect(
            address,
            additional_headers=self._club.credentials(),
            origin=None if self._club.token else self._club.url,  # type: ignore[arg-type]  # theirs is a NewType of str
            open_timeout=OPENING_S,
            max_size=None,
        ) as opened:
            await opened.send(_text({"op": "hello", "have": self._live.progress.have}))
            async with asyncio.timeout(WELCOME_S):
                welcome = json.loads(await opened.recv())
            self._live.greeted(welcome["threads"], "socket")
            self._live.outbox.begin_again()
            self._open = opened
            try:
                async with tasks.beside(self._send(opened), self._ping(opened, welcome["heartbeat_s"])):
                    async for text in opened:
                        await self._live.hear(json.loads(text))
            finally:
                self._open = None

    async def say(self, frame: Frame) -> bool:
        """Says what is of no use later; False where there is no socket."""
        if self._open is None:
            return False
        with suppress(ConnectionClosed):
            await self._open.send(_text(frame))
        return True

    async def _send(self, opened: ClientConnection) -> None:
        while True:
            await opened.send(_text(await self._live.outbox.next()))

    async def _ping(self, opened: ClientConnection, every_s: float) -> None:
        while True:
            await asyncio.sleep(every_s)
            await opened.send('{"op":"ping"}')


class Polling:
    """Asks `GET /updates` again and again."""

    def __init__(self, club: Reached, live: Listening) -> None:
        self._club = club
        self._live = live

    async def run(self) -> None:
        """Returns after a while, so that a socket is tried again."""
        threads = [frame["thread"] for frame in await self._frames(0) if frame["op"] == "thread"]
        self._live.greeted([thread for thread in threads if "left" not in thread], "polling")
        self._live.outbox.begin_again()
        async with tasks.beside(self._send()):
            with suppress(TimeoutError):
                async with asyncio.timeout(TURN_S):
                    while True:
                        for frame in await self._frames(WAIT_S):
                            await self._live.hear(frame)

    async def _frames(self, wait: int) -> list[Frame]:
        have = ",".join(f"{thread_id}:{rev}" for thread_id, rev in self._live.progress.have.items())
        answer = await self._club.call("GET", "/updates", params={"have": have, "wait": str(wait)})
        frames: list[Frame] = answer["frames"]
        return frames

    async def _send(self) -> None:
        while True:
            frame = dict(await self._live.outbox.next())
            frame.pop("op")
            client_id, thread_id, body = frame.pop("client_id"), frame.pop("thread_id"), frame.pop("body")
            try:
                stored = await self._club.send(thread_id, body, client_id=client_id, **frame)
            except ClubProblem as refused:
                self._live.outbox.refuse(client_id, refused)
            except TransportError:
                self._live.outbox.postpone(client_id)
            else:
                ack = {"client_id": client_id, "thread_id": thread_id, "seq": stored["seq"], "rev": stored["rev"]}
                await self._live.hear({"op": "ack", **ack})


def _text(frame: Frame) -> str:
    return json.dumps(frame, ensure_ascii=False, separators=(",", ":"))

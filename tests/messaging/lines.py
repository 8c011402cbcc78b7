"""A client's end of the socket, in process: frames in, frames out, and how it was closed."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from fastapi import FastAPI

from ssc.core import ids
from tests.messaging.rooms import Room

PATIENCE_S = 60


class Closed(Exception):
    """The server closed the socket with this code; before it was accepted, that is HTTP 403."""

    def __init__(self, code: int, accepted: bool) -> None:
        super().__init__(f"closed {code}")
        self.code = code
        self.accepted = accepted


class Line:
    """One socket. What the client does not read waits without bound: here nobody is slow."""

    def __init__(self, app: FastAPI, headers: dict[str, str]) -> None:
        raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        scope = {
            "type": "websocket", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "ws", "headers": raw,
            "path": "/api/v1/live", "raw_path": b"/api/v1/live", "query_string": b"", "root_path": "",
            "client": ("127.0.0.1", 4711), "server": ("localhost", 8000), "subprotocols": [], "extensions": {},
        }  # fmt: skip
        self._to_app: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._from_app: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._to_app.put_nowait({"type": "websocket.connect"})
        self._task = asyncio.create_task(app(scope, self._to_app.get, self._send))  # type: ignore[arg-type]
        self._accepted = False
        self.missed: list[dict[str, Any]] = []

    async def _send(self, message: dict[str, Any]) -> None:
        self._from_app.put_nowait(message)
        if message["type"] == "websocket.close":
            self._to_app.put_nowait({"type": "websocket.disconnect", "code": message.get("code", 1000)})

    async def frame(self) -> dict[str, Any]:
        """The next frame; raises `Closed`."""
        async with asyncio.timeout(PATIENCE_S):
            message = await self._from_app.get()
        if message["type"] == "websocket.accept":
            self._accepted = True
            return await self.frame()
        if message["type"] == "websocket.close":
            raise Closed(message.get("code", 1000), self._accepted)
        content: dict[str, Any] = json.loads(message["text"])
        return content

    async def until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first frame that is wanted; those before it go to `missed`."""
        while not wanted(frame := await self.frame()):
            self.missed.append(frame)
        return frame

    async def op(self, op: str) -> dict[str, Any]:
        return await self.until(lambda frame: frame["op"] == op)

    async def message(self) -> dict[str, Any]:
        found: dict[str, Any] = (await self.op("message"))["message"]
        return found

    async def quiet(self) -> list[str]:
        """What has come by now: a ping is answered behind all that was written before."""
        self.say("ping")
        before = len(self.missed)
        await self.op("pong")
        return [frame["op"] for frame in self.missed[before:]]

    def say(self, op: str, **content: Any) -> None:
        self.text(json.dumps({"op": op, **content}))

    def text(self, text: str) -> None:
        self._to_app.put_nowait({"type": "websocket.receive", "text": text})

    async def hello(self, **have: int) -> dict[str, Any]:
        """Answers the welcome."""
        self.say("hello", have=have)
        return await self.op("welcome")

    async def send(self, room: Room, body: str, **more: Any) -> dict[str, Any]:
        """Sends, and answers the ack (or the problem)."""
        self.say("send", **{"client_id": str(ids.new()), "thread_id": str(room.id), "body": body, **more})
        return await self.until(lambda frame: frame["op"] in ("ack", "problem"))

    async def closed(self) -> Closed:
        """Reads on until the server closes."""
        while True:
            try:
                await self.frame()
            except Closed as closed:
                return closed

    async def hang_up(self) -> None:
        self._to_app.put_nowait({"type": "websocket.disconnect", "code": 1001})
        with suppress(asyncio.TimeoutError):
            async with asyncio.timeout(PATIENCE_S):
                await asyncio.shield(self._task)


@asynccontextmanager
async def line(app: FastAPI, **headers: str) -> AsyncIterator[Line]:
    made = Line(app, {"host": "localhost:8000", **headers})
    try:
        yield made
    finally:
        await made.hang_up()

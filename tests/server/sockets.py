"""A server of sockets in the test's own loop, with a small application on `core.live`, and its clients."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn import Config, Server
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.asyncio.client import ClientConnection, connect

from ssc.core.live import Live, Outlet
from ssc.server.protocol import BoundedProtocol
from ssc.server.push import PushProtocol
from ssc.server.serving import FRAME_LIMIT, bound
from tests.cli.commands import free_port

THREAD = "thread:0198a000-0000-7000-8000-000000000001"
KINDS: dict[str, type[WebSocketsSansIOProtocol]] = {"ours": PushProtocol, "plain": WebSocketsSansIOProtocol}
"""Ours, and any other ASGI server's way."""
HANDSHAKE = (
    b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)


class Listener:
    """A receiver that writes to its socket, and says again what it hears."""

    session_id: UUID | None = None
    blocked: frozenset[UUID] = frozenset()

    def __init__(self, room: "Room", outlet: Outlet) -> None:
        self.member_id = uuid4()
        self.room = room
        self.outlet = outlet

    def write(self, frames: Sequence[bytes]) -> None:
        self.outlet.write(frames)

    def ended(self, code: int) -> None:
        self.outlet.close(code)

    def noticed(self, notice: str) -> None: ...

    def admitted(self, channel: str) -> None:
        return

    def refreshed(self) -> None:
        return

    def heard(self, text: str) -> None:
        self.room.said.append(text)
        self.outlet.write([text.encode()])
        asyncio.get_running_loop().call_soon(self.outlet.proceed)

    def lost(self, code: int) -> None:
        self.room.closed.append(code)
        self.room.here.remove(self)
        self.room.live.part(self)


class Room:
    """Everybody who connects follows one thread from the beginning, and gets back what she sends."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self.here: list[Listener] = []
        self.closed: list[int] = []
        self.said: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        async with Outlet(scope, receive, send) as outlet:
            listener = Listener(self, outlet)
            self.here.append(listener)
            await self.live.join(listener)
            await self.live.follow(listener, THREAD)
            self.live.caught_up(listener, THREAD, 0)
            outlet.write([b"welcome"])
            await outlet.listen(listener)


@dataclass
class Served:
    """A server that runs in the test's loop."""

    server: Server
    task: "asyncio.Task[None]"
    address: tuple[str, int]

    @property
    def url(self) -> str:
        return f"ws://{self.address[0]}:{self.address[1]}/"

    async def client(self, **options: Any) -> ClientConnection:
        """Connected, and welcomed."""
        made = await connect(self.url, proxy=None, **options)
        assert await made.recv() == "welcome"
        return made

    async def end(self) -> None:
        """As SIGTERM does."""
        self.server.should_exit = True
        await self.task


@asynccontextmanager
async def serving(app: ASGIApp, ws: type[asyncio.Protocol] = PushProtocol, **options: Any) -> AsyncIterator[Served]:
    listening = bound("127.0.0.1", free_port())
    config = Config(
        app,
        http=BoundedProtocol,
        ws=ws,
        ws_max_size=FRAME_LIMIT,
        lifespan="off",
        log_config=None,
        access_log=False,
        **{"timeout_graceful_shutdown": 5, **options},
    )
    server = Server(config)
    served = Served(server, asyncio.create_task(server._serve([listening])), listening.getsockname())
    try:
        yield served
    finally:
        await served.end()

"""Servers of one room, to be measured: whoever sends a number makes that many frames go out to everybody.

python -m bench.fanout_servers ours|framed|loop PORT
"""

import asyncio
import gc
import sys
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from ssc.core.live import Live, Outlet, Publication
from ssc.core.live.bus import Alone
from ssc.core.live.presence import MemoryPresence
from ssc.server.protocol import BoundedProtocol
from ssc.server.push import PushProtocol, plain

TEXT = b'{"op":"message","text":"' + b"x" * 174 + b'"}'
THREAD = "thread:0198a000-0000-7000-8000-000000000001"


class Listener:
    """A receiver as the gateway has them."""

    session_id: UUID | None = None
    blocked: frozenset[UUID] = frozenset()

    def __init__(self, room: "Ours", outlet: Outlet) -> None:
        self.member_id = uuid4()
        self.room, self.outlet = room, outlet
        self.write = outlet.write

    def heard(self, text: str) -> None:
        self.asking = asyncio.create_task(self.room.say(int(text), self.outlet))

    def lost(self, code: int) -> None:
        self.room.live.part(self)

    def ended(self, code: int) -> None:
        raise SystemExit(f"a receiver was cut off: {code}")

    def admitted(self, channel: str) -> None:
        return

    def noticed(self, notice: str) -> None:
        return

    def refreshed(self) -> None:
        return


class Ours:
    """`core.live` and the push protocol; no database, no rights."""

    def __init__(self) -> None:
        self.live = Live(Alone(), MemoryPresence())
        self.rev = 0
        self.author = uuid4()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        async with Outlet(scope, receive, send) as outlet:
            listener = Listener(self, outlet)
            await self.live.join(listener)
            await self.live.follow(listener, THREAD)
            self.live.caught_up(listener, THREAD, self.rev)
            await outlet.listen(listener)

    async def say(self, count: int, outlet: Outlet) -> None:
        await self.live.emit([self._publication() for _ in range(count)])
        outlet.proceed()

    def _publication(self) -> Publication:
        self.rev += 1
        return Publication(THREAD, TEXT, self.rev, self.author)


class Framed(WebSocketsSansIOProtocol):
    """The bare limit: bytes that are a frame already, written to every transport, a burst in one write."""

    everybody: "set[Framed]" = set()

    def handle_connect(self, event: Any) -> None:
        super().handle_connect(event)
        self.everybody.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self.everybody.discard(self)
        super().connection_lost(exc)


async def framed(scope: Scope, receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    frame = plain(TEXT)
    while (message := await receive())["type"] != "websocket.disconnect":
        data = frame * int(message["text"])
        for protocol in Framed.everybody:
            if not protocol.transport.is_closing():
                protocol.transport.write(data)


class Loop:
    """What one writes first: a loop of `await send_text`."""

    def __init__(self) -> None:
        self.everybody: set[WebSocket] = set()
        self.app = Starlette(routes=[WebSocketRoute("/", self.room)])

    async def room(self, websocket: WebSocket) -> None:
        await websocket.accept()
        self.everybody.add(websocket)
        try:
            while True:
                for _ in range(int(await websocket.receive_text())):
                    for other in self.everybody:
                        await other.send_text(TEXT.decode())
        except WebSocketDisconnect:
            self.everybody.discard(websocket)


KINDS: dict[str, tuple[Any, type[asyncio.Protocol]]] = {
    "ours": (Ours(), PushProtocol),
    "framed": (framed, Framed),
    "loop": (Loop().app, WebSocketsSansIOProtocol),
}


def main(arguments: Sequence[str]) -> None:
    kind, port = arguments
    app, protocol = KINDS[kind]
    gc.freeze()
    uvicorn.run(
        app,
        port=int(port),
        ws=protocol,
        http=BoundedProtocol,
        ws_per_message_deflate=False,
        ws_ping_interval=None,
        lifespan="off",
        log_level="critical",
    )


if __name__ == "__main__":
    main(sys.argv[1:])

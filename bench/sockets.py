"""A cheap client for the club's sockets: no library between the bytes and the clock, so that it is not the limit."""

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any, cast

Heard = Callable[[bytes, float], None]


class Socket(asyncio.Protocol):
    """One WebSocket. `heard` gets each text frame and when it came."""

    def __init__(self, path: str, token: str | None, host: str, heard: Heard | None = None) -> None:
        self.heard: Heard = heard or (lambda _text, _at: None)
        self.opened: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.closed = asyncio.Event()
        signed = f"Authorization: Bearer {token}\r\n" if token else ""
        self._request = (
            f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{signed}Connection: Upgrade\r\nUpgrade: websocket\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        ).encode()
        self._held = b""
        self._awaited: dict[bytes, asyncio.Future[bytes]] = {}

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's own is no subclass
        self.transport.write(self._request)

    def connection_lost(self, _error: Exception | None) -> None:
        self.closed.set()
        if not self.opened.done():
            self.opened.set_result(0)

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        held = self._held + data if self._held else data
        if not self.opened.done():
            end = held.find(b"\r\n\r\n")
            if end < 0:
                self._held = held
                return
            self.opened.set_result(int(held[9:12]))
            held = held[end + 4 :]
        at = 0
        while (frame := _frame(held, at)) is not None:
            opcode, begins, at = frame
            if opcode == 1:
                self._take(held[begins:at], now)
            elif opcode == 9:
                self.transport.write(_masked(0x8A, held[begins:at]))
        self._held = held[at:]

    def say(self, op: str, **content: Any) -> None:
        self.text(json.dumps({"op": op, **content}).encode())

    def text(self, text: bytes) -> None:
        self.transport.write(_masked(0x81, text))

    async def first(self, op: str) -> bytes:
        """The next frame of this kind."""
        wanted = asyncio.get_running_loop().create_future()
        self._awaited[b'{"op":"%s"' % op.encode()] = wanted
        text: bytes = await wanted
        return text

    def _take(self, text: bytes, at: float) -> None:
        if self._awaited:
            for begin, wanted in list(self._awaited.items()):
                if text.startswith(begin):
                    del self._awaited[begin]
                    wanted.set_result(text)
        self.heard(text, at)


async def opened(
    port: int, token: str | None = None, *, path: str = "/api/v1/live", heard: Heard | None = None
) -> Socket:
    """Connected; raises what the server answered instead of 101."""
    loop = asyncio.get_running_loop()
    make = lambda: Socket(path, token, f"127.0.0.1:{port}", heard)  # noqa: E731
    socket = (await loop.create_connection(make, "127.0.0.1", port))[1]
    status = await socket.opened
    if status != 101:
        raise ConnectionError(status)
    return socket


async def greeted(port: int, token: str, have: dict[str, int] | None = None, heard: Heard | None = None) -> Socket:
    """Connected, and welcomed by the club."""
    socket = await opened(port, token, heard=heard)
    welcome = socket.first("welcome")
    socket.say("hello", have=have or {})
    await welcome
    return socket


def _frame(data: bytes, at: int) -> tuple[int, int, int] | None:
    """Opcode, where the content begins and where it ends, of an unmasked frame that is whole."""
    left = len(data) - at
    if left < 2:
        return None
    length, begins = data[at + 1], at + 2
    if length == 126:
        if left < 4:
            return None
        length, begins = int.from_bytes(data[at + 2 : at + 4], "big"), at + 4
    elif length == 127:
        if left < 10:
            return None
        length, begins = int.from_bytes(data[at + 2 : at + 10], "big"), at + 10
    return (data[at] & 15, begins, begins + length) if len(data) >= begins + length else None


def _masked(head: int, text: bytes) -> bytes:
    """With a mask of zeros, which leaves the text as it is."""
    size = len(text)
    length = bytes([0x80 | size]) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
    return bytes([head]) + length + b"\0\0\0\0" + text

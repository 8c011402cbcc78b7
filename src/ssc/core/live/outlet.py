"""The way to and from one socket: straight to its transport where the server offers that, else by plain ASGI."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from types import TracebackType
from typing import Any, Protocol, Self

from ssc import tasks

EXTENSION = "ssc.push"
"""In the scope's extensions: `{"push": write(frames), "close": close(code), "drained": wait(), "hand_over":
listen(ears), "proceed": proceed()}`."""

BOUND = 1 << 20
"""So many bytes may wait for a client that does not read; then it is cut off (1013)."""
_ROOM = 64 << 10
_CLOSING_S = 2.0

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class Ears(Protocol):
    """Whoever hears what the client says. Nothing here waits or raises."""

    def heard(self, text: str) -> None:
        """A text frame; a binary one is an empty text. The next comes when `Outlet.proceed` asks for it, later on."""

    def lost(self, code: int) -> None:
        """Closed, by whomever, and all that was said before has been heard: nothing comes any more."""


class Outlet:
    """`write` and `close` never wait nor raise. Use it as a context around `listen`, the socket being accepted."""

    __slots__ = ("_hand_over", "_queue", "close", "drained", "proceed", "write")

    write: Callable[[Sequence[bytes]], None]
    """Sends frames, in order and in one write."""
    close: Callable[[int], None]
    """Closes with this code, behind what was written; the reading side then hears of a disconnect."""
    drained: Callable[[], Awaitable[None]]
    """Waits until there is room again: for whoever writes much on purpose, e.g. what was missed."""
    proceed: Callable[[], None]
    """Asks for the next frame."""

    def __init__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        offered: dict[str, Any] | None = (scope.get("extensions") or {}).get(EXTENSION)
        self._queue = None if offered else _Queue(receive, send)
        way = offered if self._queue is None else self._queue.way
        assert way is not None
        self.write, self.close, self.drained, self.proceed = way["push"], way["close"], way["drained"], way["proceed"]
        self._hand_over: Callable[[Ears], None] | None = way.get("hand_over")

    async def listen(self, ears: Ears) -> None:
        """From now on `ears` hear. Where the server offers it this returns at once, and nothing waits for a frame:
        what it took to come here, a task and some thirty calls in each other, was most of what an idle socket held.
        """
        if self._hand_over is not None:
            hand_over, self._hand_over = self._hand_over, None
            hand_over(ears)
        elif self._queue is not None:
            await self._queue.listen(ears)

    async def __aenter__(self) -> Self:
        if self._queue:
            self._queue.begin()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        return self._queue is not None and await self._queue.end(kind)


class _Queue:
    """A bounded queue and a task that sends from it."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send = send
        self._proceed = asyncio.Event()
        self._frames: deque[bytes] = deque()
        self._size = 0
        self._code: int | None = None
        self._changed = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()
        self._sender: asyncio.Task[None] | None = None
        self._closer: asyncio.Task[None] | None = None
        self._owner: asyncio.Task[Any] | None = None
        self._interrupted = False

    @property
    def way(self) -> dict[str, Any]:
        return {"push": self.push, "close": self.close, "drained": self.drained, "proceed": self._proceed.set}

    async def listen(self, ears: Ears) -> None:
        code = 1006
        try:
            while (message := await self._receive())["type"] != "websocket.disconnect":
                self._proceed.clear()
                ears.heard(message.get("text") or "")
                await self._proceed.wait()
            code = message.get("code") or code
        finally:
            ears.lost(code)

    def begin(self) -> None:
        self._owner = asyncio.current_task()
        self._sender = asyncio.create_task(self._sending())

    def push(self, frames: Sequence[bytes]) -> None:
        if self._code is not None:
            return
        if self._size > BOUND:
            self.close(1013)
            return
        self._frames.extend(frames)
        self._size += sum(map(len, frames))
        self._changed.set()
        if self._size > _ROOM:
            self._room.clear()

    def close(self, code: int) -> None:
        if self._code is not None:
            return
        self._code = code
        self._room.set()
        self._changed.set()
        self._closer = asyncio.create_task(self._closing())

    async def drained(self) -> None:
        await self._room.wait()

    async def _sending(self) -> None:
        while self._frames or self._code is None:
            if not self._frames:
                self._changed.clear()
                await self._changed.wait()
                continue
            frame = self._frames.popleft()
            await self._send({"type": "websocket.send", "text": frame.decode()})
            self._size -= len(frame)
            if self._size <= _ROOM:
                self._room.set()
        await self._send({"type": "websocket.close", "code": self._code})

    async def _closing(self) -> None:
        """A client that does not read cannot be told: then the reading side is interrupted."""
        assert self._sender is not None
        await asyncio.wait([self._sender], timeout=_CLOSING_S)
        if not self._sender.done() and self._owner is not None:
            self._interrupted = self._owner.cancel()

    async def end(self, kind: type[BaseException] | None) -> bool:
        """Ends the tasks; answers whether the interruption was ours, and therefore no fault."""
        ours = self._interrupted and kind is asyncio.CancelledError
        if ours and self._owner is not None:
            self._owner.uncancel()
        running = [task for task in (self._sender, self._closer) if task is not None]
        if self._code is not None and not self._interrupted and running:
            await asyncio.wait(running, timeout=_CLOSING_S)
        await tasks.end(*running)
        return ours

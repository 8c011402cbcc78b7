"""What this process hears of the others: one connection to Valkey, subscribed to what somebody here follows."""

import asyncio
import logging
import random
from collections import defaultdict, deque
from collections.abc import Collection
from typing import Any

from redis.asyncio import Connection, ConnectionPool

from ssc.core.live import wire
from ssc.core.live.bus import Hear, Restored
from ssc.core.live.outgoing import PREFIX

log = logging.getLogger("ssc.live")

PATIENCE_S = 2.0
"""So long a follower waits for Valkey; then it follows without, and reads what it missed when Valkey is back."""
_PING_S = 1.0
_DEAD_S = 4.0
_PAUSES_S = (0.1, 0.3, 1.0, 2.0)


class Subscriptions:
    """Connects, subscribes, hears, and connects again."""

    def __init__(self, pool: ConnectionPool, origin: bytes, hear: Hear, restored: Restored) -> None:
        self._pool = pool
        self._origin = origin
        self._hear = hear
        self._restored = restored
        self._wanted: dict[str, None] = {}
        self._pending: dict[str, deque[asyncio.Future[None]]] = defaultdict(deque)
        self._commands: asyncio.Queue[tuple[str, ...]] | None = None
        self.tried = asyncio.Event()
        """Set once connecting has gone well or ill for the first time."""

    async def follow(self, channels: Collection[str]) -> None:
        fresh = [channel for channel in channels if channel not in self._wanted]
        self._wanted.update(dict.fromkeys(fresh))
        if self._commands is None:
            return
        if fresh:
            self._subscribe(fresh)
        waiting = [self._pending[channel][-1] for channel in channels if self._pending.get(channel)]
        if waiting:
            await asyncio.wait(waiting, timeout=PATIENCE_S)

    def unfollow(self, channels: Collection[str]) -> None:
        for channel in channels:
            self._wanted.pop(channel, None)
        if self._commands is not None:
            self._commands.put_nowait(("UNSUBSCRIBE", *(PREFIX + channel for channel in channels)))

    async def run(self) -> None:
        failures = 0
        while True:
            connection: Connection = self._pool.make_connection()  # type: ignore[no-untyped-call]
            try:
                await self._converse(connection)
            except* Exception as failure:  # whatever a server that has gone mad may cause
                if not failures or self._commands is not None:
                    log.warning("Valkey is away", extra={"failure": repr(failure.exceptions[0])[:200]})
            finally:
                was_up, self._commands = self._commands is not None, None
                self._release()
                await connection.disconnect(nowait=True)
                self.tried.set()
            failures = 1 if was_up else failures + 1
            pause = _PAUSES_S[min(failures, len(_PAUSES_S)) - 1]
            await asyncio.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311  not all processes at once

    async def _converse(self, connection: Connection) -> None:
        """As long as the connection lasts."""
        async with asyncio.timeout(PATIENCE_S):
            await connection.connect()  # type: ignore[no-untyped-call]
        first = not self.tried.is_set()
        self._commands = asyncio.Queue()
        self._commands.put_nowait(("SUBSCRIBE", PREFIX))  # to something always, so that pings are answered alike
        awaited = list(self._wanted)
        for at in range(0, len(awaited), 500):
            self._subscribe(awaited[at : at + 500])
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._talk(connection, self._commands))
            tasks.create_task(self._listen(connection))
            tasks.create_task(self._announce(first, [self._pending[channel][-1] for channel in awaited]))

    async def _announce(self, first: bool, subscribed: list["asyncio.Future[None]"]) -> None:
        if subscribed:
            await asyncio.wait(subscribed)
        self.tried.set()
        if not first:
            log.info("Valkey is back")
            self._restored()

    async def _talk(self, connection: Connection, commands: "asyncio.Queue[tuple[str, ...]]") -> None:
        while True:
            try:
                async with asyncio.timeout(_PING_S):
                    command = await commands.get()
            except TimeoutError:
                command = ("PING",)
            if not connection.is_connected:
                raise ConnectionError("lost")  # else redis would connect by itself, and we would not know
            await connection.send_command(*command, check_health=False)

    async def _listen(self, connection: Connection) -> None:
        while True:
            answer = await connection.read_response(timeout=_DEAD_S, disconnect_on_error=False)
            if answer is None:
                raise ConnectionError("silent")
            if not isinstance(answer, list) or not answer:
                raise ValueError("this is no Valkey")
            self._take(*answer)

    def _take(self, kind: bytes, name: bytes = b"", payload: Any = None, *_more: object) -> None:
        channel = name.decode(errors="replace").removeprefix(PREFIX)
        if kind == b"message":
            self._hear_message(channel, payload)
        elif kind == b"subscribe" and self._pending.get(channel):
            confirmed = self._pending[channel].popleft()
            if not self._pending[channel]:
                del self._pending[channel]
            if not confirmed.done():
                confirmed.set_result(None)

    def _hear_message(self, channel: str, payload: bytes) -> None:
        try:
            origin, news = wire.unpacked(channel, payload)
        except wire.Garbage:
            log.warning("live news that are none", extra={"channel": channel[:80]})
            return
        if origin != self._origin:
            self._hear(news)

    def _subscribe(self, channels: Collection[str]) -> None:
        assert self._commands is not None
        for channel in channels:
            self._pending[channel].append(asyncio.get_running_loop().create_future())
        self._commands.put_nowait(("SUBSCRIBE", *(PREFIX + channel for channel in channels)))

    def _release(self) -> None:
        """Nobody waits for a lost connection."""
        for futures in self._pending.values():
            for future in futures:
                if not future.done():
                    future.set_result(None)
        self._pending.clear()

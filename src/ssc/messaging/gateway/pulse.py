"""The heartbeat of a process: what has changed where, for those who may have missed it, and who fell silent."""

import asyncio
import logging
import time
from collections.abc import Collection
from typing import Protocol
from uuid import UUID

from ssc.core.live import Receiver
from ssc.core.process import Process
from ssc.messaging import encoding
from ssc.messaging.live import channel_of, thread_of
from ssc.messaging.queries.inbox import revs_of
from ssc.people.viewer import Viewer

log = logging.getLogger("ssc.messaging")

SILENT = 4408
STANDING_S = 600.0
"""After so long a socket's right to be there is looked at again: sessions and tokens run out by themselves."""


class Beating(Receiver, Protocol):
    """A socket, as far as its heartbeat goes."""

    greeted: bool
    busy: bool
    came_at: float
    heard_at: float
    checked_at: float

    @property
    def viewer(self) -> Viewer: ...


class Pulse:
    """Beats while anybody is connected. One statement serves all sockets."""

    def __init__(self, process: Process, connections: Collection[Beating], heartbeat_s: float) -> None:
        self._process = process
        self._connections = connections
        self._heartbeat_s = heartbeat_s
        self._task: asyncio.Task[None] | None = None
        self._revs: dict[UUID, int] = {}

    def begin(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._beat(), name="heartbeat")

    def end(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _beat(self) -> None:
        while self._connections:
            await asyncio.sleep(self._heartbeat_s / 2)
            self._part_with_the_silent()
            await asyncio.sleep(self._heartbeat_s / 2)
            self._part_with_the_silent()
            try:
                await self._digest()
            except Exception as lost:
                log.warning("no digest this time: %s", lost)

    def _part_with_the_silent(self) -> None:
        now = time.monotonic()
        for connection in list(self._connections):
            since = connection.heard_at if connection.greeted else connection.came_at
            if now - since > 2 * self._heartbeat_s and not connection.busy:
                connection.ended(SILENT)
            elif now - connection.checked_at > STANDING_S:
                connection.checked_at = now
                connection.refreshed()

    async def _digest(self) -> None:
        """What is lost on the way shows by its number: the hub fills its holes first, then clients look at theirs."""
        following = {connection: self._threads(connection) for connection in self._connections if connection.greeted}
        every = set().union(*following.values())
        async with self._process.database.reading() as session:
            revs = await revs_of(session, every)
        changed = {thread: rev for thread, rev in revs.items() if self._revs.get(thread) != rev}
        self._revs = revs
        for thread, rev in changed.items():
            self._process.live.heard(channel_of(thread), rev)
        await asyncio.sleep(min(0.5, self._heartbeat_s / 10))
        for connection, threads in following.items():
            still = threads & changed.keys() & self._threads(connection)
            if still and connection in self._connections:
                connection.write([encoding.frame("digest", revs={str(thread): changed[thread] for thread in still})])

    def _threads(self, connection: Beating) -> set[UUID]:
        found = (thread_of(channel) for channel in self._process.live.followed(connection))
        return {thread for thread in found if thread is not None}

"""What the sockets of one process share: whom to write to, a bound on what they ask at once, and the heartbeat."""

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from ssc import tasks
from ssc.core.db import Session
from ssc.core.live import Publication
from ssc.core.process import Process
from ssc.messaging import encoding
from ssc.messaging.gateway.bells import Bells
from ssc.messaging.gateway.pulse import Beating, Pulse
from ssc.messaging.live import filler
from ssc.messaging.writing import Writer
from ssc.people.models import Member

log = logging.getLogger("ssc.messaging")

HEARTBEAT_S = 25.0
AT_ONCE = 6
"""So many sockets ask the database at a time: two thousand that come back at once must leave it to others too."""
OBEYING_S = 5.0
"""So long what was said before the end may take to be done."""
LEFT_AFTER_S = 5.0
"""Who comes back within this time has not been away."""


class Gone(Exception):
    """She may no longer listen, and has been told."""


class Gateway:
    """Made once for a process."""

    def __init__(self, process: Process, writer: Writer, *, heartbeat_s: float = HEARTBEAT_S) -> None:
        self.process = process
        self.writer = writer
        self.live = process.live
        self.heartbeat_s = heartbeat_s
        self.connections: set[Beating] = set()
        self._asking = asyncio.Semaphore(AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()
        self.bells = Bells(self.reading, self.start)
        self._obeying: set[asyncio.Task[None]] = set()
        self._pulse = Pulse(self.process, self.connections, heartbeat_s)
        process.live.fill_by("thread:", filler(process.database))

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Session]:
        async with self._asking, self.process.database.reading() as session:
            yield session

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Session]:
        async with self._asking, self.process.database.transaction() as session:
            yield session

    async def join(self, connection: Beating) -> None:
        """From now on it hears, beats and is seen, until it parts."""
        self.connections.add(connection)
        self._pulse.begin()
        await self.live.join(connection)

    def part(self, connection: Beating) -> None:
        if connection not in self.connections:
            return
        self.live.part(connection)
        self.connections.discard(connection)
        if not self.connections:
            self._pulse.end()
        if connection.viewer.member.presence and connection.greeted:
            self.start(self._say_left(connection.viewer.member))

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        self._run(work, self._tasks)

    def obey(self, work: Coroutine[Any, Any, None]) -> None:
        """As `start`, for what a client has said: at the end it is waited for."""
        self._run(work, self._obeying)

    def _run(self, work: Coroutine[Any, Any, None], among: set[asyncio.Task[None]]) -> None:
        task = asyncio.get_running_loop().create_task(self._safely(work))
        among.add(task)
        task.add_done_callback(among.discard)

    async def tell_presence(self, member: Member, *, online: bool) -> None:
        frame = encoding.frame("presence", handle=member.handle, online=online)
        await self.live.emit([Publication(presence_channel(member.id), frame, author=member.id)])

    async def close(self) -> None:
        """Ends what still runs, before the database is closed."""
        self._pulse.end()
        if self._obeying:
            await asyncio.wait(self._obeying, timeout=OBEYING_S)
        await tasks.end(*self._tasks, *self._obeying)

    async def _say_left(self, member: Member) -> None:
        await asyncio.sleep(LEFT_AFTER_S)
        if member.id not in await self.live.presence_of([member.id]):
            await self.tell_presence(member, online=False)

    async def _safely(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Gone:
            pass
        except Exception:
            log.exception("an act on a socket failed")


def presence_channel(member_id: UUID) -> str:
    """Heard by those who watch her."""
    return f"presence:{member_id}"

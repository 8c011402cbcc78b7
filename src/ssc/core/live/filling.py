"""Holes: what a channel lacks is waited for a moment, then read from where the truth is."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Self

from ssc import tasks
from ssc.core.live.channel import Channel
from ssc.core.live.news import Publication

log = logging.getLogger("ssc.live")

Filler = Callable[[str, int], Awaitable[Sequence[Publication]]]
"""`(channel, after_rev)` → everything of the channel above it, ascending: all there is, or to be asked again."""

WAIT_S = 0.02
"""Two commits are published in the other order now and then; a lost publish is rare."""
AGAIN_S = 1.0
AT_ONCE = 4
"""So many channels are read at a time: a bus that comes back must not take all connections."""


class Filling:
    """Watches channels for holes; a task for each that has one."""

    def __init__(self, deliver: Callable[[Mapping[Channel, Sequence[Publication]]], None]) -> None:
        self.fillers: dict[str, Filler] = {}
        self._deliver = deliver
        self._tasks: dict[Channel, asyncio.Task[None]] = {}
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_exception: object) -> None:
        await tasks.end(*self._tasks.values())

    def watch(self, channel: Channel) -> None:
        """Fills the channel's hole, if it has one and it stays."""
        if channel.order.missing and channel not in self._tasks:
            self._tasks[channel] = asyncio.create_task(self._fill(channel))

    def forget(self, channel: Channel) -> None:
        if task := self._tasks.pop(channel, None):
            task.cancel()

    async def _fill(self, channel: Channel) -> None:
        try:
            await asyncio.sleep(WAIT_S)
            while channel.order.missing:
                async with self._turn:
                    found = await self._read(channel)
                if found is None:
                    await asyncio.sleep(AGAIN_S)
                    continue
                ready = channel.order.fill(found)
                self._deliver({channel: ready or channel.order.give_up()})
        finally:
            if self._tasks.get(channel) is asyncio.current_task():
                del self._tasks[channel]

    async def _read(self, channel: Channel) -> Sequence[Publication] | None:
        """What the channel lacks; None when that cannot be read now."""
        filler = self.fillers.get(channel.name.partition(":")[0] + ":")
        if filler is None:
            return []
        try:
            return await filler(channel.name, channel.order.last or 0)
        except Exception:
            log.exception("a hole could not be filled", extra={"channel": channel.name})
            return None

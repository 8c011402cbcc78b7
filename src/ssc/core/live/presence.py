"""Who is here and who is looking at what, in one process: held in memory, gone with it."""

import time
from collections import Counter
from collections.abc import Collection
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Protocol
from uuid import UUID

LOOKS_S = 60
"""For so long somebody counts as looking after she last said so."""


class Presence(Protocol):
    """Never stored: it lasts as long as a socket, or a minute."""

    def running(self) -> AbstractAsyncContextManager[None]: ...

    def came(self, member_id: UUID) -> None:
        """One more socket of this member."""

    def left(self, member_id: UUID) -> None: ...

    async def here(self, member_ids: Collection[UUID]) -> set[UUID]:
        """Those of them who are connected to any process."""

    async def look(self, member_id: UUID, channel: str) -> None:
        """She has this channel before her eyes, or still has it."""

    async def look_away(self, member_id: UUID, channel: str) -> None: ...

    async def looking(self, channel: str) -> set[UUID]:
        """Who said so within the last minute."""


class MemoryPresence:
    """For one process, and for as long as Valkey is away."""

    def __init__(self) -> None:
        self.sockets: Counter[UUID] = Counter()
        self._looks: dict[str, dict[UUID, float]] = {}
        self._swept = time.monotonic()

    def running(self) -> AbstractAsyncContextManager[None]:
        return nullcontext()

    def came(self, member_id: UUID) -> None:
        self.sockets[member_id] += 1

    def left(self, member_id: UUID) -> None:
        self.sockets[member_id] -= 1
        if self.sockets[member_id] <= 0:
            del self.sockets[member_id]

    async def here(self, member_ids: Collection[UUID]) -> set[UUID]:
        return {member_id for member_id in member_ids if member_id in self.sockets}

    async def look(self, member_id: UUID, channel: str) -> None:
        now = time.monotonic()
        self._sweep(now)
        self._looks.setdefault(channel, {})[member_id] = now + LOOKS_S

    async def look_away(self, member_id: UUID, channel: str) -> None:
        self._looks.get(channel, {}).pop(member_id, None)

    async def looking(self, channel: str) -> set[UUID]:
        now = time.monotonic()
        return {member_id for member_id, until in self._looks.get(channel, {}).items() if until > now}

    def _sweep(self, now: float) -> None:
        if now - self._swept < LOOKS_S:
            return
        self._swept = now
        for channel, looks in list(self._looks.items()):
            self._looks[channel] = {member_id: until for member_id, until in looks.items() if until > now}
            if not self._looks[channel]:
                del self._looks[channel]

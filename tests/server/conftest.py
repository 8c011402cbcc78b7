"""A room with sockets, served in both ways."""

from collections.abc import AsyncIterator

import pytest

from ssc.core.live import Live
from ssc.core.live.bus import Alone
from ssc.core.live.presence import MemoryPresence
from tests.server.sockets import KINDS, Room, Served, serving


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    live = Live(Alone(), MemoryPresence())
    async with live.running():
        yield Room(live)


@pytest.fixture(params=list(KINDS))
async def served(request: pytest.FixtureRequest, room: Room) -> AsyncIterator[Served]:
    """By our protocol, and by one that offers no extension."""
    async with serving(room, KINDS[request.param]) as opened:
        yield opened


@pytest.fixture
async def ours(room: Room) -> AsyncIterator[Served]:
    async with serving(room) as opened:
        yield opened

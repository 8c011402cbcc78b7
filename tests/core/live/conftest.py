"""A hub of one process."""

from collections.abc import AsyncIterator

import pytest

from ssc.core.live import Live
from ssc.core.live.bus import Alone
from ssc.core.live.presence import MemoryPresence


@pytest.fixture
async def live() -> AsyncIterator[Live]:
    made = Live(Alone(), MemoryPresence())
    async with made.running():
        yield made

"""What commands stand on: an open process whose database is up to date."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from ssc import tables
from ssc.core import process
from ssc.core.config import Settings
from ssc.core.process import Process

T = TypeVar("T")


def with_process(settings: Settings, act: Callable[[Process], Awaitable[T]], *, migrated: bool = True) -> T:
    """Starts what must run, migrates, does it, and closes everything again."""

    async def doing() -> T:
        async with process.opened(settings, pool_size=4) as opened:
            if migrated:
                await asyncio.to_thread(tables.migrate, opened.database.url)
            return await act(opened)

    return asyncio.run(doing())

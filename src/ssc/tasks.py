"""Tasks that run beside others, and end when they are told."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

AGAIN_S = 2.0


async def end(*tasks: asyncio.Task[Any] | None, again_s: float = AGAIN_S) -> None:
    """Cancels them until all have ended; what they raise is theirs.

    Once is not enough: a library that waits by `asyncio.wait_for` loses a cancellation that comes in the moment of its
    answer (gh-86296, until Python 3.12), and one that connects may hand it on as a failure. `again_s`: so long a task
    may take to put things in order before it is told again.
    """
    running = {task for task in tasks if task is not None}
    ended = asyncio.gather(*running, return_exceptions=True)
    while running := {task for task in running if not task.done()}:
        for task in running:
            task.cancel()
        await asyncio.wait(running, timeout=again_s)
    await ended


@asynccontextmanager
async def beside(*work: Coroutine[Any, Any, Any], again_s: float = AGAIN_S) -> AsyncIterator[None]:
    """Runs these beside the block, whatever becomes of them; with the block they end."""
    tasks = [asyncio.create_task(one) for one in work]
    try:
        yield
    finally:
        await end(*tasks, again_s=again_s)

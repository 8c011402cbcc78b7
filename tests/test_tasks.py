"""What runs beside ends when it is told, whatever the libraries that it waits in make of that."""

import asyncio

import pytest

from ssc import tasks


async def deaf(times: int, heard: list[int]) -> None:
    """Loses so many cancellations, as `asyncio.wait_for` does when the answer comes in the same moment."""
    while True:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            heard.append(1)
            if len(heard) > times:
                raise


async def test_a_task_that_loses_its_cancellation_is_told_again() -> None:
    heard: list[int] = []
    task = asyncio.create_task(deaf(3, heard))
    await asyncio.sleep(0)
    await tasks.end(task, None, again_s=0.01)
    assert (task.cancelled(), len(heard)) == (True, 4)


async def test_one_that_puts_things_in_order_is_not_disturbed() -> None:
    settled: list[str] = []

    async def careful() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            for _ in range(100):
                await asyncio.sleep(0)
            settled.append("well")

    task = asyncio.create_task(careful())
    await asyncio.sleep(0)
    await tasks.end(task)
    assert settled == ["well"]


async def test_what_ends_by_itself_or_fails_stops_nobody() -> None:
    async def fails() -> None:
        raise OSError

    async def says(what: list[str]) -> None:
        what.append("done")

    said: list[str] = []
    async with tasks.beside(fails(), says(said), deaf(1, []), again_s=0.01):
        await asyncio.sleep(0.01)
    assert said == ["done"]


async def test_the_block_s_own_fault_is_what_comes_out() -> None:
    heard: list[int] = []
    with pytest.raises(ValueError, match="mine"):
        async with tasks.beside(deaf(0, heard)):
            await asyncio.sleep(0)
            raise ValueError("mine")
    assert heard == [1]

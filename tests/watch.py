"""A test that hangs says where, and fails: what waits for ever in an event loop has no stack of its own to be seen."""

import asyncio
import io
import signal
from collections.abc import Iterator
from types import FrameType

import pytest

PATIENCE_S = 240
"""Below `faulthandler_timeout`, which ends the whole worker."""
AGAIN_S = 20


class Hung(Exception):
    """Raised where the main thread is; each task's stack is its text."""


def _tasks() -> str:
    try:
        running = asyncio.all_tasks()
    except RuntimeError:
        return "no event loop runs"
    said = io.StringIO()
    for task in running:
        task.print_stack(file=said)
    return said.getvalue()


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise Hung(f"nothing came of it for {PATIENCE_S} s\n{_tasks()}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Iterator[None]:
    before = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE_S, AGAIN_S)
    try:
        return (yield)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

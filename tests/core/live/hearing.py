"""Receivers that note what reaches them, and publications to send them."""

import asyncio
from collections.abc import Callable, Sequence
from inspect import isawaitable
from uuid import UUID, uuid4

from ssc.core.live import Publication

THREAD = "thread:0198a000-0000-7000-8000-000000000001"
OTHER = "thread:0198a000-0000-7000-8000-000000000002"


class Ear:
    """A receiver of the test's."""

    def __init__(self, member_id: UUID | None = None, blocked: frozenset[UUID] = frozenset()) -> None:
        self.member_id = member_id or uuid4()
        self.session_id: UUID | None = uuid4()
        self.blocked = blocked
        self.writes: list[tuple[bytes, ...]] = []
        self.told: list[object] = []
        self.on_admitted: Callable[[str], None] = lambda channel: None

    @property
    def heard(self) -> list[bytes]:
        return [frame for write in self.writes for frame in write]

    def write(self, frames: Sequence[bytes]) -> None:
        self.writes.append(tuple(frames))

    def ended(self, code: int) -> None:
        self.told.append(code)

    def admitted(self, channel: str) -> None:
        self.told.append(("admitted", channel))

    def noticed(self, notice: str) -> None:
        self.told.append(("noticed", notice))

    def refreshed(self) -> None:
        self.told.append("refreshed")


def said(*revs: int, channel: str = THREAD, author: UUID | None = None) -> list[Publication]:
    """Publications of these revs, each frame spelling its own; withheld from who has a block towards the author."""
    withheld = b"withheld" if author else None
    return [Publication(channel, frame(rev), rev, author, withheld) for rev in revs]


def frame(rev: int) -> bytes:
    return f"rev {rev}".encode()


def frames(*revs: int) -> list[bytes]:
    return [frame(rev) for rev in revs]


async def until(condition: Callable[[], object]) -> None:
    """Waits for what will be so, not longer than a minute. The condition may have to be awaited."""
    async with asyncio.timeout(60):
        while not (await answer if isawaitable(answer := condition()) else answer):  # noqa: ASYNC110  no event tells
            await asyncio.sleep(0.005)

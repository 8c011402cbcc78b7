"""Between processes: what one emits, the others that are interested hear."""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Protocol

from ssc.core.live.news import News

Hear = Callable[[Sequence[News]], None]
"""Called with what another process has sent to channels that are followed here."""

Restored = Callable[[], None]
"""Called when the bus is back: what was sent meanwhile has not been heard."""


class Bus(Protocol):
    """Carries news; holds nothing that cannot be lost."""

    def running(self, hear: Hear, restored: Restored) -> AbstractAsyncContextManager[None]:
        """Carries within the block."""

    def send(self, news: Sequence[News]) -> None:
        """To the other processes, in order, soon. Never waits, never raises."""

    async def follow(self, channels: Collection[str]) -> None:
        """Returns when whatever is sent to them from now on is heard; or soon, when the bus is away."""

    def unfollow(self, channels: Collection[str]) -> None:
        """Nobody here is interested any longer."""


class Alone:
    """For one process, which has nobody to tell."""

    def running(self, hear: Hear, restored: Restored) -> AbstractAsyncContextManager[None]:
        return nullcontext()

    def send(self, news: Sequence[News]) -> None:
        return

    async def follow(self, channels: Collection[str]) -> None:
        return

    def unfollow(self, channels: Collection[str]) -> None:
        return

"""What the bells of those connected here say: looked up a moment after something was told or read, for all her tabs."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from ssc.core import i18n
from ssc.core.db import Session
from ssc.core.live import Burst
from ssc.messaging import encoding
from ssc.notifications import queries as notifications
from ssc.notifications.shapes import Notification
from ssc.people.viewer import Viewer

PAUSE_S = 0.25
"""What is told within it is looked up once; what is read within it, by who has it before her eyes, never rings."""


class Wearer(Protocol):
    """A receiver that has a bell."""

    bell: int | None
    """What it was told last."""

    @property
    def viewer(self) -> Viewer: ...

    def write(self, frames: Burst) -> None: ...


@dataclass
class _Ringing:
    notices: set[UUID] = field(default_factory=set)
    wearers: dict[Any, None] = field(default_factory=dict)


class Bells:
    """One for a process."""

    def __init__(
        self,
        reading: Callable[[], AbstractAsyncContextManager[Session]],
        start: Callable[[Coroutine[Any, Any, None]], None],
    ) -> None:
        self._reading, self._start = reading, start
        self._ringing: dict[UUID, _Ringing] = {}

    def ring(self, wearer: Wearer, notice: str = "") -> None:
        """Something was told (the notice's id) or read."""
        member_id = wearer.viewer.id
        if member_id not in self._ringing:
            self._ringing[member_id] = _Ringing()
            self._start(self._soon(member_id))
        ringing = self._ringing[member_id]
        ringing.wearers[wearer] = None
        if notice:
            ringing.notices.add(UUID(notice))

    async def _soon(self, member_id: UUID) -> None:
        await asyncio.sleep(PAUSE_S)
        ringing = self._ringing.pop(member_id)
        viewer = next(iter(ringing.wearers)).viewer
        async with self._reading() as session:
            unread, told = await notifications.rung(session, viewer, ringing.notices)
        with i18n.speaking(viewer.member.language):
            frames = [_frame(Notification.of(one)) for one in told]
        for wearer in ringing.wearers:
            count = [encoding.frame("notices", unread=unread)] if told or wearer.bell != unread else []
            wearer.bell = unread
            wearer.write(Burst([*frames, *count]))


def _frame(notification: Notification) -> bytes:
    return encoding.frame("notification", notification=notification.model_dump(mode="json"))

"""Threads and sockets for the tests of messaging."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest

from ssc.people.models import Member
from tests.cast import Cast
from tests.messaging.lines import Line, line
from tests.messaging.rooms import Rooms


@dataclass
class Lines:
    """Sockets of people, in process; hung up at the end."""

    cast: Cast
    stack: AsyncExitStack

    async def of(self, member: Member, **have: int) -> Line:
        """A browser's socket, greeted."""
        made = await self.silent(member)
        await made.hello(**have)
        return made

    async def silent(self, member: Member) -> Line:
        """A browser's socket that has said nothing yet."""
        async with await self.cast.browser(member) as browser:
            cookie = f"{self.cast.running.settings.session_cookie}={next(iter(browser.cookies.values()))}"
        return await self.opened(cookie=cookie, origin="http://localhost:8000")

    async def opened(self, **headers: str) -> Line:
        return await self.stack.enter_async_context(line(self.cast.app, **headers))


@pytest.fixture
async def lines(cast: Cast) -> AsyncIterator[Lines]:
    async with AsyncExitStack() as stack:
        yield Lines(cast, stack)
    await cast.app.state.gateway.close()


@pytest.fixture
def rooms(cast: Cast) -> Rooms:
    return Rooms(cast)

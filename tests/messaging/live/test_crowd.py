"""Two thousand people who come back at once."""

import asyncio
import resource
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bench.sockets import Socket, greeted
from tests.messaging.live.nursery import Nursery, nursery
from tests.messaging.live.people import People

pytestmark = pytest.mark.long

CROWD = 2000
WITHIN_S = 150  # ends what hangs; the measure is the bench's
FILES = 8192


@pytest.fixture
def many_files() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if 0 < hard < FILES:
        pytest.skip("this system lets a process open too few files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.fixture
def club(many_files: None, environment: Mapping[str, str], tmp_path: Path) -> Iterator[Nursery]:
    with nursery(environment, tmp_path) as made:
        made.begin()
        yield made


async def test_two_thousand_who_come_back_at_once_are_all_resumed(club: Nursery, people: People) -> None:
    """(case 11) Of twenty people, on a hundred sockets each; nobody is answered 5xx."""
    members = await people.members(20)
    room = await people.room(*members)
    tokens = [await people.token(member) for member in members]
    thread, port = str(room.id), int(club.url.rpartition(":")[2])
    first = await asyncio.gather(*(greeted(port, token) for token in tokens))
    async with await people.club(members[0], club.url) as one:
        for number in range(5):
            await one.send(thread, f"while they were away: {number}")
        club.kill()
        await asyncio.gather(*(socket.closed.wait() for socket in first))
        await asyncio.to_thread(club.begin)
        came: list[int] = []

        async def come_back(number: int) -> Socket:
            told: list[bytes] = []
            all_told = asyncio.Event()

            def heard(text: bytes, _at: float) -> None:
                if text.startswith(b'{"op":"message"'):
                    told.append(text)
                    if len(told) == 5:
                        all_told.set()

            socket = await greeted(port, tokens[number % len(tokens)], {thread: 0}, heard)
            await all_told.wait()
            came.append(number)
            return socket

        async with asyncio.timeout(WITHIN_S):
            back = await asyncio.gather(*(come_back(number) for number in range(CROWD)))
        assert len(came) == CROWD
        heard_by_all = [asyncio.ensure_future(socket.first("message")) for socket in back]
        await asyncio.sleep(0)  # each listens before it is said
        await one.send(thread, "Welcome back")
        async with asyncio.timeout(WITHIN_S):
            texts = await asyncio.gather(*heard_by_all)
        assert len(set(texts)) == 1
        for socket in back:
            socket.transport.abort()

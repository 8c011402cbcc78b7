"""The socket as it is served: by `ssc serve`, to clients over a real wire."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.cast import Cast
from tests.cli import commands
from tests.messaging.rooms import Rooms

PATIENCE_S = 60


@pytest.fixture
async def served(database_url: str, tmp_path: Path) -> AsyncIterator[commands.Served]:
    settings = {"SSC_DATABASE_URL": database_url, "SSC_DATA_DIR": str(tmp_path / "data"), "SSC_ENV": "test"}
    opening = commands.serving(settings=settings, folder=tmp_path)
    opened = await asyncio.to_thread(opening.__enter__)
    yield opened
    await asyncio.to_thread(opening.__exit__, None, None, None)


async def test_two_write_to_each_other_over_a_real_wire(cast: Cast, rooms: Rooms, served: commands.Served) -> None:
    """Who may not is refused at the handshake; too large a frame and the end of the server have their codes."""
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.direct(mali, olga)
    async with await cast.bearer(mali, "messages") as one, await cast.bearer(olga, "messages") as other:
        tokens = [client.headers["authorization"] for client in (one, other)]
    address = f"ws://127.0.0.1:{served.port}/api/v1/live"
    for headers in ({"origin": "http://evil.example"}, {"cookie": "ssc_session=x"}):
        with pytest.raises(InvalidStatus, match="403"):
            async with connect(address, additional_headers=headers):
                pass
    async with (
        connect(address, additional_headers={"authorization": tokens[0]}) as mine,
        connect(address, additional_headers={"authorization": tokens[1]}) as hers,
        connect(address, additional_headers={"authorization": tokens[1]}) as careless,
    ):
        for line in (mine, hers):
            await say(line, "hello", have={})
            assert (await frame(line))["op"] == "welcome"
        for n in range(200):
            await say(mine, "send", client_id=str(n), thread_id=str(room.id), body="はじめまして " * 40)
        seen: list[dict[str, Any]] = []
        while len(seen) < 200:  # between them her bell rings, now and then
            seen += [told for told in [await frame(hers)] if told["op"] == "message"]
        assert [(one["message"]["seq"], one["message"]["rev"]) for one in seen] == [(n, n) for n in range(1, 201)]
        await careless.send("x" * (1 << 20))
        assert await code(careless) == 1009
        assert served.process.poll() is None
        served.process.terminate()
        assert ([told["op"] for told in await rest(hers)][-1], await code(hers)) == ("bye", 1012)
    assert await asyncio.to_thread(served.process.wait, PATIENCE_S) == 0


async def say(line: ClientConnection, op: str, **content: Any) -> None:
    await line.send(json.dumps({"op": op, **content}))


async def frame(line: ClientConnection) -> dict[str, Any]:
    async with asyncio.timeout(PATIENCE_S):
        content: dict[str, Any] = json.loads(await line.recv())
    return content


async def rest(line: ClientConnection) -> list[dict[str, Any]]:
    """All that comes until the end."""
    found = []
    try:
        while True:
            found.append(await frame(line))
    except ConnectionClosed:
        return found


async def code(line: ClientConnection) -> int | None:
    await rest(line)
    return line.close_code

"""Slow clients: heads and bodies that never end are not waited for."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send
from uvicorn import Config, Server

from ssc.server.protocol import BoundedProtocol
from ssc.server.serving import bound
from tests.cli.commands import free_port

HEAD = b"POST / HTTP/1.1\r\nHost: localhost\r\n"


class Hasty(BoundedProtocol):
    """As served, with less patience."""

    head_seconds = stall_seconds = linger_seconds = 0.3


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers how many bytes the body had; `/early` answers before it has come."""
    size = 0 if scope["path"] == "/early" else len(await Request(scope, receive).body())
    await PlainTextResponse(f"{size} bytes")(scope, receive, send)


@asynccontextmanager
async def connection() -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A client of a server that runs meanwhile."""
    listening = bound("127.0.0.1", free_port())
    server = Server(Config(echo, http=Hasty, lifespan="off", log_config=None, timeout_graceful_shutdown=1))
    task = asyncio.create_task(server._serve([listening]))
    reader, writer = await asyncio.open_connection(*listening.getsockname())
    try:
        yield reader, writer
    finally:
        writer.close()
        server.should_exit = True
        await task


async def test_a_request_in_pieces_is_answered() -> None:
    async with connection() as (reader, writer):
        for piece in (HEAD, b"Content-Length: 6\r\n", b"\r\n", b"abc", b"def"):
            writer.write(piece)
            await writer.drain()
        assert await reader.readuntil(b"6 bytes") != b""


async def test_a_head_that_does_not_come_to_its_end_is_refused() -> None:
    async with connection() as (reader, writer):
        writer.write(HEAD)
        assert (await reader.read()).split(b"\r\n")[0] == b"HTTP/1.1 408 Request Timeout"


async def test_a_connection_that_says_nothing_is_closed() -> None:
    async with connection() as (reader, _writer):
        assert await reader.read() == b""


async def test_a_body_that_stalls_is_not_waited_for() -> None:
    async with connection() as (reader, writer):
        writer.write(HEAD + b"Content-Length: 6\r\n\r\nabc")
        assert await reader.read() == b""


async def test_an_early_answer_is_read_before_the_connection_ends() -> None:
    async with connection() as (reader, writer):
        writer.write(HEAD.replace(b"/ ", b"/early ") + b"Content-Length: 6000000\r\n\r\nabc")
        assert (await reader.read()).endswith(b"0 bytes")

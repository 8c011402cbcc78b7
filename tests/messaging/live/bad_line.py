"""A line that breaks: everything passes it, until it is cut."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

from tests.cli.commands import free_port


class BadLine:
    """Between a client and the club."""

    def __init__(self, url: str) -> None:
        self.port = free_port()
        self.cuts = 0
        self._to = urlsplit(url)
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """At once and in the middle of whatever passes."""
        self.cuts += 1
        for writer in self._writers:
            writer.transport.abort()

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        beyond_reader, beyond_writer = await asyncio.open_connection(self._to.hostname, self._to.port)
        self._writers |= {writer, beyond_writer}
        for source, sink in ((reader, beyond_writer), (beyond_reader, writer)):
            task = asyncio.create_task(_pass_on(source, sink))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def end(self) -> None:
        self.cut()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def _pass_on(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while some := await source.read(65536):
            sink.write(some)
            await sink.drain()
    sink.close()


@asynccontextmanager
async def bad_line(url: str) -> AsyncIterator[BadLine]:
    line = BadLine(url)
    server = await asyncio.start_server(line.take, "127.0.0.1", line.port)
    try:
        yield line
    finally:
        server.close()
        await line.end()

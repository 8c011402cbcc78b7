"""A line that breaks: every connection to the club passes it, until it is cut."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

ONE_IN = 10
"""So many pieces pass between two cuts, on average: as often on a slow machine as on a fast one."""


class BadLine:
    """Between all clients and the club. While there are `dice`, connections are cut."""

    def __init__(self, port: int, to: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.dice: random.Random | None = None
        self.cuts = 0
        self._to = to
        self._writers: list[asyncio.StreamWriter] = []
        self._tasks: set[asyncio.Task[None]] = set()

    def passes(self) -> None:
        """Now and then one connection is cut, in the middle of whatever passes: either end learns of it as it may."""
        if self.dice is None or self.dice.randrange(ONE_IN):
            return
        self._writers = [writer for writer in self._writers if not writer.is_closing()]
        if self._writers:
            self.cuts += 1
            self.dice.choice(self._writers).transport.abort()

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        beyond_reader, beyond_writer = await asyncio.open_connection("127.0.0.1", self._to)
        self._writers += [writer, beyond_writer]
        for source, sink in ((reader, beyond_writer), (beyond_reader, writer)):
            task = asyncio.create_task(self._pass_on(source, sink))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def end(self) -> None:
        for writer in self._writers:
            writer.transport.abort()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _pass_on(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while some := await source.read(65536):
                sink.write(some)
                await sink.drain()
                self.passes()
        sink.close()


@asynccontextmanager
async def bad_line(port: int, to: int) -> AsyncIterator[BadLine]:
    """Listens on `port`; the club does on `to`."""
    line = BadLine(port, to)
    server = await asyncio.start_server(line.take, "127.0.0.1", port)
    try:
        yield line
    finally:
        server.close()
        await line.end()

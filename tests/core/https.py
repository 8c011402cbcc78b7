"""A small HTTPS server that keeps what it was sent, and answers as it is told to."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class HttpsServer:
    """`answers`: statuses, one after another, then 201; `more`: added to each answer's head; `body`: what it says."""

    port: int = 0
    answers: list[int] = field(default_factory=list)
    more: str = ""
    body: bytes = b""
    silent: bool = False
    asked: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
            headers["request"] = head[0]
            self.asked.append((headers, await reader.readexactly(int(headers.get("content-length", 0)))))
            if self.silent:
                await reader.read()
            status = self.answers.pop(0) if self.answers else 201
            writer.write(f"HTTP/1.1 {status} X\r\n{self.more}content-length: {len(self.body)}\r\n\r\n".encode())
            writer.write(self.body)
            await writer.drain()
        writer.close()


@asynccontextmanager
async def https_server(context: ssl.SSLContext) -> AsyncIterator[HttpsServer]:
    server = HttpsServer()
    listening = await asyncio.start_server(server.talk, "127.0.0.1", 0, ssl=context)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()

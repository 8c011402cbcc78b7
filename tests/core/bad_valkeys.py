"""What may stand at a Valkey's address without being one: to be served by `asyncio.start_unix_server`."""

import asyncio
from contextlib import suppress


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Accepts, and says nothing."""
    await reader.read()
    writer.close()


async def mad(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers everything with what is no protocol."""
    with suppress(ConnectionError):
        while await reader.read(4096):
            writer.write(b"<html>\xff\x00 502 Bad Gateway</html>\r\n*-7\r\n$zz\r\n")
    writer.close()

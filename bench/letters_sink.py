"""A mail server that takes everything and keeps nothing: as little work as SMTP allows.

python -m bench.letters_sink PORT
"""

import asyncio
import sys
from typing import cast

import uvloop

_ANSWERS = {
    b"EHLO": b"250-sink\r\n250-8BITMIME\r\n250-PIPELINING\r\n250 SMTPUTF8\r\n",
    b"DATA": b"354 go on\r\n",
    b"QUIT": b"221 bye\r\n",
}
_END = b"\r\n.\r\n"


class Sink(asyncio.Protocol):
    """One connection."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.held, self.in_content = b"", False
        self.transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        if self.in_content:
            self._content(data)
            return
        self.held += data
        while b"\r\n" in self.held and not self.in_content:
            line, _end, self.held = self.held.partition(b"\r\n")
            verb = line[:4].upper()
            self.in_content = verb == b"DATA"
            self.transport.write(_ANSWERS.get(verb, b"250 ok\r\n"))

    def _content(self, data: bytes) -> None:
        end = self.held[-4:] + data  # of a content only what may belong to its end is looked at again
        self.held = end
        if end.endswith(_END):
            self.held, self.in_content = b"", False
            self.transport.write(b"250 ok\r\n")


async def serve(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(serve(int(sys.argv[1])))

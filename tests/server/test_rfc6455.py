"""Bad frames get the close code that RFC 6455 and 7692 name for them, and harm nobody else (case 13)."""

import asyncio
import socket
import struct
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from tests.core.live.hearing import until
from tests.server.sockets import HANDSHAKE, Room, Served

MASK = b"\x01\x02\x03\x04"
TEXT, BINARY, CONT, CLOSE, PING, PONG = 1, 2, 0, 8, 9, 10
FIN, RSV1, RSV2, RSV3 = 0x80, 0x40, 0x20, 0x10
DEFLATE = b"Sec-WebSocket-Extensions: permessage-deflate\r\n"


def frame(opcode: int, data: bytes = b"", *, flags: int = FIN, masked: bool = True, length: int | None = None) -> bytes:
    """A client's frame, bad ones too."""
    size = len(data) if length is None else length
    bit = 0x80 if masked else 0
    head = bytes([flags | opcode])
    if size < 126:
        head += bytes([bit | size])
    elif size < 1 << 16:
        head += bytes([bit | 126]) + struct.pack("!H", size)
    else:
        head += bytes([bit | 127]) + struct.pack("!Q", size)
    if not masked:
        return head + data
    return head + MASK + bytes(byte ^ MASK[at % 4] for at, byte in enumerate(data))


def close(code: int, reason: bytes = b"") -> bytes:
    return frame(CLOSE, struct.pack("!H", code) + reason)


def compressed(data: bytes) -> bytes:
    deflate = zlib.compressobj(wbits=-15)
    return (deflate.compress(data) + deflate.flush(zlib.Z_SYNC_FLUSH))[:-4]


@dataclass
class Raw:
    """A client that writes bytes and reads frames."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def next(self) -> tuple[int, bytes]:
        """Opcode and payload; servers do not mask."""
        first, size = await self.reader.readexactly(2)
        if size == 126:
            [size] = struct.unpack("!H", await self.reader.readexactly(2))
        return first & 15, await self.reader.readexactly(size)

    async def answers(self, sent: bytes) -> list[tuple[int, bytes]]:
        """What comes until the close, which is the last."""
        self.writer.write(sent)
        came: list[tuple[int, bytes]] = []
        async with asyncio.timeout(60):
            while not came or came[-1][0] != CLOSE:
                came.append(await self.next())
        return came


@asynccontextmanager
async def raw(served: Served, headers: bytes = b"") -> AsyncIterator[Raw]:
    reader, writer = await asyncio.open_connection(*served.address)
    client = Raw(reader, writer)
    try:
        writer.write(HANDSHAKE + headers + b"\r\n")
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 101 ")
        assert (await client.next())[0] == TEXT
        yield client
    finally:
        writer.close()


BAD = {
    "an opcode that is none": (frame(3), 1002),
    "a control opcode that is none": (frame(11), 1002),
    "a frame without a mask": (frame(TEXT, b"bare", masked=False), 1002),
    "the first reserved bit, without compression": (frame(TEXT, b"a", flags=FIN | RSV1), 1002),
    "the second reserved bit": (frame(TEXT, b"a", flags=FIN | RSV2), 1002),
    "the third reserved bit": (frame(TEXT, b"a", flags=FIN | RSV3), 1002),
    "a fragmented ping": (frame(PING, b"a", flags=0), 1002),
    "a fragmented close": (frame(CLOSE, b"", flags=0), 1002),
    "a ping over 125 bytes": (frame(PING, b"a" * 126), 1002),
    "a close over 125 bytes": (frame(CLOSE, struct.pack("!H", 1000) + b"a" * 124), 1002),
    "a close of one byte": (frame(CLOSE, b"\x03"), 1002),
    "a close code that is none": (close(1005), 1002),
    "a close code out of range": (close(999), 1002),
    "a close reason that is not UTF-8": (close(1000, b"\xff"), 1007),
    "a continuation of nothing": (frame(CONT, b"a"), 1002),
    "a text within a text": (frame(TEXT, b"a", flags=0) + frame(TEXT, b"b"), 1002),
    "text that is not UTF-8": (frame(TEXT, b"\xc3\x28"), 1007),
    "text that is not UTF-8, in parts": (frame(TEXT, b"\xc3", flags=0) + frame(CONT, b"\x28"), 1007),
    "text with a lone surrogate": (frame(TEXT, b"\xed\xa0\x80"), 1007),
    "65 KiB": (frame(TEXT, b"a" * (65 << 10)), 1009),
    "a megabyte, announced": (frame(TEXT, b"", length=1 << 20), 1009),
    "all the memory there is, announced": (frame(TEXT, b"", length=1 << 62), 1009),
    "65 KiB in parts": (frame(TEXT, b"a" * (33 << 10), flags=0) + frame(CONT, b"a" * (33 << 10)), 1009),
}
GOOD = {
    "a text": (frame(TEXT, "桜".encode()), [(TEXT, "桜".encode())]),
    "64 KiB": (frame(TEXT, b"a" * 60_000), [(TEXT, b"a" * 60_000)]),
    "a text in parts, cut within a letter": (
        frame(TEXT, b"\xe6", flags=0) + frame(CONT, b"\xa1", flags=0) + frame(CONT, b"\x9c"),
        [(TEXT, "桜".encode())],
    ),
    "a ping": (frame(PING, b"there?"), [(PONG, b"there?")]),
    "a ping between the parts of a text": (
        frame(TEXT, b"a", flags=0) + frame(PING, b"?") + frame(CONT, b"b"),
        [(PONG, b"?"), (TEXT, b"ab")],
    ),
    "a pong that nobody asked for": (frame(PONG, b"yes"), []),
    "an empty text": (frame(TEXT), [(TEXT, b"")]),
}


@pytest.mark.parametrize("name", BAD)
async def test_a_bad_frame_is_answered_by_its_close_code_case_13(name: str, room: Room, served: Served) -> None:
    sent, code = BAD[name]
    async with raw(served) as client:
        [(opcode, payload)] = await client.answers(sent)
        assert (opcode, struct.unpack("!H", payload[:2])[0]) == (CLOSE, code)
    await until(lambda: not room.here)


@pytest.mark.parametrize("name", GOOD)
async def test_a_good_frame_is_understood_beside_them(name: str, served: Served) -> None:
    sent, expected = GOOD[name]
    async with raw(served) as client:
        client.writer.write(sent)
        assert [await client.next() for _ in expected] == expected
        [(opcode, payload)] = await client.answers(close(1000, "またね".encode()))
        assert (opcode, payload[:2]) == (CLOSE, struct.pack("!H", 1000))


async def test_a_frame_byte_by_byte_is_understood(served: Served) -> None:
    async with raw(served) as client:
        for byte in frame(TEXT, b"slow"):
            client.writer.write(bytes([byte]))
            await client.writer.drain()
        assert await client.next() == (TEXT, b"slow")


async def test_a_deflate_bomb_is_not_blown_up_case_13(room: Room, served: Served) -> None:
    """A gigabyte in a megabyte would be too large anyway; 50 MB fit into 50 KiB, and must not be made."""
    async with raw(served, DEFLATE) as client:
        client.writer.write(frame(TEXT, compressed(b"a" * 1000), flags=FIN | RSV1))
        opcode, _payload = await client.next()
        assert opcode == TEXT
        [(_close, payload)] = await client.answers(frame(TEXT, compressed(bytes(50 << 20)), flags=FIN | RSV1))
        assert payload[:2] == struct.pack("!H", 1009)
    await until(lambda: not room.here)


async def test_what_does_not_inflate_is_a_protocol_error_case_13(served: Served) -> None:
    async with raw(served, DEFLATE) as client:
        [(_close, payload)] = await client.answers(frame(TEXT, b"\xff\xff\xff\xff", flags=FIN | RSV1))
        assert payload[:2] in (struct.pack("!H", 1002), struct.pack("!H", 1007))


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (b"Sec-WebSocket-Version: 13", b"Sec-WebSocket-Version: 12"),
        (b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", b"Sec-WebSocket-Key: short"),
        (b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", b""),
    ],
)
async def test_a_bad_handshake_is_refused(wrong: bytes, right: bytes, served: Served) -> None:
    with socket.create_connection(served.address) as client:
        client.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.sock_sendall(client, HANDSHAKE.replace(wrong, right) + b"\r\n")
        status = (await loop.sock_recv(client, 4096)).split(b" ")[1]
        assert status[:1] == b"4"

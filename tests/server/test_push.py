"""Delivery to real sockets: the same frames to all, bounded, guarded, and a good-bye at the end."""

import asyncio
import json
import socket
import tracemalloc
import zlib

import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory

from ssc.core.live import Act, Burst, Publication
from ssc.core.live.outlet import BOUND
from ssc.server import push
from tests.core.live.hearing import said, until
from tests.server.sockets import HANDSHAKE, THREAD, Room, Served, serving

LONG = "とても長い文です。" * 200


async def read(client: ClientConnection, count: int) -> list[str]:
    async with asyncio.timeout(60):
        return [str(await client.recv()) for _ in range(count)]


async def close_code(client: ClientConnection) -> int | None:
    """The code with which the server closes, whatever it sends before."""
    async with asyncio.timeout(60):
        try:
            while True:
                await client.recv()
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else None


async def test_everybody_hears_the_same_in_the_same_order(room: Room, served: Served) -> None:
    clients = [await served.client(compression=kind) for kind in (None, None, "deflate")]
    await room.live.emit(said(1, 2))
    await room.live.emit([Publication(THREAD, LONG.encode(), 3)])
    assert [await read(client, 3) for client in clients] == [["rev 1", "rev 2", LONG]] * 3
    for client in clients:
        await client.close()


async def test_what_is_sent_is_answered_beside_what_is_pushed(room: Room, served: Served) -> None:
    client = await served.client()
    await client.send("mine")
    await room.live.emit(said(1))
    assert sorted(await read(client, 2)) == ["mine", "rev 1"]
    await client.close()
    await until(lambda: room.closed)
    assert room.closed == [1000]


async def test_what_was_said_before_the_end_is_heard_in_its_order_and_then_the_end(room: Room, served: Served) -> None:
    """More at once than is heard at a time; the client has gone by then."""
    client = await served.client(compression=None)
    said = [str(number) for number in range(300)]
    for text in said:
        await client.send(text)
    await client.close()
    await until(lambda: room.closed)
    assert (room.said, room.closed, room.here) == (said, [1000], [])


async def test_an_idle_socket_costs_no_task(room: Room, ours: Served) -> None:
    client = await ours.client()
    await until(lambda: not ours.server.server_state.tasks)
    await client.send("mine")
    assert await read(client, 1) == ["mine"]
    await client.close()
    await until(lambda: room.closed)


async def test_a_revoked_session_is_closed_at_once_case_9(room: Room, served: Served) -> None:
    revoked, other = await served.client(), await served.client()
    await room.live.emit([Act(room.here[0].member_id, "revoke"), *said(1)])
    assert await close_code(revoked) == 4401
    assert await read(other, 1) == ["rev 1"]
    await other.close()


async def test_who_does_not_read_is_cut_off_and_nobody_waits_case_10(room: Room, served: Served) -> None:
    """10,000 messages of a kilobyte: more than the system's buffers take."""
    slow = socket.create_connection(served.address)
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    slow.sendall(HANDSHAKE + b"\r\n")
    client = await served.client(compression=None)
    await until(lambda: len(room.here) == 2)
    tracemalloc.start()
    text = b"x" * 1000
    rev = 0
    for _ in range(200):
        await room.live.emit([Publication(THREAD, text, rev := rev + 1) for _ in range(50)])
        await read(client, 50)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 50 << 20
    await until(lambda: len(room.here) == 1)
    await client.close()
    slow.close()


async def test_a_client_that_reads_too_late_is_told_1013_case_10(room: Room, ours: Served) -> None:
    client = await ours.client(compression=None, max_queue=1)
    rev = 0
    while room.here:
        await room.live.emit([Publication(THREAD, b"x" * 60_000, rev := rev + 1)])
        await asyncio.sleep(0)
    assert await close_code(client) == 1013


async def test_one_that_has_vanished_silences_nobody_after_it(room: Room, served: Served) -> None:
    first, last = await served.client(), await served.client()
    transport = first.transport
    transport.abort()
    await room.live.emit(said(1))
    assert await read(last, 1) == ["rev 1"]
    await last.close()


@pytest.mark.parametrize("offer", [{}, {"server_max_window_bits": 9}, {"client_max_window_bits": 9}])
async def test_every_offer_of_compression_is_understood(offer: dict[str, int], room: Room, ours: Served) -> None:
    """One that asks for a small window gets what was not compressed for it."""
    factory = ClientPerMessageDeflateFactory(**offer)  # type: ignore[arg-type]
    client = await ours.client(compression=None, extensions=[factory])
    await room.live.emit([Publication(THREAD, LONG.encode(), 1), Publication(THREAD, LONG.encode(), 2)])
    await client.send(LONG)
    assert await read(client, 3) == [LONG] * 3
    await client.close()


def test_a_burst_is_encoded_once_however_many_receive_it() -> None:
    calls: list[bytes] = []

    def encode(text: bytes) -> bytes:
        calls.append(text)
        return push.plain(text)

    burst = Burst([b"one", b"two"])
    assert {burst.encoded(encode) for _ in range(5)} == {b"\x81\x03one\x81\x03two"}
    assert calls == [b"one", b"two"]


def test_what_is_compressed_is_smaller_and_whole() -> None:
    text = LONG.encode()
    frame = push.deflated(text)
    assert frame[0] == 0xC1  # final, compressed, text
    payload = 2 if frame[1] < 126 else 4
    assert zlib.decompressobj(wbits=-15).decompress(frame[payload:] + b"\0\0\xff\xff") == text
    assert len(frame) < len(text) / 10
    assert push.deflated(b"short") == push.plain(b"short")


async def test_at_the_end_our_server_says_bye_and_1012_case_12(room: Room, ours: Served) -> None:
    idle, deflating = await ours.client(compression=None), await ours.client()
    await ours.end()
    for client in (idle, deflating):
        bye = json.loads((await read(client, 1))[0])
        assert bye["op"] == "bye"
        assert 1 <= bye["retry_after_s"] <= 8
        assert await close_code(client) == 1012
    assert room.here == []


async def test_under_another_server_the_end_is_1012_alone_case_12(room: Room, served: Served) -> None:
    client = await served.client()
    await served.end()
    assert await close_code(client) == 1012


async def test_slow_and_vanished_clients_do_not_hold_up_the_end_case_12(room: Room, ours: Served) -> None:
    slow = socket.create_connection(ours.address)
    slow.sendall(HANDSHAKE + b"\r\n")
    gone = await ours.client(compression=None)
    await until(lambda: len(room.here) == 2)
    for rev in range(1, 100):
        await room.live.emit([Publication(THREAD, b"x" * 60_000, rev)])
    gone.transport.pause_reading()
    async with asyncio.timeout(push.LINGER_S + 3):
        await ours.end()
    assert room.here == []
    slow.close()
    gone.transport.abort()


async def test_a_silent_client_is_closed_4408(room: Room) -> None:
    """It answers no ping: its reading stands still."""
    async with serving(room, ws_ping_interval=0.1, ws_ping_timeout=0.1) as served:
        slow = socket.create_connection(served.address)
        slow.sendall(HANDSHAKE + b"\r\n")
        await until(lambda: room.here)
        await until(lambda: not room.here)
        assert room.closed == [4408]
        slow.close()


async def test_drained_waits_for_room(room: Room, served: Served) -> None:
    client = await served.client(compression=None)
    outlet = room.here[0].outlet
    reading = asyncio.create_task(read(client, 100))
    async with asyncio.timeout(60):
        for _ in range(100):
            outlet.write([b"x" * 60_000])
            await outlet.drained()
    assert len(await reading) == 100
    assert BOUND < 100 * 60_000
    await client.close()

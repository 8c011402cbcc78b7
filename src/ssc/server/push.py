"""WebSockets as we serve them: a frame is encoded once, whoever receives it, and written straight to each transport.

Rests on uvicorn's insides, whose version is therefore pinned; the application takes it as the ASGI extension
`ssc.push`, and does without under any other server (`core.live.Outlet`).
"""

import asyncio
import logging
import random
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory
from websockets.frames import Frame, Opcode
from websockets.http11 import Request

from ssc.core.live import Burst
from ssc.core.live.outlet import BOUND, EXTENSION, Ears

log = logging.getLogger("ssc.sockets")

SILENT = 4408
LINGER_S = 2.0
"""So long a client may take to read what was written before its socket was closed."""
_WORTH_DEFLATING = 128
_WINDOW = 15


class Way:
    """What the application holds of a socket: little, since a thousand of them are gone through for one message."""

    __slots__ = ("_encode", "_protocol", "_transport")

    def __init__(self, protocol: "PushProtocol", encode: Callable[[bytes], bytes]) -> None:
        self._protocol = protocol
        self._encode = encode
        self._transport: asyncio.Transport | None = None  # until it is open, and once it is not

    def push(self, frames: Sequence[bytes]) -> None:
        """Writes text frames; beyond the bound the client is cut off, and resumes when it can."""
        transport = self._transport
        if transport is None and (transport := self._opened()) is None:
            return
        if transport.is_closing():
            return
        if transport.get_write_buffer_size() > BOUND:
            self.close(1013)
            return
        burst = frames if isinstance(frames, Burst) else Burst(frames)
        transport.write(burst.encoded(self._encode))

    def close(self, code: int) -> None:
        """Closes behind what was written. The application hears of a disconnect at once."""
        self._transport = None
        self._protocol.end(code)

    def proceed(self) -> None:
        """Brings the next frame to the ears."""
        self._protocol.proceed()

    def _opened(self) -> asyncio.Transport | None:
        protocol = self._protocol
        if protocol.handshake_complete and not protocol.close_sent:
            self._transport = protocol.transport
        return self._transport


class Handed:
    """In place of the queue from which the application reads, once the socket has been handed over to its ears."""

    __slots__ = ("_busy", "_ears", "_protocol", "_waiting")

    def __init__(self, protocol: "PushProtocol", ears: Ears) -> None:
        self._protocol = protocol
        self._ears: Ears | None = ears  # until it is lost
        self._busy = False
        self._waiting: deque[Mapping[str, Any]] | None = None

    def put_nowait(self, event: Mapping[str, Any]) -> None:
        """What comes is heard one after the other, its end last; nothing is read from who says more than that."""
        if event["type"] != "websocket.receive":
            self._protocol.linger()
        if not self._busy:
            self._tell(event)
        elif self._waiting is None:
            self._waiting = deque([event])
            self._protocol.read_no_more()
        else:
            self._waiting.append(event)

    def proceed(self) -> None:
        self._busy = False
        if self._waiting:
            self._tell(self._waiting.popleft())
        elif self._waiting is not None:
            self._waiting = None
            self._protocol.read_on()

    def _tell(self, event: Mapping[str, Any]) -> None:
        if self._ears is None:
            return
        self._busy = True
        if event["type"] == "websocket.receive":
            self._ears.heard(event.get("text") or "")
        else:
            ears, self._ears = self._ears, None  # who loses it may be in the midst of writing to others
            self._protocol.loop.call_soon(ears.lost, event["code"])


class PushProtocol(WebSocketsSansIOProtocol):
    """uvicorn's protocol, with a way for the application to write without a task, a queue or a copy for each."""

    _way: Way | None = None

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.logger = self.conn.logger = log  # theirs tells of each connection, with its network address
        if self.config.ws_per_message_deflate:
            # Without context takeover one compression serves everybody, and no window is kept for an idle client.
            self.conn.available_extensions = [
                ServerPerMessageDeflateFactory(server_no_context_takeover=True, client_no_context_takeover=True)
            ]

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if self.close_sent:
            return
        way = self._way = Way(self, deflated if any(map(_serves_all, self.conn.extensions)) else plain)
        self.scope["extensions"][EXTENSION] = {
            "push": way.push,
            "close": way.close,
            "drained": self.writable.wait,
            "hand_over": self.hand_over,
            "proceed": way.proceed,
        }

    def hand_over(self, ears: Ears) -> None:
        """The application may return: whatever comes from now on, and what came meanwhile, goes to `ears`."""
        before, handed = self.queue, Handed(self, ears)
        self.queue = cast("asyncio.Queue[Any]", handed)  # the one thing through which theirs tells of anything
        if self.read_paused:
            self.read_on()
        self.read_paused = True  # theirs stops reading at each frame; ours where more come than are heard
        while not before.empty():
            handed.put_nowait(before.get_nowait())

    async def run_asgi(self) -> None:
        """As theirs, but that a socket which was handed over outlives the call, and that the call leaves nothing."""
        failed = False
        try:
            await self.app(self.scope, self.receive, self.send)
        except ClientDisconnected:
            pass
        except BaseException:
            failed = True
            log.exception("a socket failed")
        if isinstance(self.queue, Handed) and not failed:
            del self.scope, self.request, self.response
            return
        if not self.handshake_complete:
            self.send_500_response()
        if self.close_timer is None:
            self.transport.close()

    def proceed(self) -> None:
        if isinstance(self.queue, Handed):
            self.queue.proceed()

    def read_on(self) -> None:
        if not self.transport.is_closing():
            self.transport.resume_reading()

    def read_no_more(self) -> None:
        if not self.transport.is_closing():
            self.transport.pause_reading()

    def linger(self) -> None:
        """Closing waits for what was written, and a client that does not read would be waited for without end."""
        self.loop.call_later(LINGER_S, self.transport.abort)

    def end(self, code: int) -> None:
        if self.close_sent or self.transport.is_closing() or not self.handshake_complete:
            return
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": ""})
        self.stop_keepalive()
        self.conn.send_close(code)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.read_paused = False
        self.read_on()
        self.close_timer = self.loop.call_later(LINGER_S, self.transport.abort)

    def keepalive_timeout(self) -> None:
        """It has vanished: nothing that was written will be read."""
        self.pong_timer = self.pending_ping_payload = None
        self.end(SILENT)

    def on_task_complete(self, task: "asyncio.Task[None]") -> None:
        super().on_task_complete(task)
        if not isinstance(self.queue, Handed):
            self.linger()

    def shutdown(self) -> None:
        if self._way:
            after = random.randint(1, 8)  # noqa: S311  so that not all return at once
            self._way.push((b'{"op":"bye","retry_after_s":%d}' % after,))
        super().shutdown()
        self.linger()


def plain(text: bytes) -> bytes:
    """A text frame as servers send it."""
    return Frame(Opcode.TEXT, text).serialize(mask=False)


@lru_cache(256)
def deflated(text: bytes) -> bytes:
    """The same, compressed on its own, where that is worth it."""
    if len(text) < _WORTH_DEFLATING:
        return plain(text)
    extension = PerMessageDeflate(False, True, _WINDOW, _WINDOW)
    return Frame(Opcode.TEXT, text).serialize(mask=False, extensions=[extension])


def _serves_all(extension: object) -> bool:
    """Whether what we compress once can be read by this client."""
    return (
        isinstance(extension, PerMessageDeflate)
        and extension.local_no_context_takeover
        and extension.local_max_window_bits == _WINDOW
    )

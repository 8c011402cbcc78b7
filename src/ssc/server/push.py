"""WebSockets as we serve them: a frame is encoded once, whoever receives it, and written straight to each transport.

Rests on uvicorn's insides, whose version is therefore pinned; the application takes it as the ASGI extension
`ssc.push`, and does without under any other server (`core.live.Outlet`).
"""

import asyncio
import random
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory
from websockets.frames import Frame, Opcode
from websockets.http11 import Request

from ssc.core.live import Burst
from ssc.core.live.outlet import BOUND, EXTENSION

SILENT = 4408
LINGER_S = 2.0
"""So long a client may take to read what was written before its socket was closed."""
_WORTH_DEFLATING = 128
_WINDOW = 15


class PushProtocol(WebSocketsSansIOProtocol):
    """uvicorn's protocol, with a way for the application to write without a task, a queue or a copy for each."""

    _pushes = False

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if self.config.ws_per_message_deflate:
            # Without context takeover one compression serves everybody, and no window is kept for an idle client.
            self.conn.available_extensions = [
                ServerPerMessageDeflateFactory(server_no_context_takeover=True, client_no_context_takeover=True)
            ]
        self._encode = plain

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if self.close_sent:
            return
        if any(_serves_all(extension) for extension in self.conn.extensions):
            self._encode = deflated
        way: dict[object, object] = {"push": self.push, "close": self.end, "drained": self.writable.wait}
        self.scope["extensions"][EXTENSION] = way

    def push(self, frames: Sequence[bytes]) -> None:
        """Writes text frames; beyond the bound the client is cut off, and resumes when it can."""
        transport = self.transport
        if self.close_sent or transport.is_closing() or not self.handshake_complete:
            return
        if transport.get_write_buffer_size() > BOUND:
            self.end(1013)
            return
        self._pushes = True
        burst = frames if isinstance(frames, Burst) else Burst(frames)
        transport.write(burst.encoded(self._encode))

    def end(self, code: int) -> None:
        """Closes behind what was written. The application hears of a disconnect at once."""
        if self.close_sent or self.transport.is_closing() or not self.handshake_complete:
            return
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": ""})
        self.stop_keepalive()
        self.conn.send_close(code)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        self.close_timer = self.loop.call_later(LINGER_S, self.transport.abort)

    def keepalive_timeout(self) -> None:
        """It has vanished: nothing that was written will be read."""
        self.pong_timer = self.pending_ping_payload = None
        self.end(SILENT)

    def on_task_complete(self, task: "asyncio.Task[None]") -> None:
        """Closing waits for what was written, and a client that does not read would be waited for without end."""
        super().on_task_complete(task)
        self.loop.call_later(LINGER_S, self.transport.abort)

    def shutdown(self) -> None:
        if self._pushes:
            after = random.randint(1, 8)  # noqa: S311  so that not all return at once
            self.push((b'{"op":"bye","retry_after_s":%d}' % after,))
        super().shutdown()
        self.loop.call_later(LINGER_S, self.transport.abort)


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

"""HTTP as we accept it: heads of bounded size that arrive in bounded time."""

from asyncio import TimerHandle, Transport
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

HEAD_LIMIT = 32 << 10
LINGER_LIMIT = 1 << 20


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's protocol takes 60 MB of header from anyone, for as long as they like; this one does not."""

    head_seconds = 15.0
    stall_seconds = 30.0
    linger_seconds = 5.0

    _in_head = True
    _taken = 0
    _refused = 0
    _due: float | None = None
    _alarm: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect_within(self.head_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        self._expect_nothing_more()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._in_head or self._is_answered():
            self._taken += len(data)  # the parser gathers a header whole before it tells of it
        elif self._due is not None:
            self._expect_within(self.stall_seconds)
        super().data_received(data)
        if self._in_head and self._taken > HEAD_LIMIT:
            self._refuse(431)
        elif self._is_answered() and self._taken > LINGER_LIMIT:
            self.transport.close()

    def on_response_complete(self) -> None:
        """Answered before its body has come: it may still send a little, so that it gets to read the answer."""
        super().on_response_complete()
        if self._is_answered():
            self._taken = 0
            self._expect_within(self.linger_seconds)

    def _is_answered(self) -> bool:
        return not self._in_head and self.cycle is not None and self.cycle.response_complete

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self._due is None:
            self._expect_within(self.head_seconds)

    def on_headers_complete(self) -> None:
        if sum([len(name) + len(value) for name, value in self.headers]) + len(self.url) > HEAD_LIMIT:
            self._refused = 431
            raise ValueError("head too large")  # which the parser turns into `send_400_response`
        self._in_head = False
        self._expect_within(self.stall_seconds)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._in_head, self._taken = True, 0
        self._expect_nothing()

    def send_400_response(self, msg: str) -> None:
        if not self.transport.is_closing():
            self._refuse(self._refused or 400)

    def _refuse(self, status: int) -> None:
        if self.transport.is_closing():
            return
        self.transport.write(STATUS_LINE[status] + b"content-length: 0\r\nconnection: close\r\n\r\n")
        self.transport.close()

    def _expect_within(self, seconds: float) -> None:
        """One alarm a connection, set again when it rings too early: one a request was dearer than its parsing."""
        self._due = self.loop.time() + seconds
        if self._alarm is not None and self._alarm.when() > self._due:
            self._alarm.cancel()
            self._alarm = None
        if self._alarm is None:
            self._alarm = self.loop.call_at(self._due, self._ring)

    def _expect_nothing(self) -> None:
        self._due = None

    def _ring(self) -> None:
        self._alarm = None
        if self._due is None:
            return
        if self._due > self.loop.time():
            self._alarm = self.loop.call_at(self._due, self._ring)
            return
        self._due = None
        if self._in_head and self._taken:
            self._refuse(408)
        else:
            self.transport.close()

    def _expect_nothing_more(self) -> None:
        self._due = None
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def handle_websocket_upgrade(self) -> Any:
        self._expect_nothing_more()
        return super().handle_websocket_upgrade()

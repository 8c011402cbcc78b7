"""The live connection: events in, sends out, and whatever becomes of the line in between."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar, cast

from httpx import TransportError
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus, WebSocketException

from ssc import tasks
from ssc.client import events
from ssc.client.events import Connected, Disconnected, Event
from ssc.client.outbox import Outbox
from ssc.client.patience import Patience
from ssc.client.problems import NOT_SIGNED_IN, TRANSIENT, ClubProblem
from ssc.client.progress import Progress
from ssc.client.shapes import Ack, Frame, Message, Thread, new_client_id
from ssc.client.ways import Polling, Reached, Socket

T = TypeVar("T")

KEPT = 10_000
"""So many events wait for who listens slowly; then the club is left waiting, which cuts off and lets resume."""
BLOCKED_AFTER = 2
"""So many sockets in turn that the network refused: it will refuse the next, too."""
SIGNED_OUT = 4401


class Fetching(Reached, Protocol):
    def changes(self, thread_id: str, after_rev: int) -> AsyncIterator[Message]: ...
    async def read(self, thread_id: str, seq: int) -> None: ...


class Live:
    """Entered by `async with club.connect() as live`; then `async for event in live`, and `live.send`.

    It connects again by itself, resumes where it was and brings everything once, in order. It ends by `ClubProblem`
    when one is no longer signed in.
    """

    def __init__(self, club: Fetching, have: Mapping[str, int] | None, *, listen: bool) -> None:
        self.progress = Progress(have)
        self.outbox = Outbox()
        self._club = club
        self._listen = listen
        self._events: asyncio.Queue[Event] = asyncio.Queue(KEPT)
        self._came = asyncio.Event()
        self._connected = asyncio.Event()
        self._patience = Patience()
        self._return_after: float | None = None
        self._refused_sockets = 0
        self._watched: list[str] = []
        self._socket = Socket(club, self)
        self._polling = Polling(club, self)

    async def __aenter__(self) -> Self:
        """Returns when the club has answered for the first time, however long that takes."""
        self._task = asyncio.create_task(self._stay(), name="ssc.client")
        try:
            await self._unless_ended(self._connected.wait())
        except BaseException:
            await self._end()
            raise
        return self

    async def __aexit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        await self._end()

    async def _end(self) -> None:
        await tasks.end(self._task)
        self.outbox.give_up(ConnectionError("closed before it was acknowledged"))

    def __aiter__(self) -> AsyncIterator[Event]:
        return self

    async def __anext__(self) -> Event:
        while self._events.empty():  # taken only here: who stops waiting must not take an event along
            self._came.clear()
            await self._unless_ended(self._came.wait())
        return self._events.get_nowait()

    @property
    def have(self) -> dict[str, int]:
        """The last `rev` told of each thread: kept, it lets the next `connect` go on from here."""
        return dict(self.progress.have)

    @property
    def waiting(self) -> int:
        """So many events have come that nobody has taken yet; `have` counts them as told."""
        return self._events.qsize()

    @property
    def is_connected(self) -> bool:
        return self._connected.is_set()

    async def send(self, thread_id: str, body: str, *, client_id: str | None = None, **more: Any) -> Ack:
        """Returns when the message is durable, over as many lines as that takes. `more`: `reply_to`, `attachments`."""
        client_id = client_id or new_client_id()
        done = self.outbox.put({"op": "send", "client_id": client_id, "thread_id": thread_id, "body": body, **more})
        try:
            return await asyncio.shield(done)
        except asyncio.CancelledError:
            self.outbox.forget(client_id)
            raise

    async def read(self, thread_id: str, seq: int) -> None:
        """One has read up to there."""
        if not await self._socket.say({"op": "read", "thread_id": thread_id, "seq": seq}):
            await self._club.read(thread_id, seq)

    async def typing(self, thread_id: str) -> None:
        """For others to see, as long as there is a socket."""
        await self._socket.say({"op": "typing", "thread_id": thread_id})

    async def watch(self, handles: Sequence[str]) -> None:
        """Hears of the presence of these, in place of those before."""
        self._watched = list(handles)
        await self._socket.say({"op": "watch", "handles": self._watched})

    def greeted(self, threads: list[Thread], by: str) -> None:
        self._patience.regained()
        self._return_after = None
        if by == "socket":
            self._refused_sockets = 0
        for thread in threads:
            self.progress.meet(thread)
        self._connected.set()
        self._tell(Connected(threads, by))

    async def hear(self, frame: Frame) -> None:
        """One frame, whichever way it came."""
        match frame["op"]:
            case "message":
                await self._take(frame["message"])
            case "ack":
                self.outbox.acknowledge(cast(Ack, frame))
            case "problem":
                if "client_id" in frame:
                    self.outbox.refuse(frame["client_id"], ClubProblem(frame))
            case "gap":
                self.progress.begin_again(frame["thread_id"], frame["after_rev"])
                await self._fetch(frame["thread_id"])
            case "digest":
                for thread_id in self.progress.behind(frame["revs"]):
                    await self._fetch(thread_id)
            case "bye":
                self._return_after = float(frame["retry_after_s"])
            case _:
                await self._tell_of(frame)

    async def _tell_of(self, frame: Frame) -> None:
        match frame:
            case {"op": "thread", "thread": {"id": thread_id, "left": True}}:
                self.progress.leave(thread_id)
                await self._put(events.ThreadLeft(thread_id))
            case {"op": "thread", "thread": thread}:
                self.progress.meet(thread)
                await self._put(events.ThreadChanged(thread))
            case {"op": "read", "thread_id": thread_id, "handle": handle, "seq": seq}:
                await self._put(events.ReadUpTo(thread_id, handle, seq))
            case {"op": "typing", "thread_id": thread_id, "handle": handle}:
                await self._put(events.Typing(thread_id, handle))
            case {"op": "presence", "handle": handle, "online": online}:
                await self._put(events.PresenceChanged(handle, online))
            case {"op": "notification", "notification": notification}:
                await self._put(events.Noticed(notification))

    async def _take(self, message: Message) -> None:
        if self.progress.takes(message):
            await self._put(events.MessageCame(message, self.progress.is_new(message)))

    async def _fetch(self, thread_id: str) -> None:
        """Fills a gap. What comes by the line meanwhile waits in it, and is dropped where it is in here."""
        try:
            async for message in self._club.changes(thread_id, self.progress.have.get(thread_id, 0)):
                await self._take(message)
        except ClubProblem as refused:
            if refused.status not in (403, 404):  # one has left it by now, and is told so
                raise

    async def _put(self, event: Event) -> None:
        if self._listen:
            await self._events.put(event)
            self._came.set()

    def _tell(self, event: Event) -> None:
        with contextlib.suppress(asyncio.QueueFull):  # how the line does is not worth waiting for
            if self._listen:
                self._events.put_nowait(event)
                self._came.set()

    async def _stay(self) -> None:
        try:
            while True:
                why = await self._once()
                if self._connected.is_set():
                    self._connected.clear()
                    self._tell(Disconnected(why))
                await asyncio.sleep(self._return_after or self._patience.next())
        except ClubProblem as refused:
            self.outbox.give_up(refused)
            raise

    async def _once(self) -> str:
        """One line, until it is down; answers why."""
        way = self._polling if self._refused_sockets >= BLOCKED_AFTER else self._socket
        try:
            await way.run()
        except ConnectionClosed as closed:
            code = closed.rcvd.code if closed.rcvd else 1006
            if code == SIGNED_OUT:
                raise ClubProblem({"type": NOT_SIGNED_IN, "title": "Not signed in", "status": 401}) from None
            return f"closed {code}"
        except InvalidHandshake as refused:
            if not (isinstance(refused, InvalidStatus) and refused.response.status_code in TRANSIENT):
                self._refused_sockets += 1
            return str(refused)
        except ClubProblem as refused:
            if refused.status not in (429, *TRANSIENT):
                raise
            self._return_after = refused.retry_after
            return str(refused)
        except (OSError, EOFError, TimeoutError, TransportError, WebSocketException) as lost:
            return str(lost) or type(lost).__name__
        finally:
            if way is self._polling:
                self._refused_sockets = 0  # the next is a socket once more
        return "ended"

    async def _unless_ended(self, waiting: Coroutine[Any, Any, T]) -> T:
        """What is waited for; raises what ended the connection, if that comes first."""
        wanted = asyncio.ensure_future(waiting)
        try:
            await asyncio.wait([wanted, self._task], return_when=asyncio.FIRST_COMPLETED)
            if wanted.done():
                return wanted.result()
            self._task.result()
            raise StopAsyncIteration
        finally:
            wanted.cancel()

"""One socket: what its client says, op by op, each in a transaction of its own, and what it is written."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from psycopg import Error as DriverError
from sqlalchemy.exc import SQLAlchemyError

from ssc.accounts.loaders import Entrant, check_unlimited
from ssc.core import errors, i18n
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.core.i18n import _
from ssc.core.limits import Limit
from ssc.core.live import Outlet, Publication
from ssc.messaging import actions, encoding, limiting, rules
from ssc.messaging.access import SENDS
from ssc.messaging.gateway import frames
from ssc.messaging.gateway.catching_up import Have
from ssc.messaging.gateway.follower import Follower
from ssc.messaging.gateway.frames import Hello, Read, Send, Typing, Watch
from ssc.messaging.gateway.gateway import Gateway, Gone, presence_channel
from ssc.messaging.gateway.watching import present, watched_of
from ssc.messaging.live import channel_of
from ssc.messaging.queries.inbox import Heard
from ssc.messaging.queries.places import Place, place_of
from ssc.messaging.writing import Outcome, Sending, Stored, as_stored
from ssc.web import problems

log = logging.getLogger("ssc.messaging")

TOO_LARGE = 1009
FAILED = 1011
IN_FLIGHT = 64
"""So many sends of one socket wait for the writer; then the next is read when one is done."""
OPS = Limit("socket-ops", 1200, 60)
TYPING_EVERY_S = 2.0


class Connection(Follower):
    """A socket that has been accepted: the ears of its outlet."""

    __slots__ = (
        "_acks",
        "_in_flight",
        "_landed",
        "_outlet",
        "_typed",
        "_watched",
        "busy",
        "came_at",
        "checked_at",
        "heard_at",
    )

    def __init__(self, gateway: Gateway, entrant: Entrant, outlet: Outlet) -> None:
        super().__init__(gateway, entrant)
        self.busy = False
        self.came_at = self.heard_at = self.checked_at = time.monotonic()
        self._outlet = outlet
        self._in_flight = 0
        self._landed: asyncio.Event | None = None  # while one waits for it
        self._acks: list[bytes] = []
        self._typed: dict[UUID, float] = {}
        self._watched: dict[UUID, str] = {}

    def out(self, frames: Sequence[bytes]) -> None:
        if frames:
            self._outlet.write(frames)

    def straight(self) -> Callable[[Sequence[bytes]], None]:
        return self._outlet.write

    def ended(self, code: int) -> None:
        self._outlet.close(code)

    def heard(self, text: str) -> None:
        self.gateway.obey(self._hear_in_turn(text))

    def lost(self, code: int) -> None:
        self.gateway.part(self)

    def begin_with(self, threads: Sequence[Heard], have: Have, notices_unread: int) -> None:
        self.out(
            [
                encoding.frame(
                    "welcome",
                    member=self.viewer.in_short.in_short.model_dump(),
                    threads=[thread.shape for thread in threads],
                    notices_unread=notices_unread,
                    heartbeat_s=self.gateway.heartbeat_s,
                )
            ]
        )

    async def drained(self) -> None:
        await self._outlet.drained()

    async def _hear_in_turn(self, text: str) -> None:
        """One frame, then the next is asked for."""
        try:
            if len(text) > frames.LIMIT or len(text.encode()) > frames.LIMIT:
                self.ended(TOO_LARGE)
            else:
                await self.hear(text)
        except Gone:
            pass
        except Exception:
            log.exception("a frame could not be obeyed")
            self.ended(FAILED)
        finally:
            self._outlet.proceed()

    async def hear(self, text: str) -> None:
        """One frame of the client's. A bad one gets a `problem`, and the socket stays."""
        i18n.use(self.viewer.member.language)
        self.heard_at = time.monotonic()
        content: dict[str, Any] = {}
        self.busy = True
        try:
            content = frames.parsed(text)
            await self._obey(content["op"], content)
        except Problem as refused:
            self._refuse(refused, content.get("client_id"))
        except (SQLAlchemyError, DriverError, TimeoutError):
            self._refuse(Problem(errors.UNAVAILABLE), content.get("client_id"))
        finally:
            self.busy = False
            self.heard_at = time.monotonic()

    async def _obey(self, op: str, content: dict[str, Any]) -> None:
        form = frames.formed(dict(content))
        if isinstance(form, Send | Read | Typing):
            check_unlimited(self.viewer)
        if isinstance(form, Send):
            await self._send(form)
            return
        await self.gateway.process.limits.take(OPS, str(self.member_id))
        if isinstance(form, Hello):
            await self._hello(form)
        elif isinstance(form, Read):
            await self._read(form)
        elif isinstance(form, Typing):
            await self._type(form)
        elif isinstance(form, Watch):
            await self._watch(form)
        else:
            self.out([encoding.frame("pong")])

    async def _hello(self, form: Hello) -> None:
        if self.greeted:
            raise errors.conflict(_("This socket has been greeted already."))
        await self.greet(form.have)
        if self.viewer.member.presence:
            await self.gateway.tell_presence(self.viewer.member, online=True)

    async def _send(self, form: Send) -> None:
        """Into the writer at once, so that order is kept; the ack follows when it is durable."""
        await self.gateway.process.limits.take(SENDS, str(self.member_id))
        while self._in_flight >= IN_FLIGHT:
            self._landed = asyncio.Event()
            await self._landed.wait()
        sending = Sending(
            form.thread_id, self.member_id, form.client_id, form.body, form.reply_to, tuple(form.attachments)
        )
        await limiting.count_mentions(self.gateway.process.limits, self.member_id, sending.names)
        self._in_flight += 1
        self.gateway.writer.enqueue(sending).add_done_callback(lambda done: self._stored(sending, done))

    def _stored(self, sending: Sending, done: "asyncio.Future[Outcome]") -> None:
        self._in_flight -= 1
        if self._landed is not None:
            self._landed.set()
            self._landed = None
        try:
            stored = as_stored(done.result())
        except Problem as refused:
            self._refuse(refused, sending.client_id)
        except Exception:
            self._refuse(Problem(errors.UNAVAILABLE), sending.client_id)
        else:
            self._acknowledge(sending, stored)

    def _acknowledge(self, sending: Sending, stored: Stored) -> None:
        """All that one commit made durable is acknowledged in one write."""
        if not self._acks:
            asyncio.get_running_loop().call_soon(self._flush)
        thread_id = str(sending.thread_id)
        self._acks.append(
            encoding.frame("ack", client_id=sending.client_id, thread_id=thread_id, seq=stored.seq, rev=stored.rev)
        )

    def _flush(self) -> None:
        acks, self._acks = self._acks, []
        self.out(acks)

    async def _read(self, form: Read) -> None:
        async with self.gateway.transaction() as session:
            place = await self._place(session, form.thread_id)
            await actions.read_up_to(session, self.viewer, place, form.seq)
        await self.gateway.live.look(self, channel_of(form.thread_id))

    async def _type(self, form: Typing) -> None:
        now = time.monotonic()
        if now - self._typed.get(form.thread_id, 0.0) < TYPING_EVERY_S:
            return
        self._typed = {thread: at for thread, at in self._typed.items() if now - at < TYPING_EVERY_S}
        self._typed[form.thread_id] = now
        async with self.gateway.reading() as session:
            place = await self._place(session, form.thread_id)
        if rules.may_type(place, self.viewer.member.presence):
            frame = encoding.frame("typing", thread_id=str(place.id), handle=self.viewer.member.handle)
            await self.gateway.live.emit([Publication(place.channel, frame, author=self.member_id)])
        await self.gateway.live.look(self, place.channel)

    async def _watch(self, form: Watch) -> None:
        live = self.gateway.live
        async with self.gateway.reading() as session:
            watched = await watched_of(session, self.viewer, form.handles)
        for gone in self._watched.keys() - watched.keys():
            live.unfollow(self, presence_channel(gone))
        fresh = [presence_channel(new) for new in watched.keys() - self._watched.keys()]
        self._watched = watched
        await live.follow(self, *fresh)
        for channel in fresh:
            live.caught_up(self, channel, 0)
        here = await live.presence_of(watched)
        self.out(
            [
                encoding.frame("presence", handle=handle, online=online)
                for handle, online in present(form.handles, watched, here)
            ]
        )

    async def _place(self, session: Session, thread_id: UUID) -> Place:
        place = await place_of(session, self.viewer, thread_id)
        if place is None:
            raise errors.not_found()
        return place

    def _refuse(self, problem: Problem, client_id: object) -> None:
        told = {name: value for name, value in problems.body(problem).items() if name != "status"}
        if isinstance(client_id, str):
            told = {"client_id": client_id, **told}
        self.out([encoding.frame("problem", **told)])

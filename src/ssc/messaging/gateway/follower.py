"""Somebody who hears her threads live, by whatever way: what she follows, and what of it is for her eyes."""

import asyncio
import json
from collections.abc import Callable, Sequence
from uuid import UUID

from ssc.accounts import loaders
from ssc.accounts.loaders import Entrant
from ssc.core import i18n
from ssc.core.db import Session
from ssc.messaging import encoding, rules
from ssc.messaging.gateway import catching_up
from ssc.messaging.gateway.catching_up import Have
from ssc.messaging.gateway.gateway import Gateway, Gone
from ssc.messaging.live import channel_of, thread_of
from ssc.messaging.queries.inbox import Heard, heard_by, ids_of
from ssc.people import queries as people
from ssc.people.viewer import Viewer


class Follower:
    """A `core.live.Receiver`. What it is given before it was greeted waits behind the greeting.

    There may be very many, and all of a thread are gone through for one message: what the hub asks of each is a plain
    attribute, set where it changes.
    """

    __slots__ = (
        "__weakref__",
        "_early",
        "_hidden",
        "_turn",
        "bell",
        "blocked",
        "entrant",
        "gateway",
        "greeted",
        "member_id",
        "write",
    )

    def __init__(self, gateway: Gateway, entrant: Entrant) -> None:
        self.gateway = gateway
        self.entrant = entrant
        self.member_id: UUID = entrant.viewer.id
        self.blocked: frozenset[UUID] = entrant.viewer.blocked
        self.greeted = False
        self.bell: int | None = None
        self.write: Callable[[Sequence[bytes]], None] = self._keep
        self._early: list[bytes] = []
        self._hidden: tuple[str, ...] = ()
        self._turn = asyncio.Lock()

    @property
    def viewer(self) -> Viewer:
        return self.entrant.viewer

    @property
    def session_id(self) -> UUID:
        return self.entrant.key_id

    def out(self, frames: Sequence[bytes]) -> None:
        """Sends them as they are."""
        raise NotImplementedError

    def ended(self, code: int) -> None:
        raise NotImplementedError

    def admitted(self, channel: str) -> None:
        self.gateway.start(self._admit(channel))

    def noticed(self, notice: str) -> None:
        self.gateway.bells.ring(self, notice)

    def refreshed(self) -> None:
        self.gateway.start(self._refresh())

    async def greet(self, have: Have) -> list[Heard]:
        """Follows all her threads, then reads them: the threads as they are, after `begin_with` and what was missed."""
        live = self.gateway.live
        async with self._turn:
            async with self.gateway.reading() as session:
                channels = [channel_of(thread_id) for thread_id in await ids_of(session, self.viewer)]
            await live.follow(self, *channels)
            async with self.gateway.reading() as session:
                await self._look_again(session)
                threads = await heard_by(session, self.viewer)
                self.bell = self.viewer.notices_unread
            self._leave_all_but(threads)
            self.greeted = True
            self._open()
            self.begin_with([thread for thread in threads if thread.shown], have, self.bell)
            gone = have.keys() - {thread.id for thread in threads}
            self.out([catching_up.left_frame(thread_id) for thread_id in gone])
            await self._catch_up(threads, have)
            await self._follow_receipts(threads)
            early, self._early = self._early, []
            if early:
                self.write(early)
        return threads

    def begin_with(self, threads: Sequence[Heard], have: Have, notices_unread: int) -> None:
        """What the greeting is, before what was missed."""

    async def drained(self) -> None:
        """Waits until there is room for more."""

    def straight(self) -> Callable[[Sequence[bytes]], None]:
        """The shortest way out, for frames that nothing is to be done to."""
        return self.out

    def _keep(self, frames: Sequence[bytes]) -> None:
        self._early += frames

    def _open(self) -> None:
        self.write = self._write_tailored if self._hidden else self.straight()

    def _write_tailored(self, frames: Sequence[bytes]) -> None:
        self.out([self._tailored(frame) for frame in frames])

    async def _catch_up(self, threads: Sequence[Heard], have: Have) -> None:
        live = self.gateway.live
        followed = live.followed(self)
        heard = [thread for thread in threads if thread.channel in followed]
        for at in range(0, len(heard), catching_up.MANY):
            some = heard[at : at + catching_up.MANY]
            async with self.gateway.reading() as session:
                missed = await catching_up.missed_of(session, self.viewer, some, have)
            if missed.frames:
                self.out(missed.frames)
                await self.drained()
            for channel, rev in missed.revs.items():
                live.caught_up(self, channel, rev)

    def _leave_all_but(self, threads: Sequence[Heard]) -> None:
        """Of what was followed before one looked, what is not hers any more."""
        hers = {thread.channel for thread in threads if thread.above is not None}
        for channel in self.gateway.live.followed(self):
            if thread_of(channel) is not None and channel not in hers:
                self.gateway.live.unfollow(self, channel)

    async def _admit(self, channel: str) -> None:
        """She is in a thread that she was not in, or may read it now."""
        thread_id = thread_of(channel)
        if not self.greeted or thread_id is None:
            return
        live = self.gateway.live
        async with self._turn:
            if channel not in live.followed(self):
                await live.follow(self, channel)
            async with self.gateway.reading() as session:
                threads = await heard_by(session, self.viewer, [thread_id])
            self.out([catching_up.thread_frame(thread) for thread in threads if thread.shown])
            if not threads or threads[0].above is None:
                live.unfollow(self, channel)
            else:
                live.caught_up(self, channel, threads[0].rev)
                await self._follow_receipts(threads)

    async def _refresh(self) -> None:
        """Her standing, blocks and threads may be others now."""
        async with self._turn:
            was_present = self.viewer.member.presence
            async with self.gateway.reading() as session:
                await self._look_again(session)
                hers = {channel_of(thread_id): thread_id for thread_id in await ids_of(session, self.viewer)}
            followed = self.gateway.live.followed(self)
            for channel in followed:
                lost = thread_of(channel)
                if lost is not None and channel not in hers:
                    self.gateway.live.unfollow(self, channel)
                    self.out([catching_up.left_frame(lost)])
                elif channel.startswith(rules.RECEIPTS) and not self.viewer.member.read_receipts:
                    self.gateway.live.unfollow(self, channel)
        for channel in hers.keys() - followed:
            await self._admit(channel)
        self.noticed("")
        if self.viewer.member.presence != was_present:
            await self.gateway.tell_presence(self.viewer.member, online=self.viewer.member.presence)

    async def _look_again(self, session: Session) -> None:
        """Whether she may still listen, and whom she has a block with."""
        found = await loaders.still_in(session, self.entrant)
        if found is None:
            self.ended(4401)
            raise Gone
        self.entrant = found
        self.blocked = found.viewer.blocked
        i18n.use(self.viewer.member.language)
        self._hidden = await people.handles_of(session, self.viewer.blocked) if self.viewer.blocked else ()
        if self.greeted:
            self._open()

    async def _follow_receipts(self, threads: Sequence[Heard]) -> None:
        if not self.viewer.member.read_receipts:
            return
        followed = self.gateway.live.followed(self)
        channels = [
            channel
            for thread in threads
            if thread.shape["kind"] in rules.WITH_RECEIPTS
            if (channel := rules.receipts_channel(thread.id)) not in followed
        ]
        await self.gateway.live.follow(self, *channels)
        for channel in channels:
            self.gateway.live.caught_up(self, channel, 0)

    def _tailored(self, frame: bytes) -> bytes:
        """Without the reactions of those with whom there is a block; what they wrote, the hub has withheld already."""
        if b'"reactions":{"' not in frame or not any(handle.encode() in frame for handle in self._hidden):
            return frame
        content = json.loads(frame)
        message = content["message"]
        kept = {
            emoji: [handle for handle in handles if handle not in self._hidden]
            for emoji, handles in message["reactions"].items()
        }
        message["reactions"] = {emoji: handles for emoji, handles in kept.items() if handles}
        return encoding.json(content)

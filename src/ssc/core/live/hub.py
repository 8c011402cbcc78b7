"""The hub of one process: takes news, brings each channel's into order, and writes them to whoever follows."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

from ssc import tasks
from ssc.core.live.bus import Bus
from ssc.core.live.channel import Channel, seen_by
from ssc.core.live.filling import Filler, Filling
from ssc.core.live.news import Act, Burst, Hint, News, Publication, Receiver, channel_of
from ssc.core.live.presence import Presence

log = logging.getLogger("ssc.live")

REFRESHED_AT_ONCE = 25


class Live:
    """What a process holds of its sockets. `emit` is for who has committed; everybody else calls `live.publish`."""

    def __init__(self, bus: Bus, presence: Presence) -> None:
        self._bus = bus
        self._presence = presence
        self._channels: dict[str, Channel] = {}
        self._following: dict[Receiver, set[str]] = {}
        self._sockets: dict[UUID, dict[Receiver, None]] = {}
        self._filling = Filling(self._deliver)
        self._refreshing: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        async with self._bus.running(self._take_safely, self._restored), self._presence.running(), self._filling:
            try:
                yield
            finally:
                await tasks.end(self._refreshing)

    def fill_by(self, prefix: str, filler: Filler) -> None:
        """Holes in channels of this prefix are filled by what `filler` reads."""
        self._filling.fillers[prefix] = filler

    async def emit(self, news: Sequence[News]) -> None:
        """To all who follow, here at once and in the other processes soon. Never raises."""
        self._take_safely(news)
        self._bus.send(news)

    @asynccontextmanager
    async def connect(self, receiver: Receiver) -> AsyncIterator[None]:
        """Within the block acts on its member reach it, and what goes out to `member:<id>`.

        Read the member's standing once more inside: what was done to her before is not heard of.
        """
        try:
            await self.join(receiver)
            yield
        finally:
            self.part(receiver)

    async def join(self, receiver: Receiver) -> None:
        """As `connect`, for who calls `part` in the end, whatever happens here."""
        own = channel_of(receiver.member_id)
        self._following[receiver] = {own}
        self._sockets.setdefault(receiver.member_id, {})[receiver] = None
        self._channel(own).follow_at_once(receiver)
        self._presence.came(receiver.member_id)
        await self._bus.follow([own])

    def part(self, receiver: Receiver) -> None:
        if receiver in self._following:
            self._presence.left(receiver.member_id)
            self._disconnect(receiver)

    async def follow(self, receiver: Receiver, *channels: str) -> None:
        """Whatever is published from the return on reaches it, once `caught_up` says from which `rev`.

        Read what the channel holds, and whether the member may read it, after this has returned; `unfollow` if not.
        """
        following = self._following.get(receiver)
        if following is None:
            return  # its socket has gone meanwhile
        for name in channels:
            channel = self._channel(name)
            channel.follow(receiver)
            following.add(channel.name)  # one string for all who follow it
        await self._bus.follow(channels)

    def caught_up(self, receiver: Receiver, channel: str, rev: int) -> None:
        """It has been written all up to `rev`: what came meanwhile leaves now, and from then on everything."""
        followed = self._channels.get(channel)
        if followed is None:
            return
        burst = seen_by(receiver.blocked, followed.caught_up(receiver, rev))
        if burst:
            self._write(receiver, burst)
        self._deliver({followed: followed.order.begin(rev)})

    def unfollow(self, receiver: Receiver, channel: str) -> None:
        self._following.get(receiver, set()).discard(channel)
        self._leave(receiver, [channel])

    def followed(self, receiver: Receiver) -> frozenset[str]:
        """The channels that it follows at this moment, catching up or live."""
        return frozenset(self._following.get(receiver, ()))

    def heard(self, channel: str, rev: int) -> None:
        """PostgreSQL says that the channel has come to `rev`: what has not come by here is read."""
        if followed := self._channels.get(channel):
            followed.order.hear(rev)
            self._filling.watch(followed)

    async def presence_of(self, member_ids: Iterable[UUID]) -> set[UUID]:
        """Those of them who are connected, to whichever process."""
        return await self._presence.here(set(member_ids))

    async def look(self, receiver: Receiver, channel: str) -> None:
        """Its member has the channel before her eyes; to be said again within the minute."""
        await self._presence.look(receiver.member_id, channel)

    async def look_away(self, receiver: Receiver, channel: str) -> None:
        await self._presence.look_away(receiver.member_id, channel)

    async def looking(self, channel: str) -> set[UUID]:
        """Who has the channel before her eyes, as far as she said so within the last minute."""
        return await self._presence.looking(channel)

    def _channel(self, name: str) -> Channel:
        if name not in self._channels:
            self._channels[name] = Channel(name)
        return self._channels[name]

    def _disconnect(self, receiver: Receiver) -> None:
        self._leave(receiver, self._following.pop(receiver, ()))
        sockets = self._sockets.get(receiver.member_id, {})
        sockets.pop(receiver, None)
        if not sockets:
            self._sockets.pop(receiver.member_id, None)

    def _leave(self, receiver: Receiver, names: Iterable[str]) -> None:
        empty = []
        for name in names:
            if channel := self._channels.get(name):
                channel.unfollow(receiver)
                if not channel.followed:
                    del self._channels[name]
                    self._filling.forget(channel)
                    empty.append(name)
        if empty:
            self._bus.unfollow(empty)

    def _take_safely(self, news: Sequence[News]) -> None:
        try:
            self._take(news)
        except Exception:
            log.exception("live delivery failed")

    def _take(self, news: Sequence[News]) -> None:
        came: dict[Channel, list[Publication]] = {}
        for one in news:
            channel = self._channels.get(one.channel)
            if channel is None:
                continue
            if isinstance(one, Publication):
                came.setdefault(channel, []).append(one)
            elif isinstance(one, Hint):
                self.heard(one.channel, one.rev)
            else:  # what was published before it goes out before it
                self._deliver({c: c.order.take(publications) for c, publications in came.items()})
                came.clear()
                self._act(one)
        self._deliver({c: c.order.take(publications) for c, publications in came.items()})

    def _deliver(self, ready: Mapping[Channel, Sequence[Publication]]) -> None:
        """Writes to each receiver once, whatever number of channels it follows."""
        full = {channel: publications for channel, publications in ready.items() if publications}
        if len(full) == 1:
            for channel, publications in full.items():
                for receiver, burst in channel.bursts(publications):
                    self._write(receiver, burst)
        elif full:
            self._deliver_joined(full)
        for channel in ready:
            self._filling.watch(channel)

    def _deliver_joined(self, ready: Mapping[Channel, Sequence[Publication]]) -> None:
        parts: dict[Receiver, list[Burst]] = {}
        for channel, publications in ready.items():
            for receiver, burst in channel.bursts(publications):
                parts.setdefault(receiver, []).append(burst)
        joined: dict[tuple[int, ...], Burst] = {}
        for receiver, bursts in parts.items():
            key = tuple(map(id, bursts))
            if key not in joined:
                joined[key] = bursts[0] if len(bursts) == 1 else Burst(frame for burst in bursts for frame in burst)
            self._write(receiver, joined[key])

    def _write(self, receiver: Receiver, burst: Burst) -> None:
        try:
            receiver.write(burst)
        except Exception:  # one that breaks must not silence those after it
            log.exception("a receiver failed")

    def _act(self, act: Act) -> None:
        for receiver in list(self._sockets.get(act.member_id, ())):
            if act.verb == "revoke":
                if act.subject in ("", str(receiver.session_id)):
                    receiver.ended(4401)
            elif act.verb == "dismiss":
                self.unfollow(receiver, act.subject)
                self._write(receiver, Burst([act.frame]))
            elif act.verb == "admit":
                receiver.admitted(act.subject)
            elif act.verb == "notice":
                receiver.noticed(act.subject)
            else:
                receiver.refreshed()

    def _restored(self) -> None:
        """News were lost: every channel is read again, and everybody's standing, a few at a time."""
        for channel in list(self._channels.values()):
            channel.order.doubt()
            self._filling.watch(channel)
        self._refreshing = asyncio.create_task(self._refresh(list(self._following)))

    async def _refresh(self, receivers: Sequence[Receiver]) -> None:
        for at, receiver in enumerate(receivers):
            if receiver in self._following:
                receiver.refreshed()
            if at % REFRESHED_AT_ONCE == REFRESHED_AT_ONCE - 1:
                await asyncio.sleep(0.1)

"""Two processes over a real Valkey: each hears the other; stopped, slow or mad it costs seconds and no message."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from redis.asyncio import Redis

from ssc.core.live import Act, Live, Publication, channel_of, wire
from ssc.core.live.news import Hint, News
from ssc.core.live.outgoing import owed
from ssc.core.live.shared_presence import ValkeyPresence
from ssc.core.live.valkey import ValkeyBus
from ssc.server import valkey
from tests.core.bad_valkeys import mad, silent
from tests.core.live.hearing import OTHER, THREAD, Ear, frames, said, until


class Machine:
    """A Valkey that can be stopped and started, always at the same address."""

    def __init__(self, address: Path) -> None:
        self.address = address
        self._running = ExitStack()

    @property
    def url(self) -> str:
        return f"unix://{self.address}"

    def start(self) -> None:
        url = self._running.enter_context(valkey.running())
        self.address.unlink(missing_ok=True)
        self.address.symlink_to(url.removeprefix("unix://"))

    def stop(self) -> None:
        self._running.close()


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    made = Machine(tmp_path / "v")
    made.start()
    yield made
    made.stop()


@asynccontextmanager
async def process(url: str) -> AsyncIterator[Live]:
    async with Redis.from_url(url) as client:
        live = Live(ValkeyBus(url), ValkeyPresence(client))
        async with live.running():
            yield live


@pytest.fixture
async def here(machine: Machine) -> AsyncIterator[Live]:
    async with process(machine.url) as live:
        yield live


@pytest.fixture
async def there(machine: Machine) -> AsyncIterator[Live]:
    async with process(machine.url) as live:
        yield live


async def test_a_process_ends_at_whatever_moment_it_is_told(machine: Machine) -> None:
    """Also while it speaks with Valkey: its library loses a cancellation that comes together with an answer."""
    for after in range(60):
        async with asyncio.timeout(60), Redis.from_url(machine.url) as client:
            live = Live(ValkeyBus(machine.url), ValkeyPresence(client))
            async with live.running(), live.connect(Ear()):
                for _ in range(after % 12):
                    await asyncio.sleep(0)


async def test_what_is_sent_through_one_arrives_through_the_other_in_order_case_7(here: Live, there: Live) -> None:
    near, far = Ear(), Ear()
    stored: list[int] = []

    async def read(channel: str, after_rev: int) -> Sequence[Publication]:
        """What comes too late over there, on a busy machine, is read, as it is from the database."""
        return said(*(rev for rev in stored if rev > after_rev))

    async with here.connect(near), there.connect(far):
        for live, ear in ((here, near), (there, far)):
            live.fill_by("thread:", read)
            await live.follow(ear, THREAD)
            live.caught_up(ear, THREAD, 0)
        for rev in range(1, 101):
            stored.append(rev)
            await (here, there)[rev % 2].emit(said(rev))
        await until(lambda: len(near.heard) == len(far.heard) == 100)
        assert near.heard == far.heard == frames(*range(1, 101))


async def test_a_subscription_is_active_when_following_returns_case_6(here: Live, there: Live) -> None:
    for round_ in range(30):
        ear, channel = Ear(), f"thread:{uuid4()}"
        async with there.connect(ear):
            await there.follow(ear, channel)
            await here.emit(said(1, channel=channel))  # nothing of it may be lost: nobody fills here
            there.caught_up(ear, channel, 0)
            await until(lambda ear=ear: ear.heard)  # type: ignore[misc]
            assert ear.heard == frames(1), round_


async def test_what_one_emit_sends_leaves_in_one_write_over_there_too(here: Live, there: Live) -> None:
    far = Ear()
    async with there.connect(far):
        await there.follow(far, THREAD)
        there.caught_up(far, THREAD, 0)
        await here.emit(said(*range(1, 65)))
        await until(lambda: far.heard)
        assert far.writes == [tuple(frames(*range(1, 65)))]


async def test_acts_and_blocks_hold_over_there_case_9(here: Live, there: Live) -> None:
    author = uuid4()
    far, blocking = Ear(), Ear(blocked=frozenset({author}))
    async with there.connect(far), there.connect(blocking):
        for ear in (far, blocking):
            await there.follow(ear, THREAD)
            there.caught_up(ear, THREAD, 0)
        await here.emit(
            [
                *said(1, author=author),
                Publication(THREAD, b"typing", author=author),
                Act(far.member_id, "dismiss", THREAD, b"left"),
                Act(far.member_id, "admit", OTHER),
                Act(far.member_id, "refresh"),
                Act(far.member_id, "revoke", str(far.session_id)),
                *said(2),
            ]
        )
        await until(lambda: 4401 in far.told and frames(2)[0] in blocking.heard)
        assert far.told == [("admitted", OTHER), "refreshed", 4401]
        assert far.heard == [*frames(1), b"typing", b"left"]
        assert blocking.heard == [b"withheld", *frames(2)]


async def test_only_what_is_followed_is_subscribed(here: Live, there: Live, machine: Machine) -> None:
    ear = Ear()
    async with Redis.from_url(machine.url) as client:

        async def subscribed(*channels: str) -> bool:
            return set(await client.pubsub_channels()) == {f"live:{channel}".encode() for channel in channels}

        async with here.connect(ear):
            await here.follow(ear, THREAD, OTHER)
            own = channel_of(ear.member_id)
            assert await subscribed("", own, THREAD, OTHER)
            here.unfollow(ear, OTHER)
            await until(lambda: subscribed("", own, THREAD))
        await until(lambda: subscribed(""))


async def test_with_valkey_stopped_each_goes_on_and_what_was_missed_is_read_case_7(
    here: Live, there: Live, machine: Machine
) -> None:
    stored: list[int] = []

    async def read(channel: str, after_rev: int) -> Sequence[Publication]:
        return said(*(rev for rev in stored if rev > after_rev))

    near, far = Ear(), Ear()
    for live in (here, there):
        live.fill_by("thread:", read)
    async with here.connect(near), there.connect(far):
        for live, ear in ((here, near), (there, far)):
            await live.follow(ear, THREAD)
            live.caught_up(ear, THREAD, 0)
        machine.stop()
        for rev in (1, 2, 3):
            stored.append(rev)
            await here.emit(said(rev))
        await here.emit([Act(far.member_id, "revoke")])
        assert near.heard == frames(1, 2, 3)
        assert (far.heard, far.told) == ([], [])
        await until(lambda: here._bus._outgoing._failing)  # type: ignore[attr-defined]
        machine.start()
        await until(lambda: len(far.heard) == 3)
        await until(lambda: "refreshed" in near.told and "refreshed" in far.told)  # and reads her standing
        stored.append(4)
        await there.emit(said(4))
        await until(lambda: len(near.heard) == 4)
        assert near.heard == far.heard == frames(1, 2, 3, 4)


async def test_presence_is_shared_and_ends_with_the_socket(here: Live, there: Live) -> None:
    near, far = Ear(), Ear()

    async def here_are(*ears: Ear) -> bool:
        return await here.presence_of([near.member_id, far.member_id]) == {ear.member_id for ear in ears}

    async with here.connect(near):
        async with there.connect(far):
            await there.look(far, THREAD)
            await until(lambda: here_are(near, far))
            assert await here.looking(THREAD) == {far.member_id}
            await there.look_away(far, THREAD)
            assert await here.looking(THREAD) == set()
        await until(lambda: here_are(near))


@pytest.mark.parametrize("talk", [silent, mad])
async def test_a_slow_or_mad_valkey_costs_seconds_only_case_23(
    talk: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[None, None, None]], tmp_path: Path
) -> None:
    server = await asyncio.start_unix_server(talk, tmp_path / "v")
    ear = Ear()
    async with asyncio.timeout(20), process(f"unix://{tmp_path / 'v'}") as live, live.connect(ear):
        await live.follow(ear, THREAD)
        live.caught_up(ear, THREAD, 0)
        for rev in range(1, 1001):
            await live.emit(said(rev))
        assert ear.heard == frames(*range(1, 1001))
        assert await live.presence_of([ear.member_id, uuid4()]) == {ear.member_id}
    server.close()


async def test_garbage_in_a_channel_is_passed_over(here: Live, there: Live, machine: Machine) -> None:
    ear = Ear()
    async with there.connect(ear), Redis.from_url(machine.url) as client:
        await there.follow(ear, THREAD)
        there.caught_up(ear, THREAD, 0)
        for payload in (b"", b"x", b"12345678" + b"\x00" * 7, b"12345678" + b"\xff" * 60):
            await client.publish(f"live:{THREAD}", payload)
        await here.emit(said(1))
        await until(lambda: ear.heard)
        assert ear.heard == frames(1)


NEWS = st.one_of(
    st.builds(
        Publication,
        st.just(THREAD),
        st.binary(max_size=40),
        st.none() | st.integers(0, 2**62),
        st.none() | st.uuids(),
        st.none() | st.binary(max_size=9),
    ),
    st.builds(Hint, st.just(THREAD), st.integers(0, 2**62)),
    st.builds(Act, st.uuids(), st.sampled_from(["revoke", "dismiss", "admit", "refresh"]), st.text(max_size=9)),
)


@given(st.lists(NEWS, max_size=5))
def test_news_travel_unchanged(news: list[News]) -> None:
    origin, came = wire.unpacked(THREAD, wire.packed(b"12345678", news))
    assert (origin, came) == (b"12345678", news)


def test_of_what_cannot_be_sent_the_acts_and_the_newest_revs_are_owed() -> None:
    act = Act(uuid4(), "revoke")
    news: list[News] = [*said(1, 2), act, Publication(THREAD, b"typing"), *said(7, channel=OTHER), Hint(THREAD, 3), act]
    assert owed(news) == [Hint(THREAD, 3), Hint(OTHER, 7), act]

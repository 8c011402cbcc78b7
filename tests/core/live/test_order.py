"""Within a channel everybody hears each rev once and ascending, whatever the way of the news."""

from collections.abc import Sequence
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from ssc.core.live import Live, Publication
from ssc.core.live.order import Order
from tests.core.live.hearing import OTHER, THREAD, Ear, frames, said, until


@given(st.permutations(list(range(4, 12))), st.integers(0, 8))
def test_what_comes_in_any_order_goes_out_ascending_once(revs: list[int], twice: int) -> None:
    order = Order()
    order.begin(3)
    out = [p.rev for rev in [*revs, *revs[:twice]] for p in order.take(said(rev))]
    assert out == list(range(4, 12))
    assert not order.missing


@given(st.permutations(list(range(1, 9))), st.integers(0, 8))
def test_what_comes_before_anybody_has_read_waits_for_who_has(revs: list[int], read: int) -> None:
    order = Order()
    assert [p for rev in revs for p in order.take(said(rev))] == []
    assert [p.rev for p in order.begin(read)] == list(range(read + 1, 9))


async def test_a_receiver_hears_what_follows_what_it_has_read(live: Live) -> None:
    ear = Ear()
    async with live.connect(ear):
        await live.follow(ear, THREAD)
        live.caught_up(ear, THREAD, 7)
        await live.emit(said(8))
        await live.emit(said(9, 10))
        assert ear.writes == [tuple(frames(8)), tuple(frames(9, 10))]


async def test_what_is_committed_between_reading_and_following_is_shown_once_case_6(live: Live) -> None:
    ear = Ear()
    async with live.connect(ear):
        await live.follow(ear, THREAD)
        await live.emit(said(5))  # in what is read next
        await live.emit(said(6))
        await live.emit(said(7))  # not in it
        assert ear.heard == []
        live.caught_up(ear, THREAD, 6)
        assert ear.heard == frames(7)
        await live.emit(said(8))
        assert ear.heard == frames(7, 8)


async def test_each_of_several_catches_up_from_where_it_read_case_6(live: Live) -> None:
    early, late, ahead = Ear(), Ear(), Ear()
    async with live.connect(early), live.connect(late), live.connect(ahead):
        await live.follow(early, THREAD)
        live.caught_up(early, THREAD, 3)
        await live.follow(late, THREAD)
        await live.follow(ahead, THREAD)
        await live.emit(said(4, 5))
        live.caught_up(late, THREAD, 4)
        live.caught_up(ahead, THREAD, 6)  # has read a commit whose publication is on its way
        await live.emit(said(6))
        await live.emit(said(7))
        assert early.heard == frames(4, 5, 6, 7)
        assert late.heard == frames(5, 6, 7)
        assert ahead.heard == frames(7)


async def test_two_commits_published_in_the_other_order_are_heard_in_theirs(live: Live) -> None:
    ear = Ear()
    async with live.connect(ear):
        await live.follow(ear, THREAD)
        live.caught_up(ear, THREAD, 0)
        await live.emit(said(2))
        assert ear.heard == []
        await live.emit(said(1))
        assert ear.writes == [tuple(frames(1, 2))]


async def test_a_lost_publish_is_read_from_where_the_truth_is(live: Live) -> None:
    asked: list[tuple[str, int]] = []

    async def read(channel: str, after_rev: int) -> Sequence[Publication]:
        asked.append((channel, after_rev))
        return said(2, 4)  # what bore rev 3 was changed again, and bears 4 now

    live.fill_by("thread:", read)
    ear = Ear()
    async with live.connect(ear):
        await live.follow(ear, THREAD)
        live.caught_up(ear, THREAD, 1)
        await live.emit(said(3))
        await until(lambda: ear.heard)
        await live.emit(said(5))
        assert ear.heard == frames(2, 4, 5)
        assert asked == [(THREAD, 1)]


async def test_a_hole_that_nobody_can_fill_stops_nothing(live: Live) -> None:
    ear = Ear()
    async with live.connect(ear):
        await live.follow(ear, THREAD)
        live.caught_up(ear, THREAD, 1)
        await live.emit(said(4))
        await until(lambda: ear.heard)
        await live.emit(said(5))
        assert ear.heard == frames(4, 5)


async def test_a_filler_that_fails_is_asked_again(live: Live) -> None:
    answers = iter([[], said(2, 3)])

    async def read(channel: str, after_rev: int) -> Sequence[Publication]:
        if not (answer := next(answers)):
            raise OSError("no database")
        return answer

    live.fill_by("thread:", read)
    ear = Ear()
    async with live.connect(ear):
        await live.follow(ear, THREAD)
        live.caught_up(ear, THREAD, 1)
        await live.emit(said(3))
        await until(lambda: ear.heard)
        assert ear.heard == frames(2, 3)


async def test_a_digest_shows_what_was_lost_without_a_further_message(live: Live) -> None:
    async def read(channel: str, after_rev: int) -> Sequence[Publication]:
        return said(2)

    live.fill_by("thread:", read)
    ear = Ear()
    async with live.connect(ear):
        await live.follow(ear, THREAD)
        live.caught_up(ear, THREAD, 1)
        live.heard(THREAD, 2)
        await until(lambda: ear.heard)
        assert ear.heard == frames(2)


async def test_what_one_emit_makes_ready_leaves_in_one_write(live: Live) -> None:
    both, one = Ear(), Ear()
    async with live.connect(both), live.connect(one):
        await live.follow(both, THREAD, OTHER)
        await live.follow(one, OTHER)
        for ear, channel in ((both, THREAD), (both, OTHER), (one, OTHER)):
            live.caught_up(ear, channel, 0)
        await live.emit([*said(1), *said(1, 2, channel=OTHER)])
        assert both.writes == [tuple(frames(1, 1, 2))]
        assert one.writes == [tuple(frames(1, 2))]


async def test_what_has_no_rev_is_heard_at_once_while_catching_up_too(live: Live) -> None:
    ear = Ear()
    async with live.connect(ear):
        await live.follow(ear, THREAD)
        await live.emit([*said(1), Publication(THREAD, b"typing")])
        assert ear.heard == [b"typing"]
        live.caught_up(ear, THREAD, 0)
        assert ear.heard == [b"typing", *frames(1)]


async def test_who_has_a_block_towards_the_author_gets_the_message_withheld_case_43(live: Live) -> None:
    author = uuid4()
    friend, blocked = Ear(), Ear(blocked=frozenset({author}))
    async with live.connect(friend), live.connect(blocked):
        for ear in (friend, blocked):
            await live.follow(ear, THREAD)
            live.caught_up(ear, THREAD, 0)
        await live.emit([*said(1, author=author), *said(2), Publication(THREAD, b"typing", author=author)])
        assert friend.heard == [*frames(1, 2), b"typing"]
        assert blocked.heard == [b"withheld", *frames(2)]


async def test_a_receiver_that_breaks_silences_nobody(live: Live) -> None:
    class Broken(Ear):
        def write(self, frames: Sequence[bytes]) -> None:
            raise RuntimeError("the transport is closed")

    broken, ear = Broken(), Ear()
    async with live.connect(broken), live.connect(ear):
        for each in (broken, ear):
            await live.follow(each, THREAD)
            live.caught_up(each, THREAD, 0)
        await live.emit(said(1))
        assert ear.heard == frames(1)


async def test_who_does_not_catch_up_is_cut_off_at_a_bounded_memory_case_10(live: Live) -> None:
    stuck, ear = Ear(), Ear()
    async with live.connect(stuck), live.connect(ear):
        for each in (stuck, ear):
            await live.follow(each, THREAD)
        live.caught_up(ear, THREAD, 0)
        for rev in range(1, 2102):
            await live.emit(said(rev))
        assert stuck.told == [1013]
        assert len(ear.heard) == 2101

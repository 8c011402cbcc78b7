"""What is done to a member reaches her open sockets at once, and nobody else's."""

from contextlib import suppress
from uuid import uuid4

import pytest

from ssc.core import live as telling
from ssc.core.db import Session
from ssc.core.live import Act, Live
from ssc.core.process import Process
from tests.core.live.hearing import THREAD, Ear, frames, said


async def test_an_ended_session_closes_its_sockets_only_case_9(live: Live) -> None:
    phone, laptop, stranger = Ear(), Ear(), Ear()
    laptop.member_id = phone.member_id
    async with live.connect(phone), live.connect(laptop), live.connect(stranger):
        await live.emit([Act(phone.member_id, "revoke", str(phone.session_id))])
        assert (phone.told, laptop.told, stranger.told) == ([4401], [], [])
        await live.emit([Act(phone.member_id, "revoke")])
        assert (phone.told, laptop.told, stranger.told) == ([4401, 4401], [4401], [])


async def test_who_is_removed_hears_nothing_more_case_9(live: Live) -> None:
    removed, other = Ear(), Ear()
    async with live.connect(removed), live.connect(other):
        for ear in (removed, other):
            await live.follow(ear, THREAD)
            live.caught_up(ear, THREAD, 0)
        await live.emit([*said(1), Act(removed.member_id, "dismiss", THREAD, b"left"), *said(2)])
        await live.emit(said(3))
        assert removed.heard == [*frames(1), b"left"]
        assert other.heard == frames(1, 2, 3)


async def test_who_is_admitted_or_changed_is_told(live: Live) -> None:
    ear, stranger = Ear(), Ear()
    async with live.connect(ear), live.connect(stranger):
        await live.emit([Act(ear.member_id, "admit", THREAD), Act(ear.member_id, "refresh")])
        assert ear.told == [("admitted", THREAD), "refreshed"]
        assert stranger.told == []


async def test_after_the_socket_nothing_is_written(live: Live) -> None:
    ear = Ear()
    async with live.connect(ear):
        await live.follow(ear, THREAD)
        live.caught_up(ear, THREAD, 0)
        assert await live.presence_of([ear.member_id, uuid4()]) == {ear.member_id}
    await live.emit([*said(1), Act(ear.member_id, "revoke")])
    assert (ear.writes, ear.told) == ([], [])
    assert await live.presence_of([ear.member_id]) == set()


async def test_who_looks_is_known_until_she_looks_away(live: Live) -> None:
    ear = Ear()
    async with live.connect(ear):
        await live.look(ear, THREAD)
        assert await live.looking(THREAD) == {ear.member_id}
        await live.look_away(ear, THREAD)
        assert await live.looking(THREAD) == set()


async def test_a_transaction_tells_once_it_is_durable_in_one_write(running: Process) -> None:
    ear = Ear()
    async with running.live.connect(ear):
        await running.live.follow(ear, THREAD)
        running.live.caught_up(ear, THREAD, 0)
        async with running.database.transaction() as session:
            telling.publish(session, *said(1))
            telling.publish(session, *said(2))
            assert ear.writes == []
        assert ear.writes == [tuple(frames(1, 2))]


async def test_a_transaction_that_fails_tells_nothing(running: Process) -> None:
    ear = Ear()

    async def failing(session: Session) -> None:
        telling.refresh(session, ear.member_id)
        raise OSError("the disk is full")

    async with running.live.connect(ear):
        try:
            async with running.database.transaction() as session:
                await failing(session)
        except OSError:
            pass
        assert ear.told == []
        async with running.database.transaction() as session:
            telling.refresh(session, ear.member_id)
        assert ear.told == ["refreshed"]


@pytest.mark.parametrize(("parts", "expected"), [("x", 0), ("xo", 1), ("ox", 1), ("xoxox", 2)])
async def test_what_a_savepoint_takes_back_is_not_told(running: Process, parts: str, expected: int) -> None:
    """`x` is a part that fails, `o` one that stands."""
    ear = Ear()

    async def act(session: Session, fails: bool) -> None:
        async with session.begin_nested():
            telling.refresh(session, ear.member_id)
            if fails:
                raise OSError("this part may not be")

    async with running.live.connect(ear):
        async with running.database.transaction() as session:
            for part in parts:
                with suppress(OSError):
                    await act(session, part == "x")
        assert ear.told == ["refreshed"] * expected

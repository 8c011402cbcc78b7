"""Who is told of a message: in the app at once, by one mail when it was missed, and not when it was read in time."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import update

from ssc.core import clock, mail
from ssc.messaging import telling
from ssc.messaging.models import Thread
from ssc.notifications import jobs
from ssc.people.models import Member
from tests.cast import Cast, Sent
from tests.messaging.rooms import Rooms


async def told(cast: Cast, member: Member) -> list[dict[str, Any]]:
    """The member's notices that she has not read."""
    async with await cast.browser(member) as browser:
        items = (await browser.get("/api/v1/notifications")).json()["items"]
    return [one for one in items if one["read_at"] is None]


async def letters_after(cast: Cast, minutes: int) -> list[Sent]:
    with clock.shifted(timedelta(minutes=minutes)):
        await jobs.mail_missed(cast.running)
        await mail.deliver(cast.running)
    return cast.letters()


@pytest.fixture
async def anan(cast: Cast) -> Member:
    return await cast.member("Anan Suda")


@pytest.fixture
async def berit(cast: Cast) -> Member:
    return await cast.member("Berit Berg", country="KE")


async def test_several_messages_of_one_person_are_one_notice_that_reading_takes_away(
    cast: Cast, rooms: Rooms, anan: Member, berit: Member
) -> None:
    room = await rooms.direct(anan, berit)
    async with await cast.browser(anan) as hers, await cast.browser(berit) as other:
        for body in ("Hello", "Are you in Tsukuba?"):
            await room.say(hers, body)
        (notice,) = await told(cast, berit)
        assert (notice["kind"], notice["text"], notice["count"], notice["url"]) == (
            "direct-message",
            "2 new messages from Anan Suda",
            2,
            f"/messages/{room.id}",
        )
        assert await told(cast, anan) == []
        await other.put(f"{room.path}/read", json={"seq": 1})
        assert len(await told(cast, berit)) == 1
        await other.put(f"{room.path}/read", json={"seq": 2})
        assert await told(cast, berit) == []


@pytest.mark.parametrize("quotes", [True, False])
async def test_what_was_missed_is_mailed_once_and_quoted_only_to_who_wants_that(
    cast: Cast, rooms: Rooms, anan: Member, berit: Member, quotes: bool
) -> None:
    await cast.change(berit, mail_quotes=quotes)
    room = await rooms.direct(anan, berit)
    async with await cast.browser(anan) as hers:
        await room.say(hers, "The lens is on my shelf")
    assert await letters_after(cast, 4) == []
    (letter,) = await letters_after(cast, 6)
    said = (letter.to, "Anan Suda" in letter.text, "lens" in letter.text + letter.subject + letter.html)
    assert said == ("berit-berg@example.org", True, quotes)
    assert len(await letters_after(cast, 60)) == 1


@pytest.mark.parametrize("what", ["read", "deleted", "muted"])
async def test_what_was_read_deleted_or_muted_in_time_is_not_mailed(
    cast: Cast, rooms: Rooms, anan: Member, berit: Member, what: str
) -> None:
    room = await rooms.direct(anan, berit)
    async with await cast.browser(anan) as hers, await cast.browser(berit) as other:
        await room.say(hers, "The lens is on my shelf")
        await _do(what, room.path, hers, other)
    assert await letters_after(cast, 6) == []


async def _do(what: str, path: str, hers: httpx.AsyncClient, other: httpx.AsyncClient) -> None:
    match what:
        case "read":
            answer = await other.put(f"{path}/read", json={"seq": 1})
        case "deleted":
            answer = await hers.delete(f"{path}/messages/1")
        case _:
            answer = await other.put(f"{path}/mute", json={"until": "2099-01-01T00:00:00Z"})
    assert answer.is_success, answer.text


@pytest.mark.parametrize("how", ["declines", "declines a group", "leaves", "is removed"])
async def test_who_is_not_in_it_any_more_is_told_of_it_neither_by_the_bell_nor_by_mail(
    cast: Cast, rooms: Rooms, anan: Member, berit: Member, how: str
) -> None:
    async with await cast.browser(anan) as hers, await cast.browser(berit) as other:
        if how.startswith("declines"):
            await cast.change(berit, contact="everyone")
            asked: dict[str, Any] = {"kind": "direct", "member": "berit-berg"}
            if "group" in how:
                asked = {"kind": "group", "title": "Lenses", "members": ["berit-berg"]}
            thread = (await hers.post("/api/v1/threads", json=asked)).json()["id"]
        else:
            thread = str((await rooms.group(anan, berit)).id)
        path = f"/api/v1/threads/{thread}"
        said = await hers.post(f"{path}/messages", json={"client_id": "1", "body": "The lens is on my shelf"})
        assert said.status_code == 201, said.text
        assert len(await told(cast, berit)) == 1
        match how:
            case "leaves":
                gone = await other.delete(f"{path}/members/berit-berg")
            case "is removed":
                gone = await hers.delete(f"{path}/members/berit-berg")
            case _:
                gone = await other.delete(f"{path}/acceptance")
        assert gone.status_code == 204, gone.text
    assert await told(cast, berit) == []
    assert await letters_after(cast, 6) == []


async def test_in_a_group_everybody_hears_and_who_is_named_is_told_so(
    cast: Cast, rooms: Rooms, anan: Member, berit: Member
) -> None:
    carla = await cast.member("Carla Cruz", country="BR")
    room = await rooms.group(anan, berit, carla)
    async with await cast.browser(anan) as hers:
        await room.say(hers, "Slides for Saturday, @berit-berg?")
    assert [one["text"] for one in await told(cast, berit)] == ["Anan Suda mentioned you in Sakura"]
    assert [one["text"] for one in await told(cast, carla)] == ["Anan Suda wrote in Sakura"]


async def test_in_a_great_room_only_who_is_named_is_told(cast: Cast, rooms: Rooms, anan: Member, berit: Member) -> None:
    carla = await cast.member("Carla Cruz", country="BR")
    room = await rooms.group(anan, berit, carla, kind="chapter")
    async with await cast.browser(anan) as hers:
        await room.say(hers, "Welcome, @berit-berg")
    assert [one["kind"] for one in await told(cast, berit)] == ["mention"]
    assert await told(cast, carla) == []


async def test_a_group_of_many_is_a_great_room(cast: Cast, rooms: Rooms, anan: Member, berit: Member) -> None:
    room = await rooms.group(anan, berit)
    async with await cast.browser(anan) as hers:
        await _grow(cast, room.id, telling.GREAT + 1)
        await room.say(hers, "Hello all")
        assert await told(cast, berit) == []
        await _grow(cast, room.id, telling.GREAT)
        await room.say(hers, "Hello the few")
    assert [one["kind"] for one in await told(cast, berit)] == ["thread-activity"]


async def _grow(cast: Cast, thread_id: UUID, members: int) -> None:
    async with cast.running.database.transaction() as session:
        await session.execute(update(Thread).where(Thread.id == thread_id).values(member_count=members))


async def test_who_muted_a_group_hears_only_her_own_name(cast: Cast, rooms: Rooms, anan: Member, berit: Member) -> None:
    room = await rooms.group(anan, berit)
    await room.change(berit, muted_until=clock.now() + timedelta(days=1))
    async with await cast.browser(anan) as hers:
        await room.say(hers, "Anyone?")
        assert await told(cast, berit) == []
        await room.say(hers, "@berit-berg?")
    assert [one["kind"] for one in await told(cast, berit)] == ["mention"]


async def test_who_blocked_the_author_is_told_nothing(cast: Cast, rooms: Rooms, anan: Member, berit: Member) -> None:
    """Case 43."""
    carla = await cast.member("Carla Cruz", country="BR")
    room = await rooms.group(anan, berit, carla)
    await cast.block(berit, anan)
    async with await cast.browser(anan) as hers:
        await room.say(hers, "Hello all")
    assert await told(cast, berit) == []
    assert len(await told(cast, carla)) == 1

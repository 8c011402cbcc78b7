"""The bell, live: it says the same in every tab and on every device, and what it says is in the reader's language."""

import asyncio
from uuid import UUID

from sqlalchemy import update

from ssc.core import clock, ids, live
from ssc.core.live.telling import WITHOUT_ASKING
from ssc.notifications import actions as notifications
from ssc.notifications.kinds import Kind
from ssc.notifications.models import Notice
from tests.cast import Cast
from tests.core.live.hearing import until
from tests.messaging.conftest import Lines
from tests.messaging.rooms import Rooms

NEWS = Kind("test-news", lambda: "News", lambda told: f"News: {told.count}")


async def tell(cast: Cast, *members: UUID) -> None:
    async with cast.running.database.transaction() as session:
        await notifications.tell(session, NEWS, members, subject="news:1", url="/news/1")


async def test_it_rings_in_every_tab_and_is_quiet_everywhere_once_the_thing_is_read(
    cast: Cast, rooms: Rooms, lines: Lines
) -> None:
    mali, hana = await cast.member("Mali Member"), await cast.member("Hana Tanaka", language="ja")
    room = await rooms.direct(mali, hana)
    tab, phone = await lines.of(hana), await lines.of(hana)
    async with await cast.browser(mali) as his, await cast.browser(hana) as hers:
        await room.say(his, "Hello")
        heard = [await one.op("notification") for one in (tab, phone)]
        listed = (await hers.get("/api/v1/notifications")).json()["items"]
        assert [frame["notification"] for frame in heard] == listed * 2
        assert listed[0]["text"] == "Mali Memberさんから新しいメッセージが1件あります"
        assert [await one.op("notices") for one in (tab, phone)] == [{"op": "notices", "unread": 1}] * 2
        await room.say(his, "Are you there?")
        assert (await tab.op("notification"))["notification"]["count"] == 2
        await hers.put(f"{room.path}/read", json={"seq": 2})
        for one in (tab, phone):
            assert await one.until(lambda frame: frame == {"op": "notices", "unread": 0})


async def test_the_welcome_the_page_and_the_bell_agree(cast: Cast, rooms: Rooms, lines: Lines) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room, asked = await rooms.direct(mali, olga), await rooms.group(mali, olga)
    muted = await rooms.group(mali, olga)
    await asked.change(olga, request="incoming")
    async with await cast.browser(mali) as his, await cast.browser(olga) as hers:
        await hers.put(f"{muted.path}/mute", json={"until": "2030-01-01T00:00:00Z"})
        for one in (room, room, asked, muted):
            await one.say(his, "Hello")
        line = await lines.silent(olga)
        assert (await line.hello())["notices_unread"] == 2
        page = (await hers.get("/notifications")).text
        assert ("New notices: 2" in page, '<span data-part="count">3</span>' in page) == (True, True)
        newest = (await hers.get("/api/v1/notifications")).json()["items"][0]["id"]
        await hers.put("/api/v1/notifications/read", json={"up_to": newest})
        assert await line.op("notices") == {"op": "notices", "unread": 0}
        assert "New notices: 0" in (await hers.get("/notifications")).text


async def test_long_polling_hears_it_too(cast: Cast) -> None:
    olga = await cast.member("Olga Other")
    async with await cast.browser(olga) as hers:
        waiting = asyncio.create_task(hers.get("/api/v1/updates", params={"bell": 0, "wait": 25}))
        await until(lambda: cast.running.live.presence_of([olga.id]))
        await tell(cast, olga.id)
        frames = (await waiting).json()["frames"]
        assert [frame["op"] for frame in frames] in (["notification", "notices"], ["notices"])  # while it greeted
        for knows, hears in ((0, [{"op": "notices", "unread": 1}]), (1, [])):
            answer = await hers.get("/api/v1/updates", params={"bell": knows, "wait": 0})
            assert answer.json() == {"frames": hears}


async def test_of_a_great_many_only_who_is_here_is_written_to(cast: Cast, lines: Lines) -> None:
    olga = await cast.member("Olga Other")
    hers = await lines.of(olga)
    await tell(cast, olga.id)
    assert (await hers.op("notices"))["unread"] == 1
    async with cast.running.database.transaction() as session:
        await session.execute(update(Notice).values(read_at=clock.now()))
        live.notice(session, [(ids.new(), "") for _n in range(WITHOUT_ASKING)] + [(olga.id, "")])
    assert (await hers.op("notices"))["unread"] == 0

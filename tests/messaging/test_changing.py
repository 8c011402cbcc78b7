"""What becomes of a message after it was sent: edits with their history, tombstones, reactions, pins, reading."""

from typing import Any

import pytest
from sqlalchemy import func, select

from ssc.messaging.models import Mention, Message, MessageVersion, Pin, Reaction, Upload
from tests.cast import Cast
from tests.messaging.rooms import Rooms
from tests.messaging.test_sending import upload


async def test_an_edit_says_what_it_said_before_and_counts_as_a_change(cast: Cast, rooms: Rooms) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.direct(mali, olga)
    async with await cast.browser(mali) as mine, await cast.browser(olga) as hers:
        sent = await room.say(mine, "First")
        await room.say(hers, "In between")
        told = (await mine.patch(f"{room.messages}/1", json={"body": "Second *word*"})).json()
        assert told == sent | {
            "body": "Second *word*",
            "html": "<p>Second <em>word</em></p>\n",
            "rev": 3,
            "edited_at": told["edited_at"],
        }
        assert told["edited_at"] is not None
        again = await mine.patch(f"{room.messages}/1", json={"body": "Second *word*"})
        assert again.json() == told  # what changes nothing is no change
        await mine.patch(f"{room.messages}/1", json={"body": "Third"})
        history = (await hers.get(f"{room.messages}/1/history")).json()["items"]
        assert [one["body"] for one in history] == ["First", "Second *word*", "Third"]
        assert [one["written_at"] for one in history][:2] == [sent["created_at"], told["edited_at"]]
        assert [(one["seq"], one["rev"]) for one in await room.read(hers, after_rev=1)] == [(2, 2), (1, 4)]
        assert (await room.thread()).rev == 4


async def test_only_the_author_edits(cast: Cast, rooms: Rooms) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.holder("Olga Other", "moderator")
    room = await rooms.group(mali, olga)
    async with await cast.browser(mali) as mine, await cast.browser(olga) as hers:
        await room.say(mine, "Mine")
        assert (await hers.patch(f"{room.messages}/1", json={"body": "Hers"})).status_code == 403
        assert (await mine.patch(f"{room.messages}/2", json={"body": "None"})).status_code == 404
        assert (await mine.patch(f"{room.messages}/1", json={"body": ""})).status_code == 422
        assert (await mine.patch(f"{room.messages}/1", json={"body": "Still mine"})).status_code == 200
        await room.change(mali, left_at=func.now())
        assert (await mine.patch(f"{room.messages}/1", json={"body": "Gone"})).status_code == 404


async def test_an_edit_mentions_anew(cast: Cast, rooms: Rooms) -> None:
    mali, olga, nana = [await cast.member(name) for name in ("Mali Member", "Olga Other", "Nana New")]
    room = await rooms.group(mali, olga, nana)
    async with await cast.browser(mali) as mine:
        await room.say(mine, "@olga-other")
        told = (await mine.patch(f"{room.messages}/1", json={"body": "@nana-new"})).json()
        assert told["html"] == '<p><a class="mention" href="/members/nana-new">@nana-new</a></p>\n'
    async with cast.running.database.reading() as session:
        assert list(await session.scalars(select(Mention.member_id))) == [nana.id]


async def test_a_deleted_message_keeps_its_number_and_nothing_else(cast: Cast, rooms: Rooms) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.direct(mali, olga)
    file = await upload(cast, mali)
    async with await cast.browser(mali) as mine, await cast.browser(olga) as hers:
        sent = await room.say(mine, "Secret @olga-other", attachments=[file])
        await mine.patch(f"{room.messages}/1", json={"body": "More secret @olga-other"})
        await hers.put(f"{room.messages}/1/reactions/👍")
        await mine.put(f"{room.path}/pins/1")
        assert (await hers.delete(f"{room.messages}/1")).status_code == 403
        assert (await mine.delete(f"{room.messages}/1")).status_code == 204
        (told,) = await room.read(hers)
        kept = {"body": "", "html": "", "attachments": [], "deleted": True, "rev": 5, "edited_at": told["edited_at"]}
        assert told == sent | kept
        assert (await hers.get(f"{room.messages}/1/history")).json()["items"] == []
        assert (await mine.delete(f"{room.messages}/1")).status_code == 204
        assert (await room.thread()).rev == 5
        assert (await mine.patch(f"{room.messages}/1", json={"body": "Back"})).status_code == 403
        assert (await hers.put(f"{room.messages}/1/reactions/👍")).status_code == 403
    async with cast.running.database.reading() as session:
        for table in (MessageVersion, Mention, Reaction, Pin):
            assert await session.scalar(select(func.count()).select_from(table)) == 0
        assert (await session.get_one(Upload, file)).seq is None
        tokens = str(await session.scalar(select(Message.tokens)))
        assert "secret" not in tokens


async def test_a_moderator_deletes_what_she_can_read(cast: Cast, rooms: Rooms) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.holder("Olga Other", "moderator")
    inside, outside = await rooms.group(mali, olga), await rooms.group(mali)
    async with await cast.browser(mali) as mine, await cast.browser(olga) as hers:
        for room in (inside, outside):
            await room.say(mine, "Spam")
        assert (await hers.delete(f"{outside.messages}/1")).status_code == 404
        assert (await hers.delete(f"{inside.messages}/1")).status_code == 204
        assert [one["deleted"] for one in await inside.read(mine)] == [True]


async def test_reactions_are_counted_by_person_and_taken_back(cast: Cast, rooms: Rooms) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.direct(mali, olga)
    async with await cast.browser(mali) as mine, await cast.browser(olga) as hers:
        sent = await room.say(mine, "Hello")
        told = (await hers.put(f"{room.messages}/1/reactions/👩🏽‍🔬")).json()
        assert told == sent | {"reactions": {"👩🏽‍🔬": ["olga-other"]}, "rev": 2}
        assert (await hers.put(f"{room.messages}/1/reactions/👩🏽‍🔬")).json() == told
        told = (await mine.put(f"{room.messages}/1/reactions/👩🏽‍🔬")).json()
        assert told["reactions"] == {"👩🏽‍🔬": ["olga-other", "mali-member"]}
        assert (await hers.delete(f"{room.messages}/1/reactions/👩🏽‍🔬")).status_code == 204
        assert (await hers.delete(f"{room.messages}/1/reactions/👩🏽‍🔬")).status_code == 204
        assert await room.read(mine) == [sent | {"reactions": {"👩🏽‍🔬": ["mali-member"]}, "rev": 4}]


@pytest.mark.parametrize(
    ("emoji", "status"),
    [("ok", 422), ("👍👍", 422), ("1", 422), ("桜", 422), ("%3Cb%3E", 422), ("👍%00", 404)],  # no path holds NUL
)
async def test_a_reaction_is_one_emoji(cast: Cast, rooms: Rooms, emoji: str, status: int) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.direct(mali, olga)
    async with await cast.browser(mali) as mine:
        await room.say(mine, "Hello")
        assert (await mine.put(f"{room.messages}/1/reactions/{emoji}")).status_code == status
        assert (await mine.put(f"{room.messages}/1/reactions/🌸")).status_code == 200


async def test_a_message_bears_twenty_kinds_of_reactions(cast: Cast, rooms: Rooms) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.direct(mali, olga)
    async with await cast.browser(mali) as mine, await cast.browser(olga) as hers:
        await room.say(mine, "Hello")
        statuses = [(await mine.put(f"{room.messages}/1/reactions/{chr(0x1F600 + n)}")).status_code for n in range(21)]
        assert statuses == [200] * 20 + [409]
        assert (await hers.put(f"{room.messages}/1/reactions/{chr(0x1F600)}")).status_code == 200


async def test_blocked_people_neither_read_nor_recognise_each_other_in_a_group(cast: Cast, rooms: Rooms) -> None:
    """(case 43) The numbers stay."""
    mali, olga, nana = [await cast.member(name) for name in ("Mali Member", "Olga Other", "Nana New")]
    room = await rooms.group(mali, olga, nana)
    await cast.block(olga, mali)
    async with await cast.browser(mali) as mine, await cast.browser(olga) as hers, await cast.browser(nana) as others:
        await room.say(mine, "From Mali")
        await room.say(others, "From Nana")
        for client in (mine, others):
            await client.put(f"{room.messages}/2/reactions/🌸")
        seen = await room.read(hers)
        assert [(one["seq"], one["rev"], one.get("withheld", False), one["body"]) for one in seen] == [
            (1, 1, True, ""),
            (2, 4, False, "From Nana"),
        ]
        assert (seen[0]["author"], seen[0]["html"], seen[0]["client_id"]) == (None, "", None)
        assert seen[1]["reactions"] == {"🌸": ["nana-new"]}
        assert (await room.read(others))[1]["reactions"] == {"🌸": ["mali-member", "nana-new"]}
        assert (await hers.get(f"{room.messages}/1")).json() == seen[0]
        assert (await hers.get(f"{room.messages}/1/history")).json()["items"] == []
        assert (await hers.put(f"{room.messages}/1/reactions/🌸")).status_code == 404
        assert "mali" not in str(seen).lower()


async def test_pins_are_for_the_owner_of_a_group(cast: Cast, rooms: Rooms) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.group(mali, olga)
    async with await cast.browser(mali) as mine, await cast.browser(olga) as hers:
        await room.say(hers, "Keep this")
        assert (await hers.put(f"{room.path}/pins/1")).status_code == 403
        told = (await mine.put(f"{room.path}/pins/1")).json()
        assert (told["pinned"], told["rev"]) == (True, 2)
        assert (await hers.get(f"{room.path}/pins")).json()["items"] == [told]
        assert (await hers.delete(f"{room.path}/pins/1")).status_code == 403
        assert (await mine.delete(f"{room.path}/pins/1")).status_code == 204
        assert (await mine.get(f"{room.path}/pins")).json()["items"] == []
        assert (await mine.put(f"{room.path}/pins/2")).status_code == 404


async def test_one_reads_up_to_a_message_and_marks_as_unread_again(cast: Cast, rooms: Rooms) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.direct(mali, olga)
    async with await cast.browser(mali) as mine, await cast.browser(olga) as hers:
        for n in range(3):
            await room.say(mine, str(n))
        for seq in (3, 1):
            assert (await hers.put(f"{room.path}/read", json={"seq": seq})).status_code == 204
            assert (await room.place(olga)).read_seq == seq
        for wrong in (4, -1, True, "1"):
            assert (await hers.put(f"{room.path}/read", json={"seq": wrong})).status_code == 422
        assert (await room.place(olga)).read_seq == 1


async def test_parts_of_a_thread_are_asked_by_number_or_by_change(cast: Cast, rooms: Rooms) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.direct(mali, olga)
    async with await cast.browser(mali) as mine:
        for n in range(1, 11):
            await room.say(mine, str(n))

        async def seqs(**asked: int) -> list[int]:
            return [one["seq"] for one in await room.read(mine, **asked)]

        assert await seqs() == list(range(1, 11))
        assert await seqs(limit=3) == [8, 9, 10]
        assert await seqs(before=4, limit=2) == [2, 3]
        assert await seqs(after=4, limit=2) == [5, 6]
        assert await seqs(around=5, limit=5) == [3, 4, 5, 6, 7]
        assert await seqs(around=1, limit=5) == [1, 2, 3, 4, 5]
        assert await seqs(after_rev=8) == [9, 10]
        assert await seqs(before=0) == await seqs(after=10) == []
        for asked in ({"limit": 101}, {"limit": 0}, {"before": 1, "after": 1}, {"after_rev": -1}, {"before": "x"}):
            assert (await mine.get(room.messages, params=asked)).status_code == 422
        for path in ("/0", "/11", "/x", "/99999999999999999999", "/11/history"):
            assert (await mine.get(f"{room.messages}{path}")).status_code == 404


async def test_what_was_written_before_one_joined_is_shown_or_not_as_the_group_has_it(cast: Cast, rooms: Rooms) -> None:
    mali, olga, nana = [await cast.member(name) for name in ("Mali Member", "Olga Other", "Nana New")]
    closed = await rooms.group(mali, olga, nana, history="since-joining")
    opened = await rooms.group(mali, olga, nana)
    async with await cast.browser(mali) as mine, await cast.browser(nana) as news:
        for room in (closed, opened):
            for n in range(3):
                await room.say(mine, str(n))
            await room.change(nana, joined_seq=2)
        assert [one["seq"] for one in await opened.read(news)] == [1, 2, 3]
        for asked in ({}, {"around": 1}, {"before": 9}, {"after_rev": 0}):
            assert [one["seq"] for one in await closed.read(news, **asked)] == [3]
        assert (await news.get(f"{closed.messages}/2")).status_code == 404
        assert (await news.put(f"{closed.messages}/2/reactions/🌸")).status_code == 404
        reply: dict[str, Any] = {"client_id": "r", "body": "x", "reply_to": 2}
        assert (await news.post(closed.messages, json=reply)).status_code == 422
        assert (await news.post(closed.messages, json=reply | {"reply_to": 3})).status_code == 201


async def test_who_is_only_invited_reads_nothing_yet(cast: Cast, rooms: Rooms) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.group(mali, olga)
    await room.change(olga, request="incoming")
    async with await cast.browser(mali) as mine, await cast.browser(olga) as hers:
        await room.say(mine, "Inside")
        assert await room.read(hers) == []
        assert (await hers.get(f"{room.messages}/1")).status_code == 404
        await room.change(olga, request=None)
        assert [one["body"] for one in await room.read(hers)] == ["Inside"]


async def test_the_author_of_a_thread_that_has_gone_is_null(cast: Cast, rooms: Rooms) -> None:
    """(case 44)"""
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.group(mali, olga)
    async with await cast.browser(mali) as mine, await cast.browser(olga) as hers:
        await room.say(mine, "Stays")
        async with cast.running.database.transaction() as session:
            await session.delete(await session.merge(mali))
        assert [(one["author"], one["body"]) for one in await room.read(hers)] == [(None, "Stays")]

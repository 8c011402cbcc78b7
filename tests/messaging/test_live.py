"""The socket: what is promised of it, in process (API.md, Live)."""

import asyncio
import json
from typing import Any

import pytest
from sqlalchemy import func

from ssc.core import ids, live
from ssc.messaging.gateway import Gateway
from ssc.messaging.gateway.catching_up import left_frame
from ssc.messaging.live import channel_of
from ssc.messaging.models import ThreadMember
from ssc.people.models import Member
from tests.cast import Cast
from tests.messaging.conftest import Lines
from tests.messaging.people import direct, say
from tests.messaging.rooms import Rooms


async def test_a_message_is_acknowledged_and_heard_by_both(cast: Cast, rooms: Rooms, lines: Lines) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.direct(mali, olga)
    mine, hers = await lines.of(mali), await lines.of(olga)
    ack = await mine.send(room, "Hello **Olga**", client_id="x")
    assert ack == {"op": "ack", "client_id": "x", "thread_id": str(room.id), "seq": 1, "rev": 1}
    heard = await hers.frame()
    assert list(heard) == ["op", "message"]
    async with await cast.browser(olga) as browser:
        assert [heard["message"]] == await room.read(browser)
    assert [frame["message"] for frame in mine.missed] == [heard["message"]]
    again = await mine.send(room, "Hello **Olga**", client_id="x")
    assert (again, await hers.quiet()) == (ack, ["thread"])  # that the conversation has begun


NOTICES = ("notification", "notices")  # told by a job, in its own time


async def test_nobody_hears_of_a_thread_before_something_is_said_in_it_nor_after_declining(
    cast: Cast, lines: Lines
) -> None:
    stan, wanda = await cast.member("Stan Stranger"), await cast.member("Wanda Willing", contact="everyone")
    early = await lines.of(wanda)
    async with await cast.browser(stan) as stans, await cast.browser(wanda) as wandas:

        async def polled() -> list[str]:
            return [one["op"] for one in (await wandas.get("/api/v1/updates")).json()["frames"]]

        thread = await direct(stans, wanda)
        late = await lines.silent(wanda)
        assert (await early.quiet(), (await late.hello())["threads"], await polled()) == ([], [], [])
        await say(stans, thread, "Hello")
        for line in (early, late):
            assert (await line.op("thread"))["thread"]["request"] == "incoming"
            assert [one["op"] for one in line.missed if one["op"] not in ("pong", *NOTICES)] == ["message"]
        assert await polled() == ["thread"]
        assert (await wandas.delete(f"{thread}/acceptance")).status_code == 204
        again = await lines.silent(wanda)
        identity = thread.rpartition("/")[2]
        assert (await again.hello(**{identity: 1}))["threads"] == []
        told = [[op for op in await line.quiet() if op not in NOTICES] for line in (early, again)]
        assert (told, await polled()) == ([["thread"], ["thread"]], [])
        left = [one["thread"] for one in again.missed if one["op"] not in NOTICES]
        assert left == [{"id": identity, "left": True}]


async def test_the_welcome_brings_all_threads_and_then_what_was_missed(cast: Cast, rooms: Rooms, lines: Lines) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    known, new, quiet = await rooms.direct(mali, olga), await rooms.group(mali, olga), await rooms.group(olga, mali)
    async with await cast.browser(mali) as browser:
        for room in (known, new, quiet):
            for n in range(3):
                await room.say(browser, str(n))
        await browser.patch(f"{known.messages}/1", json={"body": "edited"})
        await browser.delete(f"{known.messages}/2")
    hers = await lines.silent(olga)
    welcome = await hers.hello(**{str(known.id): 1, str(quiet.id): 3})
    assert list(welcome) == ["op", "member", "threads", "notices_unread", "heartbeat_s"]
    assert welcome["member"] == {"handle": "olga-other", "name": "Olga Other", "photo": None}
    assert {one["id"]: (one["rev"], one["unread"]) for one in welcome["threads"]} == {
        str(known.id): (5, 2),
        str(new.id): (3, 3),
        str(quiet.id): (3, 3),
    }
    direct = next(one for one in welcome["threads"] if one["kind"] == "direct")
    assert (direct["title"], direct["last_message"]["body"]) == ("Mali Member", "2")
    missed = [(await hers.message())["rev"] for _ in range(3)]
    assert (missed, await hers.quiet()) == ([3, 4, 5], [])


async def test_who_missed_too_much_is_told_of_the_gap(cast: Cast, rooms: Rooms, lines: Lines) -> None:
    """(case 5) Up to 200 changes come by themselves."""
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.direct(mali, olga)
    mine = await lines.of(mali)
    for n in range(201):
        mine.say("send", client_id=str(n), thread_id=str(room.id), body=str(n))
    await mine.until(lambda frame: frame.get("seq") == 201)
    enough, too_much = await lines.of(olga, **{str(room.id): 1}), await lines.of(olga, **{str(room.id): 0})
    assert [(await enough.message())["rev"] for _ in range(200)] == list(range(2, 202))
    assert await too_much.frame() == {"op": "gap", "thread_id": str(room.id), "after_rev": 0, "rev": 201}
    await mine.send(room, "next")
    assert [(await one.message())["rev"] for one in (enough, too_much)] == [202, 202]


async def test_what_is_written_while_one_says_hello_is_shown_once(cast: Cast, rooms: Rooms, lines: Lines) -> None:
    """(case 6) Whether it falls before, between or after looking and following."""
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.direct(mali, olga)
    mine = await lines.of(mali)

    async def write() -> None:
        for n in range(60):
            await mine.send(room, str(n))

    async def come() -> list[int]:
        hers = await lines.of(olga, **{str(room.id): 0})
        seen: list[int] = []
        while not seen or seen[-1] < 60:
            seen.append((await hers.message())["rev"])
        return seen

    _done, *seen = await asyncio.gather(write(), *(come() for _ in range(6)))
    assert seen == [list(range(1, 61))] * 6


async def test_changes_come_as_the_whole_message_in_the_order_of_their_rev(
    cast: Cast, rooms: Rooms, lines: Lines
) -> None:
    """(case 8)"""
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.direct(mali, olga)
    hers = await lines.of(olga)
    async with await cast.browser(mali) as browser, await cast.browser(olga) as other:
        await room.say(browser, "one")
        await asyncio.gather(
            browser.patch(f"{room.messages}/1", json={"body": "two"}),
            other.put(f"{room.messages}/1/reactions/🌸"),
            browser.put(f"{room.messages}/1/reactions/👍"),
            room.say(other, "between"),
        )
        await browser.delete(f"{room.messages}/1")
        seen = [await hers.message() for _ in range(6)]
        assert [one["rev"] for one in seen] == [1, 2, 3, 4, 5, 6]
        state = {one["seq"]: one for one in seen}
        assert list(state.values()) == await room.read(browser)


async def test_a_lost_publish_is_found_by_the_next(cast: Cast, rooms: Rooms, lines: Lines) -> None:
    """And one that overtook another waits for it: what is stored decides."""
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.direct(mali, olga)
    mine, hers = await lines.of(mali), await lines.of(olga)
    await mine.send(room, "one")
    async with await cast.browser(mali) as browser:
        silenced = Lost()
        cast.running.database.info["live"] = silenced
        await browser.patch(f"{room.messages}/1", json={"body": "lost on the way"})
        cast.running.database.info["live"] = cast.running.live
    await mine.send(room, "two")
    seen = [(one["rev"], one["body"]) for one in [await hers.message() for _ in range(3)]]
    assert seen == [(1, "one"), (2, "lost on the way"), (3, "two")]


class Lost:
    """A bus that carries nothing."""

    async def emit(self, news: Any) -> None:
        return


async def test_the_digest_shows_what_nothing_else_told(cast: Cast, rooms: Rooms, lines: Lines) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.direct(mali, olga)
    cast.app.state.gateway = Gateway(cast.running, cast.app.state.writer, heartbeat_s=1.5)
    hers = await lines.of(olga)
    keeping = asyncio.create_task(keep_alive(hers))
    async with await cast.browser(mali) as browser:
        await room.say(browser, "one")
        assert (await hers.message())["rev"] == 1
        cast.running.database.info["live"] = Lost()
        await browser.put(f"{room.messages}/1/reactions/🌸")
    digest = await hers.until(lambda frame: frame["op"] == "digest" and frame["revs"] == {str(room.id): 2})
    assert list(digest) == ["op", "revs"]
    if "message" not in [frame["op"] for frame in hers.missed]:  # filled at the same time
        hers.missed.append(await hers.op("message"))
    assert [one["message"]["rev"] for one in hers.missed if one["op"] == "message"] == [2]
    keeping.cancel()


async def keep_alive(line: Any) -> None:
    while True:
        line.say("ping")
        await asyncio.sleep(0.2)


async def test_who_is_silent_is_parted_with(cast: Cast, rooms: Rooms, lines: Lines) -> None:
    mali = await cast.member("Mali Member")
    cast.app.state.gateway = Gateway(cast.running, cast.app.state.writer, heartbeat_s=1.5)
    silent, never, alive = await lines.of(mali), await lines.silent(mali), await lines.of(mali)
    keeping = [asyncio.create_task(keep_alive(line)) for line in (alive, never)]
    assert ((await silent.closed()).code, (await never.closed()).code) == (4408, 4408)
    assert "pong" in [(await alive.frame())["op"] for _ in range(3)]
    for task in keeping:
        task.cancel()


@pytest.mark.parametrize(
    ("origin", "accepted"),
    [
        ("http://localhost:8000", True),
        ("http://LOCALHOST:8000", True),
        ("http://127.0.0.1:8000", True),
        ("https://localhost:8000", False),
        ("http://localhost", False),
        ("http://evil.example", False),
        ("http://localhost:8000.evil.example", False),
        ("null", False),
        ("", False),
        (None, False),
    ],
)
async def test_a_cookie_opens_only_from_our_own_pages(
    cast: Cast, lines: Lines, origin: str | None, accepted: bool
) -> None:
    """(case 56)"""
    mali = await cast.member("Mali Member")
    async with await cast.browser(mali) as browser:
        cookie = f"{cast.running.settings.session_cookie}={next(iter(browser.cookies.values()))}"
    headers = {"cookie": cookie} | ({} if origin is None else {"origin": origin})
    line = await lines.opened(**headers)
    if accepted:
        await line.hello()
    else:
        closed = await line.closed()
        assert closed.accepted is False


async def test_a_foreign_host_is_refused(cast: Cast, lines: Lines) -> None:
    line = await lines.opened(host="evil.example")
    assert (await line.closed()).accepted is False


async def test_a_token_needs_no_origin_but_its_scope(cast: Cast, rooms: Rooms, lines: Lines) -> None:
    mali = await cast.member("Mali Member")
    async with await cast.bearer(mali, "messages") as right, await cast.bearer(mali, "read", "write") as wrong:
        line = await lines.opened(authorization=right.headers["authorization"])
        assert (await line.hello())["member"]["handle"] == "mali-member"
        closed = await (await lines.opened(authorization=wrong.headers["authorization"])).closed()
        assert (closed.accepted, closed.code) == (True, 4401)


@pytest.mark.parametrize(
    "headers", [{}, {"cookie": "ssc_session=x", "origin": "http://localhost:8000"}, {"authorization": "Bearer x"}]
)
async def test_who_is_not_signed_in_is_told_so(lines: Lines, headers: dict[str, str]) -> None:
    closed = await (await lines.opened(**headers)).closed()
    assert (closed.accepted, closed.code) == (True, 4401)


async def test_a_bad_frame_gets_a_problem_and_the_socket_stays(cast: Cast, rooms: Rooms, lines: Lines) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.direct(mali, olga)
    mine = await lines.silent(mali)
    thread = str(room.id)
    have_x, have_less = {"x": 1}, {thread: -1}
    bad: list[tuple[str, dict[str, Any]]] = [
        ("not-parsable", {"op": "fly"}),
        ("not-parsable", {"op": ["send"]}),
        ("invalid", {"op": "ping", "x": 1}),
        ("invalid", {"op": "hello", "have": have_x}),
        ("invalid", {"op": "hello", "have": have_less}),
        ("invalid", {"op": "send"}),
        ("not-found", {"op": "read", "thread_id": str(ids.new()), "seq": 1}),
        ("invalid", {"op": "read", "thread_id": thread, "seq": 9}),
        ("not-found", {"op": "typing", "thread_id": str(ids.new())}),
        ("invalid", {"op": "watch", "handles": "x"}),
    ]
    texts = [
        ("not-parsable", text)
        for text in ("no json", "[]", '{"op": "ping", "x": NaN}', '{"op": "ping", "x": "\\ud800"}')
    ]
    for slug, text in texts + [(slug, json.dumps(frame)) for slug, frame in bad]:
        mine.text(text)
        assert (await mine.op("problem"))["type"] == f"/problems/{slug}", text
    await mine.hello()
    refused = await mine.send(room, "x" * 10_001, client_id="long")
    assert (refused["client_id"], refused["type"]) == ("long", "/problems/invalid")
    assert refused["errors"][0]["pointer"] == "/body"
    mine.say("hello", have={})
    assert (await mine.op("problem"))["type"] == "/problems/conflict"
    assert (await mine.send(room, "Hello"))["op"] == "ack"


async def test_a_frame_that_is_too_large_closes(cast: Cast, lines: Lines) -> None:
    mine = await lines.of(await cast.member("Mali Member"))
    mine.text(json.dumps({"op": "ping", "x": "y" * (64 << 10)}))
    assert (await mine.closed()).code == 1009


async def test_refusals_over_the_socket_are_those_of_the_api(cast: Cast, rooms: Rooms, lines: Lines) -> None:
    mali, olga, eve = [await cast.member(name) for name in ("Mali Member", "Olga Other", "Eve Elsewhere")]
    room = await rooms.direct(mali, olga)
    mine, eves = await lines.of(mali), await lines.of(eve)
    assert (await mine.send(room, "one", client_id="x"))["op"] == "ack"
    assert (await mine.send(room, "two", client_id="x"))["type"] == "/problems/client-id-reused"
    assert (await eves.send(room, "Let me in"))["type"] == "/problems/not-found"
    await cast.block(olga, mali)
    assert (await mine.send(room, "three"))["type"] == "/problems/not-accepting"


async def test_what_one_socket_sends_in_a_row_is_stored_in_that_order(cast: Cast, rooms: Rooms, lines: Lines) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.direct(mali, olga)
    mine, hers = await lines.of(mali), await lines.of(olga)
    for n in range(300):
        mine.say("send", client_id=str(n), thread_id=str(room.id), body=str(n))
    seen = [await hers.message() for _ in range(300)]
    assert [(one["seq"], one["body"]) for one in seen] == [(n + 1, str(n)) for n in range(300)]
    acks = [await mine.op("ack") for _ in range(300)]
    assert [ack["client_id"] for ack in acks] == [str(n) for n in range(300)]


async def test_one_is_read_in_all_ones_tabs_and_told_to_others_only_where_both_want_it(
    cast: Cast, rooms: Rooms, lines: Lines
) -> None:
    mali, olga, nana = [
        await cast.member(name, read_receipts=wants)
        for name, wants in (("Mali Member", True), ("Olga Other", True), ("Nana New", False))
    ]
    room = await rooms.group(mali, olga, nana)
    mine, tab, hers, others = [await lines.of(one) for one in (mali, mali, olga, nana)]
    await hers.send(room, "one")
    mine.say("read", thread_id=str(room.id), seq=1)
    told = {"op": "read", "thread_id": str(room.id), "handle": "mali-member", "seq": 1}
    assert (await mine.op("read"), await tab.op("read"), await hers.op("read")) == (told, told, told)
    assert "read" not in await others.quiet()
    others.say("read", thread_id=str(room.id), seq=1)
    assert (await others.op("read"))["handle"] == "nana-new"
    assert "read" not in await mine.quiet()


async def test_typing_is_told_by_those_who_show_themselves(cast: Cast, rooms: Rooms, lines: Lines) -> None:
    mali, olga = await cast.member("Mali Member", presence=True), await cast.member("Olga Other")
    room = await rooms.direct(mali, olga)
    mine, hers = await lines.of(mali), await lines.of(olga)
    for _ in range(3):
        mine.say("typing", thread_id=str(room.id))
    told = {"op": "typing", "thread_id": str(room.id), "handle": "mali-member"}
    assert (await hers.frame(), await hers.quiet()) == (told, [])
    hers.say("typing", thread_id=str(room.id))
    await hers.quiet()
    assert [frame for frame in mine.missed if frame.get("handle") == "olga-other"] == []
    assert "typing" not in await mine.quiet() or mine.missed[-1]["handle"] == "mali-member"


async def test_presence_is_told_of_those_who_show_it(cast: Cast, rooms: Rooms, lines: Lines) -> None:
    shown, hidden, blocked = [
        await cast.member(name, presence=wants)
        for name, wants in (("Shun Shown", True), ("Hide Hidden", False), ("Bela Blocked", True))
    ]
    mali = await cast.member("Mali Member")
    await cast.block(blocked, mali)
    for one in (hidden, blocked):
        await lines.of(one)
    mine = await lines.of(mali)
    handles = ["shun-shown", "hide-hidden", "bela-blocked", "nobody-such"]
    mine.say("watch", handles=handles)
    told = [await mine.op("presence") for _ in handles]
    assert told == [{"op": "presence", "handle": handle, "online": False} for handle in handles]
    await lines.of(shown)
    assert await mine.op("presence") == {"op": "presence", "handle": "shun-shown", "online": True}


async def test_a_lost_membership_ends_that_threads_delivery_at_once(cast: Cast, rooms: Rooms, lines: Lines) -> None:
    """(case 9) And nothing of it comes after resuming."""
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room, other = await rooms.group(mali, olga), await rooms.group(mali, olga)
    mine, hers = await lines.of(mali), await lines.of(olga)
    async with cast.running.database.transaction() as session:
        place = await session.get_one(ThreadMember, (room.id, olga.id))
        place.left_at = func.now()
        live.dismiss(session, olga.id, channel_of(room.id), left_frame(room.id))
    assert await hers.frame() == {"op": "thread", "thread": {"id": str(room.id), "left": True}}
    await mine.send(room, "Not for her")
    await mine.send(other, "For both")
    assert (await hers.message())["body"] == "For both"
    again = await lines.of(olga, **{str(room.id): 0, str(other.id): 0})
    assert await again.frame() == {"op": "thread", "thread": {"id": str(room.id), "left": True}}
    assert (await again.message())["body"] == "For both"
    assert await again.quiet() == await hers.quiet() == []


async def test_who_is_taken_into_a_thread_hears_it_at_once(cast: Cast, rooms: Rooms, lines: Lines) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.group(mali)
    mine, hers = await lines.of(mali), await lines.of(olga)
    await mine.send(room, "Before")
    async with cast.running.database.transaction() as session:
        session.add(ThreadMember(thread_id=room.id, member_id=olga.id))
        live.admit(session, olga.id, channel_of(room.id))
    told = await hers.op("thread")
    assert (told["thread"]["id"], told["thread"]["rev"]) == (str(room.id), 1)
    await mine.send(room, "After")
    assert (await hers.message())["body"] == "After"


async def test_a_lost_session_closes_its_socket_and_no_other(cast: Cast, rooms: Rooms, lines: Lines) -> None:
    """(cases 9, 27)"""
    mali = await cast.member("Mali Member")
    async with await cast.browser(mali) as browser:
        cookie = f"{cast.running.settings.session_cookie}={next(iter(browser.cookies.values()))}"
        ended = await lines.opened(cookie=cookie, origin="http://localhost:8000")
        await ended.hello()
        stays = await lines.of(mali)
        assert (await browser.delete("/api/v1/session")).status_code == 204
    assert (await ended.closed()).code == 4401
    assert await stays.quiet() == []


async def test_a_block_is_felt_at_once(cast: Cast, rooms: Rooms, lines: Lines) -> None:
    """(cases 9, 43) What the other writes is withheld, her number is kept; her reactions are left out."""
    mali, olga, nana = [await cast.member(name) for name in ("Mali Member", "Olga Other", "Nana New")]
    room = await rooms.group(mali, olga, nana)
    mine, hers, others = [await lines.of(one) for one in (mali, olga, nana)]
    await mine.send(room, "Before")
    assert (await hers.message())["body"] == "Before"
    async with await cast.browser(olga) as browser:
        assert (await browser.put("/api/v1/members/mali-member/block")).status_code == 204
    await hers.quiet()
    await mine.send(room, "After")
    withheld = await hers.message()
    assert (withheld["seq"], withheld["rev"], withheld["withheld"], withheld["author"]) == (2, 2, True, None)
    assert "Mali" not in str(withheld) and "After" not in str(withheld)
    await others.send(room, "From Nana")
    await hers.message()
    async with await cast.browser(mali) as browser, await cast.browser(nana) as other:
        await browser.put(f"{room.messages}/3/reactions/🌸")
        assert (await hers.message())["reactions"] == {}
        await other.put(f"{room.messages}/3/reactions/🌸")
        assert (await hers.message())["reactions"] == {"🌸": ["nana-new"]}


async def test_without_a_socket_the_same_frames_are_asked_for(cast: Cast, rooms: Rooms, lines: Lines) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    room = await rooms.direct(mali, olga)
    async with await cast.browser(mali) as mine, await cast.browser(olga) as hers:
        await room.say(mine, "one")
        first = (await hers.get("/api/v1/updates")).json()["frames"]
        assert [(frame["op"], frame["thread"]["rev"]) for frame in first] == [("thread", 1)]
        missed = (await hers.get("/api/v1/updates", params={"have": f"{room.id}:0", "wait": 25})).json()["frames"]
        assert [(frame["op"], frame["message"]["body"]) for frame in missed] == [("message", "one")]
        assert (await hers.get("/api/v1/updates", params={"have": f"{room.id}:1"})).json() == {"frames": []}
        waiting = asyncio.create_task(hers.get("/api/v1/updates", params={"have": f"{room.id}:1", "wait": 25}))
        await until_heard(cast, olga)
        told = await room.say(mine, "two")
        assert (await waiting).json() == {"frames": [{"op": "message", "message": told}]}
        for wrong in ("x", f"{room.id}", f"{room.id}:-1", f"{room.id}:{'9' * 5000}", "1:1"):
            assert (await hers.get("/api/v1/updates", params={"have": wrong})).status_code == 422
        assert (await hers.get("/api/v1/updates", params={"wait": 26})).status_code == 422
    async with cast.visitor() as nobody:
        assert (await nobody.get("/api/v1/updates")).status_code == 401


async def until_heard(cast: Cast, member: Member) -> None:
    """Until she is connected, by whatever way."""
    while not await cast.running.live.presence_of([member.id]):  # noqa: ASYNC110  # there is nothing to wait on
        await asyncio.sleep(0.01)


async def test_many_who_wait_hold_no_connection(cast: Cast, rooms: Rooms) -> None:
    """The pool of this process has four, and four more in need."""
    mali = await cast.member("Mali Member")
    async with await cast.browser(mali) as mine:
        waiting = [asyncio.create_task(mine.get("/api/v1/updates", params={"wait": 2})) for _ in range(30)]
        assert (await mine.get("/api/v1/session")).status_code == 200
        assert {(await task).status_code for task in waiting} == {200}

"""A stranger's first message: one, plain, until it is answered; and how many of them. [abuse 63]"""

from contextlib import suppress
from datetime import timedelta
from time import process_time

import pytest

from ssc.accounts.models import Account
from ssc.core import clock, markdown
from ssc.core.config import Settings
from ssc.core.errors import Problem
from ssc.messaging.rules import BODY_LIMIT
from ssc.messaging.writing import judging
from ssc.people.models import Member
from tests.cast import Cast
from tests.messaging.conftest import Lines
from tests.messaging.people import THREADS, direct, group, read, say, thread_of, titles


@pytest.mark.parametrize("piece", ["a-", "a.", "www", "-", "com."])
def test_whether_a_long_first_message_holds_links_is_seen_at_once(piece: str) -> None:
    """It may be changed six hundred times a minute, and the whole process waits for each."""
    body = (piece * BODY_LIMIT)[:BODY_LIMIT]
    began = process_time()
    with suppress(Problem):
        judging.check_request("outgoing", body, markdown.render(body))
    assert process_time() - began < 0.4
    with pytest.raises(Problem, match="invalid"):
        judging.check_request("outgoing", f"{body[:100]} my-site.example-1.com", markdown.render("x"))


async def strangers(cast: Cast) -> tuple[Member, Member]:
    return await cast.member("Stan Stranger"), await cast.member("Wanda Willing", contact="everyone")


async def test_one_message_is_all_until_it_is_accepted(cast: Cast) -> None:
    stan, wanda = await strangers(cast)
    stans, wandas = await cast.browser(stan), await cast.browser(wanda)
    thread = await direct(stans, wanda)
    assert (await thread_of(stans, thread))["request"] == "outgoing"
    await say(stans, thread, "We were both in Sendai")
    second = await stans.post(f"{thread}/messages", json={"client_id": "2", "body": "Hello?"})
    assert second.status_code == 403
    assert (await thread_of(wandas, thread))["request"] == "incoming"
    answer = await wandas.post(f"{thread}/messages", json={"client_id": "1", "body": "Who?"})
    assert answer.status_code == 403
    assert (await stans.put(f"{thread}/acceptance")).status_code == 403
    assert (await wandas.put(f"{thread}/acceptance")).json()["request"] is None
    assert (await thread_of(stans, thread))["request"] is None
    await say(stans, thread, "Hello?")
    await say(wandas, thread, "Hello!")
    assert [body for _kind, body in await read(stans, thread)] == ["We were both in Sendai", "Hello?", "Hello!"]


@pytest.mark.parametrize("body", ["Look: https://evil.example", "[here](//evil.com)", "see www.evil.example"])
async def test_a_first_message_has_no_links(cast: Cast, body: str) -> None:
    stan, wanda = await strangers(cast)
    stans = await cast.browser(stan)
    thread = await direct(stans, wanda)
    refused = await stans.post(f"{thread}/messages", json={"client_id": "1", "body": body})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/body")
    await say(stans, thread, "Hello")


async def test_who_is_declined_is_not_told(cast: Cast) -> None:
    stan, wanda = await strangers(cast)
    stans, wandas = await cast.browser(stan), await cast.browser(wanda)
    thread = await direct(stans, wanda)
    await say(stans, thread, "Hello")
    before = await thread_of(stans, thread)
    assert (await wandas.delete(f"{thread}/acceptance")).status_code == 204
    assert (await wandas.delete(f"{thread}/acceptance")).status_code == 204
    assert (await titles(wandas), await titles(wandas, "requests")) == ([], [])
    assert await thread_of(stans, thread) == before
    assert (await stans.post(THREADS, json={"kind": "direct", "member": wanda.handle})).json() == before
    again = await wandas.post(THREADS, json={"kind": "direct", "member": stan.handle})
    assert (again.status_code, again.json()["request"]) == (200, "incoming")
    assert (await wandas.put(f"{thread}/acceptance")).status_code == 200


async def test_what_is_blocked_meanwhile_cannot_be_accepted(cast: Cast) -> None:
    stan, wanda = await strangers(cast)
    stans, wandas = await cast.browser(stan), await cast.browser(wanda)
    thread = await direct(stans, wanda)
    await cast.block(stan, wanda)
    refused = await wandas.put(f"{thread}/acceptance")
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/not-accepting")


async def test_a_recovered_account_reads_and_writes_nothing_for_its_72_hours(cast: Cast, lines: Lines) -> None:
    """Whoever came in by vouching may be a thief: until nobody can object any more, old words stay closed."""
    ann, bob = await cast.member("Ann Able"), await cast.member("Bob Baker")
    await cast.exchange("X-1", [ann, bob])
    anns, bobs = await cast.browser(ann), await cast.browser(bob)
    thread = await direct(anns, bob)
    await say(bobs, thread, "A secret")
    await _limit(cast, ann)
    closed = [
        await anns.get(THREADS),
        await anns.get(f"{thread}/messages"),
        await anns.get("/api/v1/search/messages", params={"q": "secret"}),
        await anns.get("/api/v1/updates"),
        await anns.post(THREADS, json={"kind": "direct", "member": "bob-baker"}),
        await anns.get(thread.replace("/api/v1/threads", "/messages")),
    ]
    assert [one.status_code for one in closed] == [403] * 6
    socket = await lines.silent(ann)
    assert (await socket.hello(**{thread.rpartition("/")[2]: 0}))["threads"] == []
    await say(bobs, thread, "Another")
    socket.say("send", client_id="1", thread_id=thread.rpartition("/")[2], body="Give me money")
    assert (await socket.op("problem"))["type"] == "/problems/forbidden"
    assert [frame["op"] for frame in socket.missed] == ["thread"]
    with clock.shifted(timedelta(hours=2)):
        assert await read(anns, thread) == [("text", "A secret"), ("text", "Another")]


async def _limit(cast: Cast, member: Member) -> None:
    async with cast.running.database.transaction() as session:
        (await session.get_one(Account, member.id)).limited_until = clock.now() + timedelta(hours=1)


class TestLimits:
    """(case 63)"""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"limits": "on"})

    async def test_ten_first_messages_a_day(self, cast: Cast) -> None:
        ann = await cast.member("Ann Able")
        mates = [await cast.member(f"Mate {chr(65 + n)}") for n in range(11)]
        await cast.exchange("X-1", [ann, *mates])
        anns = await cast.browser(ann)
        answers = [await anns.post(THREADS, json={"kind": "direct", "member": one.handle}) for one in mates]
        assert [answer.status_code for answer in answers] == [201] * 10 + [429]
        assert int(answers[-1].headers["Retry-After"]) > 3600
        again = await anns.post(THREADS, json={"kind": "direct", "member": mates[0].handle})
        assert again.status_code == 200

    async def test_five_strangers_in_the_first_day(self, cast: Cast) -> None:
        others = [await cast.member(f"Other {chr(65 + n)}", contact="everyone") for n in range(6)]
        newcomer = await cast.member("Nina New")
        settled = await cast.member("Sue Settled", joined_at=clock.now() - timedelta(days=2))
        for member, expected in ((newcomer, [201] * 5 + [429]), (settled, [201] * 6)):
            client = await cast.browser(member)
            answers = [await client.post(THREADS, json={"kind": "direct", "member": one.handle}) for one in others]
            assert [answer.status_code for answer in answers] == expected

    async def test_twenty_groups_and_fifty_invitations_a_day(self, cast: Cast) -> None:
        ann = await cast.member("Ann Able")
        mates = [await cast.member(f"Mate {chr(65 + n)}") for n in range(26)]
        await cast.exchange("X-1", [ann, *mates])
        anns = await cast.browser(ann)
        await group(anns, "Many", *mates)
        thread = await group(anns, "As many but two", *mates[:24])
        statuses = [
            (await anns.post(f"{thread}/members", json={"member": one.handle})).status_code for one in mates[24:]
        ]
        assert statuses == [429, 429]
        for number in range(18):
            await group(anns, f"Alone {number}")
        assert (await anns.post(THREADS, json={"kind": "group", "title": "Too many"})).status_code == 429

    async def test_five_hundred_people_called_a_day(self, cast: Cast) -> None:
        """Fifty a message at most; names that are nobody's count too, else one could try them all."""
        ann, bob = await cast.member("Ann Able"), await cast.member("Bob Baker")
        await cast.exchange("X-1", [ann, bob])
        async with await cast.browser(ann) as anns, await cast.browser(bob) as bobs:
            thread = await direct(anns, bob)
            for number in range(10):
                await say(anns, thread, " ".join(f"@n{number}-{n}" for n in range(60)))
            refused = await anns.post(f"{thread}/messages", json={"client_id": "1", "body": "@bob-baker"})
            assert refused.status_code == 429
            assert (await anns.patch(f"{thread}/messages/1", json={"body": "@bob-baker"})).status_code == 429
            await say(anns, thread, "Nobody is called")
            await say(bobs, thread, "@ann-able")

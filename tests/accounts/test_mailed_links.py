"""Sign-in links and resets by mail: alike for every address, good once, for a time, and for POST alone."""

import asyncio
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select, text

from ssc.accounts.models import EmailAddress, Token
from ssc.core import clock, ids
from ssc.core.config import Settings
from ssc.people.models import Suspension
from tests.cast import BASE, PASSWORD, Cast

API = "/api/v1"
NEW = "a lantern under the bridge"


async def link_for(cast: Cast, call: str, email: str) -> str:
    """The token of the link that is mailed when somebody asks for it."""
    answer = await cast.visitor().post(f"{API}{call}", json={"email": email})
    assert answer.status_code == 202
    await cast.run_jobs()
    return cast.letters()[-1].links[0].rpartition("/")[2]


async def redeem(client: httpx.AsyncClient, call: str, **body: str) -> int:
    return (await client.post(f"{API}{call}/redeem", json=body)).status_code


async def test_a_link_signs_in_once(cast: Cast) -> None:
    """Case 29."""
    await cast.member("Ada Rao")
    token = await link_for(cast, "/session/link", "ada-rao@example.org")
    browser = cast.visitor()
    answer = await browser.post(f"{API}/session/link/redeem", json={"token": token})
    assert (answer.status_code, answer.json()["member"]["handle"]) == (201, "ada-rao")
    assert (await browser.get(f"{API}/session")).status_code == 200
    assert await redeem(cast.visitor(), "/session/link", token=token) == 410


async def test_the_letter_is_whole(cast: Cast) -> None:
    await cast.member("Ada Rao", language="ja", name_native="アダ")
    token = await link_for(cast, "/session/link", "ADA-RAO@example.org")
    (letter,) = cast.letters()
    link = f"{BASE}/session/link/{token}"
    assert (letter.to, letter.language) == ("ada-rao@example.org", "ja")
    assert letter.links == [link, BASE]
    assert link in letter.html


async def test_the_letter_goes_to_the_address_as_its_owner_wrote_it(cast: Cast) -> None:
    await cast.member("Ada Rao")
    await link_for(cast, "/session/link", "ａｄａ-rao@example.org")
    assert [letter.to for letter in cast.letters()] == ["ada-rao@example.org"]


@pytest.mark.parametrize("call", ["/session/link", "/password-reset"])
async def test_the_answer_is_the_same_whoever_the_address_is(cast: Cast, call: str) -> None:
    """Case 26."""
    await cast.member("Ada Rao")
    unclaimed = await cast.member("Bob Sen", claimed=False)
    await cast.address(unclaimed, "bob@example.org", confirmed=False, source="roster")
    answers = [
        await cast.visitor().post(f"{API}{call}", json={"email": email})
        for email in ("ada-rao@example.org", "bob@example.org", "nobody@example.org")
    ]
    seen = {(a.status_code, a.content, tuple(sorted(k for k in a.headers if k != "x-request-id"))) for a in answers}
    assert len(seen) == 1
    async with cast.running.database.transaction() as session:
        waiting = await session.execute(text("SELECT task_name, status::text FROM procrastinate_jobs ORDER BY id"))
        names = {(row.task_name, row.status) for row in waiting}
    assert len(names) == 1, "what differs is done later, by the same job"
    await cast.run_jobs()
    told = sorted((letter.to, "/invitations/" in letter.links[0]) for letter in cast.letters())
    assert told == [("ada-rao@example.org", False), ("bob@example.org", True)], "who never claimed is invited"


@pytest.mark.parametrize(("call", "lasts"), [("/session/link", 15), ("/password-reset", 60)])
async def test_a_link_works_for_a_time(cast: Cast, call: str, lasts: int) -> None:
    await cast.member("Ada Rao")
    body = {"password": NEW} if call == "/password-reset" else {}
    for minutes, expected in ((lasts + 1, 410), (lasts - 1, 201)):
        token = await link_for(cast, call, "ada-rao@example.org")
        with clock.shifted(timedelta(minutes=minutes)):
            assert await redeem(cast.visitor(), call, token=token, **body) == expected


async def test_of_two_uses_at_once_one_wins(cast: Cast) -> None:
    """Case 29."""
    await cast.member("Ada Rao")
    token = await link_for(cast, "/session/link", "ada-rao@example.org")
    answers = await asyncio.gather(*(redeem(cast.visitor(), "/session/link", token=token) for _ in range(4)))
    assert sorted(answers) == [201, 410, 410, 410]


async def test_only_its_hash_is_stored(cast: Cast) -> None:
    """Case 28."""
    await cast.member("Ada Rao")
    token = await link_for(cast, "/session/link", "ada-rao@example.org")
    assert len(token) == 43
    async with cast.running.database.transaction() as session:
        stored = (await session.scalars(select(Token))).one()
        assert stored.digest == ids.digest(token)
        left = await session.execute(text("SELECT text || html || headers::text FROM outgoing_letter"))
        assert token not in "".join(left.scalars())
        jobs = await session.execute(text("SELECT args::text FROM procrastinate_jobs"))
        assert token not in "".join(jobs.scalars())


async def test_a_link_is_bound_to_its_kind_its_member_and_its_address(cast: Cast) -> None:
    """Case 29."""
    ada = await cast.member("Ada Rao")
    token = await link_for(cast, "/session/link", "ada-rao@example.org")
    assert await redeem(cast.visitor(), "/password-reset", token=token, password=NEW) == 410
    async with cast.running.database.transaction() as session:
        row = (await session.scalars(select(EmailAddress).where(EmailAddress.member_id == ada.id))).one()
        row.confirmed_at = None
    assert await redeem(cast.visitor(), "/session/link", token=token) == 410
    async with cast.running.database.transaction() as session:
        (await session.get_one(EmailAddress, row.id)).confirmed_at = clock.now()
    assert await redeem(cast.visitor(), "/session/link", token=token) == 201


async def test_using_one_link_uses_up_the_others(cast: Cast) -> None:
    await cast.member("Ada Rao")
    first = await link_for(cast, "/session/link", "ada-rao@example.org")
    second = await link_for(cast, "/session/link", "ada-rao@example.org")
    assert await redeem(cast.visitor(), "/session/link", token=first) == 201
    assert await redeem(cast.visitor(), "/session/link", token=second) == 410


async def test_a_suspended_member_hears_so_instead_of_getting_in(cast: Cast) -> None:
    ada = await cast.member("Ada Rao")
    async with cast.running.database.transaction() as session:
        session.add(Suspension(member_id=ada.id, reason="Spam", until=None))
    token = await link_for(cast, "/session/link", "ada-rao@example.org")
    answer = await cast.visitor().post(f"{API}/session/link/redeem", json={"token": token})
    assert (answer.status_code, answer.json()["detail"]) == (
        403,
        "Your account is suspended until further notice. Reason: Spam",
    )


async def test_a_reset_sets_the_password_and_ends_all_other_sessions(cast: Cast) -> None:
    """Case 27."""
    ada = await cast.member("Ada Rao")
    elsewhere = await cast.browser(ada)
    token = await link_for(cast, "/password-reset", "ada-rao@example.org")
    assert (await elsewhere.get(f"{API}/session")).status_code == 200
    browser = cast.visitor()
    assert await redeem(browser, "/password-reset", token=token, password=NEW) == 201
    assert (await browser.get(f"{API}/session")).status_code == 200
    assert (await elsewhere.get(f"{API}/session")).status_code == 401
    old, new = [
        await cast.visitor().post(f"{API}/session", json={"email": "ada-rao@example.org", "password": password})
        for password in (PASSWORD, NEW)
    ]
    assert (old.status_code, new.status_code) == (401, 201)
    await cast.run_jobs()
    subjects = [letter.subject for letter in cast.letters()]
    assert subjects == ["Set a new password", "Your password was changed", "Signed in on a new device"]


async def test_a_refused_password_leaves_the_link_good(cast: Cast) -> None:
    await cast.member("Ada Rao")
    token = await link_for(cast, "/password-reset", "ada-rao@example.org")
    answer = await cast.visitor().post(f"{API}/password-reset/redeem", json={"token": token, "password": "short"})
    assert (answer.status_code, answer.json()["errors"]) == (
        422,
        [{"pointer": "/password", "message": "Use at least 12 characters."}],
    )
    assert await redeem(cast.visitor(), "/password-reset", token=token, password=NEW) == 201


async def test_links_begin_with_our_address_whatever_host_was_asked(cast: Cast) -> None:
    """Case 30."""
    await cast.member("Ada Rao")
    forged = {"x-forwarded-host": "evil.example", "forwarded": "host=evil.example"}
    body = {"email": "ada-rao@example.org"}
    assert (await cast.visitor(**forged).post(f"{API}/session/link", json=body)).status_code == 202
    assert (await cast.visitor(host="evil.example").post(f"{API}/session/link", json=body)).status_code == 421
    await cast.run_jobs()
    (letter,) = cast.letters()
    assert letter.links[0].startswith(f"{BASE}/session/link/")
    assert "evil.example" not in letter.html + letter.text


async def test_a_malformed_address_is_said_to_be_one(cast: Cast) -> None:
    answer = await cast.visitor().post(f"{API}/session/link", json={"email": "ada at example"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/email")


class TestLimits:
    """Five letters to an address and twenty from a network an hour."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"limits": "on"})

    @pytest.mark.parametrize("email", ["ada-rao@example.org", "nobody@example.org"])
    async def test_per_address(self, cast: Cast, email: str) -> None:
        await cast.member("Ada Rao")
        calls = ["/session/link", "/password-reset"] * 3
        answers = [await cast.visitor().post(f"{API}{call}", json={"email": email}) for call in calls]
        assert [answer.status_code for answer in answers] == [202] * 5 + [429]
        assert 0 < int(answers[-1].headers["retry-after"]) <= 3600

    async def test_per_network(self, cast: Cast) -> None:
        answers = [
            await cast.visitor().post(f"{API}/session/link", json={"email": f"a{n}@example.org"}) for n in range(21)
        ]
        assert [answer.status_code for answer in answers] == [202] * 20 + [429]

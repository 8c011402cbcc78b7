"""Addresses: several confirmed ones, any signs in, changed after a fresh sign-in, undone by the others."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select, text

from ssc.core import clock
from ssc.people.models import Member
from tests.cast import PASSWORD, Cast
from tests.core.live.hearing import until
from tests.statements import WAITING

API = "/api/v1"
EMAILS = f"{API}/me/emails"
OWN, WORK, NEW = "ada-rao@example.org", "ada@work.example", "ada@new.example"


async def listed(client: httpx.AsyncClient) -> list[tuple[str, bool, bool]]:
    answer = (await client.get(EMAILS)).json()
    assert answer["next"] is None
    return [(item["email"], item["confirmed"], item["primary"]) for item in answer["items"]]


async def id_of(client: httpx.AsyncClient, email: str) -> str:
    items: list[dict[str, str]] = (await client.get(EMAILS)).json()["items"]
    return next(item["id"] for item in items if item["email"] == email)


async def mailed(cast: Cast, to: str) -> list[str]:
    """The subjects that went to this address."""
    await cast.run_jobs()
    return [letter.subject for letter in cast.letters() if letter.to == to]


async def token(cast: Cast, to: str) -> str:
    """The token in the link of the latest letter to this address."""
    await cast.run_jobs()
    link = [letter for letter in cast.letters() if letter.to == to][-1].links[0]
    return link.removesuffix("/undo").rpartition("/")[2]


async def added(cast: Cast, client: httpx.AsyncClient, email: str) -> None:
    """Adds an address and confirms it."""
    assert (await client.post(EMAILS, json={"email": email})).status_code == 201
    answer = await client.post(f"{EMAILS}/confirm", json={"token": await token(cast, email)})
    assert (answer.status_code, answer.json()["confirmed"]) == (200, True)


async def signs_in(cast: Cast, email: str) -> int:
    answer = await cast.visitor().post(f"{API}/session", json={"email": email, "password": PASSWORD})
    return answer.status_code


async def test_a_new_address_signs_in_once_it_is_confirmed(cast: Cast) -> None:
    browser = await cast.browser(await cast.member("Ada Rao"))
    answer = await browser.post(EMAILS, json={"email": NEW})
    body: dict[str, Any] = answer.json()
    assert (answer.status_code, body["email"], body["confirmed"], body["primary"]) == (201, NEW, False, False)
    assert await signs_in(cast, NEW) == 401
    secret = await token(cast, NEW)
    assert (await cast.visitor().post(f"{EMAILS}/confirm", json={"token": secret})).status_code == 200
    assert await listed(browser) == [(OWN, True, True), (NEW, True, False)]
    assert [await signs_in(cast, email) for email in (NEW, OWN)] == [201, 201]
    assert (await cast.visitor().post(f"{EMAILS}/confirm", json={"token": secret})).status_code == 410


async def test_changes_need_a_fresh_sign_in_and_a_session(cast: Cast) -> None:
    ada = await cast.member("Ada Rao")
    await cast.address(ada, WORK)
    browser, program = await cast.browser(ada), await cast.bearer(ada, "read", "write")
    work = await id_of(browser, WORK)

    async def answers(client: httpx.AsyncClient) -> list[int]:
        calls = [
            client.post(EMAILS, json={"email": NEW}),
            client.put(f"{EMAILS}/{work}/primary"),
            client.delete(f"{EMAILS}/{work}"),
        ]
        return [(await call).status_code for call in calls]

    assert await answers(cast.visitor()) == [401, 401, 401]
    assert await answers(program) == [403, 403, 403]
    with clock.shifted(timedelta(minutes=11)):
        assert await answers(browser) == [403, 403, 403]
        answer = await browser.post(EMAILS, json={"email": NEW})
        assert answer.json()["type"] == "/problems/fresh-sign-in-required"
        assert (await browser.post(f"{API}/session/fresh", json={"password": PASSWORD})).status_code == 204
        assert await answers(browser) == [201, 204, 204]


async def test_another_persons_address_answers_like_one_that_does_not_exist(cast: Cast) -> None:
    """Case 38."""
    ada, eve = await cast.member("Ada Rao"), await cast.member("Eve Tan")
    await cast.address(ada, WORK)
    hers, strangers = await cast.browser(ada), await cast.browser(eve)
    work = await id_of(hers, WORK)
    nothing = "01927000-0000-7000-8000-000000000000"
    for known, unknown in [(work, nothing), (work, "no-id")]:
        for method, path in [("PUT", "/primary"), ("DELETE", "")]:
            one = await strangers.request(method, f"{EMAILS}/{known}{path}")
            other = await strangers.request(method, f"{EMAILS}/{unknown}{path}")
            assert (one.status_code, one.content) == (404, other.content)
    assert (await hers.put(f"{EMAILS}/{work}/primary")).status_code == 204
    assert await listed(hers) == [(WORK, True, True), (OWN, True, False)]


async def test_whether_another_account_has_an_address_is_told_to_it_alone(cast: Cast) -> None:
    """Case 26."""
    await cast.member("Ada Rao")
    browser = await cast.browser(await cast.member("Eve Tan"))
    taken, free = [await browser.post(EMAILS, json={"email": email}) for email in (OWN, NEW)]
    assert (taken.status_code, free.status_code) == (201, 201)
    assert [{**a.json(), "id": "", "email": "", "created_at": ""} for a in (taken,)] == [
        {**free.json(), "id": "", "email": "", "created_at": ""}
    ]
    assert await mailed(cast, OWN) == ["This address has an account already"]
    assert await mailed(cast, NEW) == ["Please confirm your address"]


async def test_an_address_that_looks_equal_is_the_same_address(cast: Cast) -> None:
    """Case 36."""
    ada = await cast.browser(await cast.member("Ada Rao"))
    again = await ada.post(EMAILS, json={"email": "ＡＤＡ-rao@example.org"})
    assert (again.status_code, again.json()["errors"][0]["pointer"]) == (422, "/email")
    eve = await cast.browser(await cast.member("Eve Tan"))
    assert (await eve.post(EMAILS, json={"email": "ａｄａ-rao＠EXAMPLE.org"})).status_code == 201
    await cast.run_jobs()
    assert [letter.subject for letter in cast.letters()] == ["This address has an account already"]


async def test_of_two_who_confirm_one_address_one_has_it(cast: Cast) -> None:
    ada, eve = [await cast.browser(await cast.member(name)) for name in ("Ada Rao", "Eve Tan")]
    secrets = []
    for browser in (ada, eve):
        await browser.post(EMAILS, json={"email": NEW})
        secrets.append(await token(cast, NEW))
    answers = await asyncio.gather(
        *(cast.visitor().post(f"{EMAILS}/confirm", json={"token": secret}) for secret in secrets)
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_the_only_confirmed_address_stays(cast: Cast) -> None:
    ada = await cast.member("Ada Rao")
    browser = await cast.browser(ada)
    await browser.post(EMAILS, json={"email": NEW})
    own, new = await id_of(browser, OWN), await id_of(browser, NEW)
    assert (await browser.delete(f"{EMAILS}/{own}")).status_code == 409
    assert (await browser.put(f"{EMAILS}/{new}/primary")).status_code == 409
    assert (await browser.delete(f"{EMAILS}/{new}")).status_code == 204
    await added(cast, browser, WORK)
    assert (await browser.delete(f"{EMAILS}/{own}")).status_code == 204
    assert await listed(browser) == [(WORK, True, True)]


async def test_of_two_who_remove_the_last_two_addresses_one_does(cast: Cast) -> None:
    """Two tabs: whoever had none left could never sign in again."""
    ada = await cast.member("Ada Rao")
    browser = await cast.browser(ada)
    await added(cast, browser, WORK)
    both = [await id_of(browser, email) for email in (OWN, WORK)]

    async def waiting() -> bool:
        async with cast.running.database.transaction() as session:
            return bool(await session.scalar(text(WAITING)) == 2)

    async with cast.running.database.transaction() as session:
        await session.execute(select(Member.id).where(Member.id == ada.id).with_for_update())
        removing = [asyncio.create_task(browser.delete(f"{EMAILS}/{one}")) for one in both]
        await until(waiting)
    assert sorted([(await one).status_code for one in removing]) == [204, 409]
    assert len(await listed(browser)) == 1


async def test_a_link_is_dead_when_its_address_was_taken_off_the_list(cast: Cast) -> None:
    browser = await cast.browser(await cast.member("Ada Rao"))
    await browser.post(EMAILS, json={"email": NEW})
    secret = await token(cast, NEW)
    await browser.delete(f"{EMAILS}/{await id_of(browser, NEW)}")
    assert (await browser.post(f"{EMAILS}/confirm", json={"token": secret})).status_code == 410


async def test_every_other_address_is_told_of_every_change(cast: Cast) -> None:
    ada = await cast.member("Ada Rao")
    await cast.address(ada, WORK)
    browser = await cast.browser(ada)
    await added(cast, browser, NEW)
    changed = "The addresses of your account have changed"
    assert [await mailed(cast, to) for to in (OWN, WORK, NEW)] == [
        [changed],
        [changed],
        ["Please confirm your address"],
    ]
    await browser.put(f"{EMAILS}/{await id_of(browser, NEW)}/primary")
    assert [len(await mailed(cast, to)) for to in (OWN, WORK, NEW)] == [2, 2, 1]
    await browser.delete(f"{EMAILS}/{await id_of(browser, OWN)}")
    assert [len(await mailed(cast, to)) for to in (OWN, WORK, NEW)] == [3, 3, 2]


@pytest.fixture
async def stolen(cast: Cast) -> tuple[Member, httpx.AsyncClient]:
    """A member of two addresses, and the browser in which a thief is signed in as her."""
    ada = await cast.member("Ada Rao")
    await cast.address(ada, WORK)
    return ada, await cast.browser(ada)


async def undo(cast: Cast, secret: str) -> int:
    return (await cast.visitor().post(f"{API}/email-changes/{secret}/undo")).status_code


async def test_any_other_address_undoes_the_change_and_shuts_its_maker_out(
    cast: Cast, stolen: tuple[Member, httpx.AsyncClient]
) -> None:
    ada, thief = stolen
    await added(cast, thief, NEW)
    to_own, to_work = await token(cast, OWN), await token(cast, WORK)
    later = cast.visitor()
    await later.post(f"{API}/session", json={"email": NEW, "password": PASSWORD})
    await thief.put(f"{API}/me/password", json={"password": "a lantern under the bridge"})
    answer = await thief.post(f"{API}/me/tokens", json={"name": "mine", "scopes": ["read"], "expires_in_days": 30})
    program = cast.visitor(authorization=f"Bearer {answer.json()['token']}")
    assert (await program.get(EMAILS)).status_code == 200
    assert await undo(cast, to_own) == 204
    for client in (thief, later, program):
        assert (await client.get(EMAILS)).status_code == 401
    hers = await cast.browser(ada)
    assert await listed(hers) == [(OWN, True, True), (WORK, True, False)]
    for password in ("a lantern under the bridge", PASSWORD):
        answer = await cast.visitor().post(f"{API}/session", json={"email": OWN, "password": password})
        assert answer.status_code == 401
    assert [await undo(cast, secret) for secret in (to_own, to_work)] == [410, 410]
    for to in (OWN, WORK, NEW):
        assert (await mailed(cast, to))[-1] == "Your addresses are as they were before"


async def test_a_removed_address_comes_back_with_its_place(
    cast: Cast, stolen: tuple[Member, httpx.AsyncClient]
) -> None:
    ada, thief = stolen
    await thief.delete(f"{EMAILS}/{await id_of(thief, OWN)}")
    assert await listed(thief) == [(WORK, True, True)]
    assert await undo(cast, await token(cast, OWN)) == 204
    assert await listed(await cast.browser(ada)) == [(OWN, True, True), (WORK, True, False)]


async def test_undoing_one_change_undoes_those_after_it(cast: Cast, stolen: tuple[Member, httpx.AsyncClient]) -> None:
    ada, thief = stolen
    await added(cast, thief, NEW)
    first = await token(cast, OWN)
    await thief.put(f"{EMAILS}/{await id_of(thief, NEW)}/primary")
    second = await token(cast, WORK)
    for email in (OWN, WORK):
        await thief.delete(f"{EMAILS}/{await id_of(thief, email)}")
    assert await listed(thief) == [(NEW, True, True)]
    assert await undo(cast, first) == 204
    assert await listed(await cast.browser(ada)) == [(OWN, True, True), (WORK, True, False)]
    assert await undo(cast, second) == 410


async def test_an_address_that_can_be_undone_still_cannot_undo(
    cast: Cast, stolen: tuple[Member, httpx.AsyncClient]
) -> None:
    _ada, thief = stolen
    await added(cast, thief, NEW)
    await thief.delete(f"{EMAILS}/{await id_of(thief, WORK)}")
    await cast.run_jobs()
    told = [letter for letter in cast.letters() if letter.to == NEW][-1]
    assert told.subject == "The addresses of your account have changed"
    assert [link for link in told.links if "undo" in link] == []


async def test_a_change_can_be_undone_for_seventy_two_hours(
    cast: Cast, stolen: tuple[Member, httpx.AsyncClient]
) -> None:
    _ada, thief = stolen
    await added(cast, thief, NEW)
    to_own, to_work = await token(cast, OWN), await token(cast, WORK)
    with clock.shifted(timedelta(hours=73)):
        assert await undo(cast, to_work) == 410
    with clock.shifted(timedelta(hours=71)):
        assert await undo(cast, to_own) == 204


async def test_an_invented_token_is_unknown(cast: Cast) -> None:
    assert await undo(cast, "x" * 43) == 404


async def test_a_list_has_ten_addresses(cast: Cast) -> None:
    browser = await cast.browser(await cast.member("Ada Rao"))
    answers = [await browser.post(EMAILS, json={"email": f"a{n}@example.org"}) for n in range(10)]
    assert [answer.status_code for answer in answers] == [201] * 9 + [409]

"""Access tokens: made in a fresh session, shown once, good for their scopes, taken back at once."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from ssc.accounts.models import AccessToken
from ssc.core import clock, ids
from tests.cast import Cast

TOKENS = "/api/v1/me/tokens"
WANTED: dict[str, Any] = {"name": "My notebook", "scopes": ["read"], "expires_in_days": 30}


async def listed(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await client.get(TOKENS)).json()["items"]
    return items


async def test_a_token_is_shown_once_and_works(cast: Cast) -> None:
    """Case 28."""
    browser = await cast.browser(await cast.member("Ada Rao"))
    answer = await browser.post(TOKENS, json=WANTED)
    made = answer.json()
    assert (answer.status_code, answer.headers["cache-control"]) == (201, "private, no-store")
    secret = made.pop("token")
    assert len(secret) == 43
    assert await listed(browser) == [{**made, "last_used_at": None}]
    assert (made["name"], made["scopes"]) == ("My notebook", ["read"])
    program = cast.visitor(authorization=f"Bearer {secret}")
    assert (await program.get("/api/v1/session")).status_code == 200
    assert (await listed(browser))[0]["last_used_at"] is not None
    async with cast.running.database.transaction() as session:
        assert await session.scalar(select(AccessToken.digest)) == ids.digest(secret)


async def test_a_token_is_taken_back_at_once(cast: Cast) -> None:
    browser = await cast.browser(await cast.member("Ada Rao"))
    made = (await browser.post(TOKENS, json=WANTED)).json()
    program = cast.visitor(authorization=f"Bearer {made['token']}")
    assert (await program.get("/api/v1/session")).status_code == 200
    assert (await browser.delete(f"{TOKENS}/{made['id']}")).status_code == 204
    assert (await program.get("/api/v1/session")).status_code == 401
    assert (await browser.delete(f"{TOKENS}/{made['id']}")).status_code == 404


async def test_another_persons_token_answers_like_one_that_does_not_exist(cast: Cast) -> None:
    """Case 38."""
    hers, eve = [await cast.browser(await cast.member(name)) for name in ("Ada Rao", "Eve Tan")]
    made = (await hers.post(TOKENS, json=WANTED)).json()
    answers = [await eve.delete(f"{TOKENS}/{one}") for one in (made["id"], "no-id")]
    assert [(a.status_code, a.json()) for a in answers] == [(404, answers[0].json())] * 2
    assert (await hers.delete(f"{TOKENS}/{made['id']}")).status_code == 204


async def test_making_one_needs_a_fresh_sign_in_in_a_browser(cast: Cast) -> None:
    ada = await cast.member("Ada Rao")
    browser, program = await cast.browser(ada), await cast.bearer(ada, "read", "write")
    assert (await cast.visitor().post(TOKENS, json=WANTED)).status_code == 401
    assert (await program.post(TOKENS, json=WANTED)).status_code == 403
    with clock.shifted(timedelta(minutes=11)):
        assert (await browser.post(TOKENS, json=WANTED)).status_code == 403
    assert (await browser.post(TOKENS, json=WANTED)).status_code == 201


async def test_only_who_holds_an_office_makes_a_token_for_it(cast: Cast) -> None:
    wanted = {**WANTED, "scopes": ["read", "staff"]}
    member, staff = await cast.browser(await cast.member("Ada Rao")), await cast.browser(await cast.staff())
    assert (await member.post(TOKENS, json=wanted)).status_code == 403
    assert (await staff.post(TOKENS, json=wanted)).status_code == 201


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"name": " "}, "/name"),
        ({"name": "n" * 81}, "/name"),
        ({"scopes": []}, "/scopes"),
        ({"scopes": ["admin"]}, "/scopes/0"),
        ({"expires_in_days": 0}, "/expires_in_days"),
        ({"expires_in_days": 367}, "/expires_in_days"),
        ({"member_id": "x"}, "/member_id"),
    ],
)
async def test_what_cannot_be_made_is_named(cast: Cast, change: dict[str, Any], pointer: str) -> None:
    browser = await cast.browser(await cast.member("Ada Rao"))
    answer = await browser.post(TOKENS, json=WANTED | change)
    assert (answer.status_code, [error["pointer"] for error in answer.json()["errors"]]) == (422, [pointer])


async def test_a_member_keeps_twenty(cast: Cast) -> None:
    browser = await cast.browser(await cast.member("Ada Rao"))
    assert [(await browser.post(TOKENS, json=WANTED)).status_code for _ in range(21)] == [201] * 20 + [409]

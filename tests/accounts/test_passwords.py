"""Passwords: long ones whole, Unicode alike however it is typed, common ones and the club's words refused."""

import asyncio
import threading

import pytest

from ssc.accounts import passwords
from ssc.core.errors import Problem
from tests.cast import Cast

API = "/api/v1"
OWN = ("Tanaka Hiroshi", "田中 博", "hiroshi-tanaka", "h.tanaka@kaigan.example")


@pytest.mark.parametrize(
    "password",
    [
        "seven quiet herons wade",
        "桜の花が静かに落ちる夜の研究室",
        "p" * 3 + "q7!xR2vZw9Lm",
        "sakura petals drift over snow",
        "a" + "bcdefgh ijklm " * 71,
    ],
)
def test_a_good_password_is_taken(password: str) -> None:
    passwords.check(password, OWN)


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("elevenchars", "Use at least 12 characters."),
        ("x" * 1001, "Use at most 1000 characters."),
        ("password12345", "This password is on the lists that attackers try first. Choose another one."),
        ("Iloveyou!!!!!", "This password is on the lists that attackers try first. Choose another one."),
        ("qwerty123456", "This password is on the lists that attackers try first. Choose another one."),
        ("abababababababab", "This password is on the lists that attackers try first. Choose another one."),
        ("abcdefghijklmnop", "This password is on the lists that attackers try first. Choose another one."),
        ("sakura-science-club", "This is mostly your own data or the club's words. Add words of another kind."),
        ("JST Sakura Science!", "This is mostly your own data or the club's words. Add words of another kind."),
        ("Tanaka-Hiroshi-95", "This is mostly your own data or the club's words. Add words of another kind."),
        ("h.tanaka@kaigan.example", "This is mostly your own data or the club's words. Add words of another kind."),
        ("ｓａｋｕｒａ-science-1", "This is mostly your own data or the club's words. Add words of another kind."),
    ],
)
def test_a_bad_one_is_refused_with_its_reason(password: str, sentence: str) -> None:
    with pytest.raises(Problem) as refused:
        passwords.check(password, OWN)
    assert [(e.pointer, e.message) for e in refused.value.errors] == [("/password", sentence)]


async def test_nothing_is_cut_at_seventy_two_bytes() -> None:
    """Case 32."""
    stored = await passwords.hashed("x" * 100 + "end")
    assert await passwords.matches(stored, "x" * 100 + "end")
    assert not await passwords.matches(stored, "x" * 100 + "END")
    assert not await passwords.matches(stored, "x" * 100)


async def test_the_same_letters_match_however_they_were_typed() -> None:
    """Case 32."""
    stored = await passwords.hashed("caf\u00e9 ﬁne １２３４")
    assert await passwords.matches(stored, "cafe\u0301 fine 1234")
    assert not await passwords.matches(stored, "cafe fine 1234")


async def test_without_a_hash_nothing_matches_and_a_broken_one_neither() -> None:
    assert not await passwords.matches(None, "anything at all")
    assert not await passwords.matches("no hash", "anything at all")
    assert await passwords.matches(await passwords.hashed("anything at all"), "anything at all")


def test_nobodys_hash_costs_what_todays_do() -> None:
    """Case 26."""
    assert not passwords.outdated(passwords._NOBODYS)


async def test_a_megabyte_is_refused_at_once(cast: Cast) -> None:
    """Case 32."""
    await cast.member("Ada Rao")
    for length, status in ((1000, 401), (1001, 422), (1 << 20, 413)):
        body = {"email": "ada-rao@example.org", "password": "x" * length}
        assert (await cast.visitor().post(f"{API}/session", json=body)).status_code == status


async def test_her_own_data_do_not_make_her_password(cast: Cast) -> None:
    ada = await cast.member("Ada Lovelace", affiliation="University of Nairobi")
    await cast.address(ada, "countess@analytical.example")
    browser = await cast.browser(ada)
    for bad in ("Ada Lovelace 1815", "university-nairobi", "countess analytical"):
        answer = await browser.put(f"{API}/me/password", json={"password": bad})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/password")
    good = await browser.put(f"{API}/me/password", json={"password": "a lantern under the bridge"})
    assert good.status_code == 204


async def test_who_would_wait_too_long_is_told_at_once() -> None:
    """Case 32."""
    pool, gate = passwords.Pool(threads=1, longest_queue=2), threading.Event()
    waiting = [asyncio.create_task(pool.run(gate.wait)) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(Problem) as refused:
        await pool.run(gate.wait)
    assert (refused.value.kind.slug, refused.value.headers) == ("unavailable", {"Retry-After": "5"})
    gate.set()
    assert await asyncio.gather(*waiting) == [True, True]
    assert await pool.run(gate.wait)

"""Opening an account: handle, password, addresses; and two records of one person becoming one."""

import asyncio

import pytest

from ssc.accounts.actions import open_account
from ssc.accounts.actions.merging import move_account
from ssc.accounts.models import Account
from ssc.accounts.queries import addresses_of
from ssc.core import i18n
from ssc.core.errors import Problem
from ssc.people.models import Member
from tests.cast import PASSWORD, Cast

API = "/api/v1"
GOOD = "a lantern under the bridge"


async def opened(cast: Cast, member: Member, **wanted: str) -> str | None:
    async with cast.running.database.transaction() as session:
        held = await session.get_one(Member, member.id)
        await open_account(session, held, **wanted)  # type: ignore[arg-type]
        return held.handle


async def signs_in(cast: Cast, email: str, password: str = PASSWORD) -> str | int:
    answer = await cast.visitor().post(f"{API}/session", json={"email": email, "password": password})
    handle: str | int = answer.json()["member"]["handle"] if answer.status_code == 201 else answer.status_code
    return handle


async def test_the_address_that_brought_her_counts_and_the_new_one_is_asked(cast: Cast) -> None:
    ada = await cast.member("Ada Rao", claimed=False)
    await cast.address(ada, "ada@uni.example", confirmed=False, source="roster")
    assert await opened(cast, ada, proven="ada@uni.example", address="ada@home.example", password=GOOD) == "ada-rao"
    assert await signs_in(cast, "ada@uni.example", GOOD) == "ada-rao"
    await cast.run_jobs()
    (letter,) = [letter for letter in cast.letters() if letter.to == "ada@home.example"]
    assert letter.subject == "Please confirm your address"
    await cast.visitor().post(letter.links[0])
    async with cast.running.database.transaction() as session:
        rows = await addresses_of(session, ada.id)
        assert [(row.address, row.is_primary, row.confirmed_at is not None) for row in rows] == [
            ("ada@home.example", True, True),
            ("ada@uni.example", False, True),
        ]


async def test_until_it_is_confirmed_the_new_address_signs_in_by_password_alone(cast: Cast) -> None:
    ada = await cast.member("Ada Rao", claimed=False)
    await opened(cast, ada, proven="ada@uni.example", address="ada@home.example", password=GOOD)
    await cast.run_jobs()
    assert await signs_in(cast, "ada@home.example", GOOD) == "ada-rao"
    assert await signs_in(cast, "ada@home.example", "wrong") == 401
    for call in ("/session/link", "/password-reset"):
        await cast.visitor().post(f"{API}{call}", json={"email": "ada@home.example"})
    await cast.run_jobs()
    subjects = {letter.subject for letter in cast.letters() if letter.to == "ada@home.example"}
    assert subjects == {"Please confirm your address"}


async def test_whoever_confirms_it_has_the_address_and_not_whoever_named_it(cast: Cast) -> None:
    thief = await cast.member("Eve Tan", claimed=False)
    await opened(cast, thief, proven="eve@uni.example", address="ada@home.example", password=PASSWORD)
    assert await signs_in(cast, "ada@home.example") == "eve-tan"
    await cast.member("Ada Rao", email="ada@home.example")
    assert await signs_in(cast, "ada@home.example") == "ada-rao"


async def test_an_address_of_another_account_opens_none(cast: Cast) -> None:
    await cast.member("Ada Rao", email="ada@home.example")
    other = await cast.member("Ada Rao", claimed=False)
    with pytest.raises(Problem) as refused:
        await opened(cast, other, proven="ada@home.example")
    assert refused.value.kind.slug == "address-taken"


async def test_she_reads_the_language_in_which_she_claimed(cast: Cast) -> None:
    ada = await cast.member("Ada Rao", claimed=False)
    with i18n.speaking("ja"):
        await opened(cast, ada)
    browser = await cast.browser(ada, **{"accept-language": "en"})
    assert (await browser.get("/me/emails")).headers["content-language"] == "ja"


async def test_a_member_switches_the_language_on_any_page(cast: Cast) -> None:
    browser = await cast.browser(await cast.member("Ada Rao"))
    assert (await browser.get("/me/emails")).headers["content-language"] == "en"
    answer = await browser.post("/language", data={"language": "ja", "next": "/me/emails"})
    assert answer.headers["location"] == "/me/emails"
    assert (await browser.get("/me/emails")).headers["content-language"] == "ja"
    await browser.post("/language", data={"language": "xx", "next": "//evil.example"})
    assert (await browser.get("/me/emails")).headers["content-language"] == "ja"


@pytest.mark.parametrize(
    ("name", "handle"),
    [
        ("Ada Rao", "ada-rao"),
        ("Nguyễn Thị Ánh", "nguyen-thi-anh"),
        ("Ærø  O'Brien-Łukasz", "aero-o-brien-lukasz"),
        ("Sakura Science Club", None),
        ("Staff", None),
        ("田中 博", None),
        ("สมชาย", None),
        ("A" * 80, "a" * 35),
    ],
)
async def test_a_handle_is_made_from_the_latin_letters_of_a_name(cast: Cast, name: str, handle: str | None) -> None:
    made = await opened(cast, await cast.member(name, claimed=False))
    assert made is not None
    assert made == handle or (handle is None and made.startswith("member-") and len(made) == 15)


async def test_namesakes_are_numbered_also_when_they_come_at_once(cast: Cast) -> None:
    ada = [await cast.member("Ada Rao", claimed=False) for _ in range(4)]
    handles = await asyncio.gather(*(opened(cast, one) for one in ada))
    assert sorted(str(handle) for handle in handles) == [
        "ada-rao",
        "ada-rao-2",
        "ada-rao-3",
        "ada-rao-4",
    ]


@pytest.mark.parametrize(
    "wanted",
    [
        *("ada", "ADA", "ａｄａ", "a\u200bda", "\u212aim"),
        *("staff", "St-aff", "sakura-sc1ence-club", "j-s-t", "me", "member"),
        *("-x", "x-", "a b", "ä", "田中", "", "a" * 41),
    ],
)
async def test_no_handle_is_taken_or_looks_like_the_clubs(cast: Cast, wanted: str) -> None:
    """Case 36."""
    for name in ("Ada", "Kim"):
        await cast.member(name)
    other = await cast.member("Bob Sen", claimed=False)
    if wanted:
        with pytest.raises(Problem) as refused:
            await opened(cast, other, handle=wanted)
        assert [error.pointer for error in refused.value.errors] == ["/handle"]
    assert await opened(cast, other, handle="ＢＯＢ-7") == "bob-7"


async def test_the_account_moves_with_the_record_that_goes(cast: Cast) -> None:
    gone, kept = await cast.member("Ada Rao"), await cast.member("Ada Lovelace Rao", claimed=False)
    await cast.address(kept, "ada@uni.example", confirmed=False, source="roster")
    await cast.address(kept, "ADA-RAO@example.org", confirmed=False, source="roster")
    browser = await cast.browser(gone)
    async with cast.running.database.transaction() as session:
        await move_account(session, gone.id, kept.id)
        held = await session.get_one(Member, kept.id)
        held.handle = "ada-lovelace"
    assert await signs_in(cast, "ada-rao@example.org") == "ada-lovelace"
    assert (await browser.get(f"{API}/session")).json()["member"]["handle"] == "ada-lovelace"
    async with cast.running.database.transaction() as session:
        assert [row.address for row in await addresses_of(session, kept.id)] == [
            "ada-rao@example.org",
            "ada@uni.example",
        ]
        assert await addresses_of(session, gone.id) == []


async def test_of_two_accounts_the_kept_ones_stays_and_takes_all_addresses(cast: Cast) -> None:
    gone, kept = await cast.member("Ada Rao"), await cast.member("Ada Lovelace")
    left, stays = await cast.browser(gone), await cast.browser(kept)
    async with cast.running.database.transaction() as session:
        await move_account(session, gone.id, kept.id)
        assert await session.get(Account, gone.id) is None
    assert (await left.get(f"{API}/session")).status_code == 401
    assert (await stays.get(f"{API}/session")).status_code == 200
    assert await signs_in(cast, "ada-rao@example.org") == "ada-lovelace"
    assert await signs_in(cast, "ada-lovelace@example.org") == "ada-lovelace"

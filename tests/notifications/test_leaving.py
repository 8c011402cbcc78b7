"""Leaving by RFC 8058: one POST without cookie or redirect stops exactly what it says; looking changes nothing."""

import re
from email.message import EmailMessage

import httpx
import pytest

from ssc.core import clock, mail
from ssc.notifications import jobs
from ssc.people.models import Member
from tests.cast import Cast
from tests.notifications.conftest import MENTION, Club
from tests.notifications.test_mailing import SOON, mailed, words

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
async def anan(cast: Cast) -> Member:
    return await cast.member("Anan Suda")


@pytest.fixture
async def berit(cast: Cast) -> Member:
    return await cast.member("Berit Berg", country="KE")


@pytest.fixture
async def letter(club: Club, cast: Cast, anan: Member, berit: Member) -> EmailMessage:
    """About thread 1, which is read now."""
    await club.tell(anan, berit)
    [written] = await mailed(cast)
    await club.withdraw("1", anan)
    return written


def button(letter: EmailMessage) -> str:
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    https, mailto = re.findall(r"<([^>]+)>", letter["List-Unsubscribe"])
    assert mailto.startswith("mailto:club@localhost.localdomain?subject=unsubscribe%20n.")
    return str(https).removeprefix("http://localhost:8000")


async def still_mailed(club: Club, cast: Cast, anan: Member, berit: Member) -> list[str]:
    """Which of a letter about thread 1, one about thread 2, and a mention in thread 3 comes."""
    chi = await cast.member("Chi Lan")
    before = len(cast.letters())
    await club.tell(anan, berit)
    await club.tell(anan, berit, thread="2")
    await club.tell(anan, chi, MENTION, thread="3")
    with clock.shifted(2 * SOON):
        await jobs.mail_missed(cast.running)
        await mail.deliver(cast.running)
    return sorted(sent.subject[-1] for sent in cast.letters()[before:])


async def test_one_click_stops_letters_about_the_thing_and_no_others(
    club: Club, cast: Cast, anan: Member, berit: Member, letter: EmailMessage
) -> None:
    """Case 54."""
    async with cast.visitor() as program:
        answer = await program.post(button(letter), data=ONE_CLICK)
        assert (answer.status_code, answer.history, answer.cookies) == (200, [], httpx.Cookies())
        assert (await program.post(button(letter), data=ONE_CLICK)).status_code == 200
    assert await still_mailed(club, cast, anan, berit) == ["2", "3"]


@pytest.mark.parametrize(("scope", "left"), [("subject", "23"), ("kind", "3"), ("all", "")])
async def test_each_link_stops_its_scope(
    club: Club, cast: Cast, anan: Member, berit: Member, letter: EmailMessage, scope: str, left: str
) -> None:
    links = re.findall(r"http://localhost:8000(/unsubscribe/\S+)", words(letter))
    assert len(links) == 3
    async with cast.visitor() as reader:
        link = links[("subject", "kind", "all").index(scope)]
        page = await reader.get(link)
        assert f'value="{scope}" checked' in page.text
        assert (await reader.post(link)).status_code == 200
    assert "".join(await still_mailed(club, cast, anan, berit)) == left


async def test_on_the_page_another_scope_can_be_chosen_and_taken_back(
    club: Club, cast: Cast, anan: Member, berit: Member, letter: EmailMessage
) -> None:
    async with cast.visitor() as reader:
        page = await reader.post(button(letter), data={"scope": "all"})
        assert "No mail at all, but about the safety of your account." in page.text
        [undo] = re.findall(r'action="(/unsubscribe/[^"]+/undo)"', page.text)
        async with await cast.browser(anan) as browser:
            assert (await browser.get("/api/v1/me/preferences")).json()["mail_opt_out"] is True
            assert (await reader.post(undo)).status_code == 200
            assert (await browser.get("/api/v1/me/preferences")).json()["mail_opt_out"] is False
    assert await still_mailed(club, cast, anan, berit) == ["1", "2", "3"]


async def test_looking_changes_nothing(
    club: Club, cast: Cast, anan: Member, berit: Member, letter: EmailMessage
) -> None:
    """Case 29."""
    async with cast.visitor() as scanner:
        for _again in range(2):
            await scanner.head(button(letter))
            answer = await scanner.get(button(letter))
            assert (answer.status_code, answer.headers["referrer-policy"]) == (200, "no-referrer")
        assert (await scanner.get(button(letter) + "/undo")).status_code == 405
    assert await still_mailed(club, cast, anan, berit) == ["1", "2", "3"]


@pytest.mark.parametrize(
    "site", [{"origin": "https://mail.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}]
)
async def test_it_works_from_any_program_and_with_any_words(
    club: Club, cast: Cast, anan: Member, berit: Member, letter: EmailMessage, site: dict[str, str]
) -> None:
    async with cast.visitor(**site) as program:
        assert (await program.post(button(letter), files={"List-Unsubscribe": (None, "One-Click")})).status_code == 200
    assert await still_mailed(club, cast, anan, berit) == ["2", "3"]


async def test_nobody_leaves_for_another(
    club: Club, cast: Cast, anan: Member, berit: Member, letter: EmailMessage
) -> None:
    """A changed token is nobody's, with or without being signed in."""
    path = button(letter)
    for wrong in (
        path[:-2] + ("AA" if path[-2:] != "AA" else "BB"),
        path + "A",
        "/unsubscribe/n.",
        "/unsubscribe/n.%ff",
        path.replace("n.", ""),
    ):
        for client in (cast.visitor(), await cast.browser(berit)):
            async with client:
                assert (await client.post(wrong, data=ONE_CLICK)).status_code == 404, wrong
    assert await still_mailed(club, cast, anan, berit) == ["1", "2", "3"]


async def test_what_was_stopped_is_listed_and_can_be_allowed_again(
    club: Club, cast: Cast, anan: Member, berit: Member, letter: EmailMessage
) -> None:
    async with cast.visitor() as program:
        await program.post(button(letter), data=ONE_CLICK)
    async with await cast.browser(anan) as browser:
        page = (await browser.get("/me/preferences")).text
        assert "What you get no more mail about" in page
        [subject] = re.findall(r'name="subject" value="([^"]+)"', page)
        assert subject == "thread:1"
        await browser.post("/me/mail-stops/allow", data={"subject": subject})
        assert "What you get no more mail about" not in (await browser.get("/me/preferences")).text
    assert await still_mailed(club, cast, anan, berit) == ["1", "2", "3"]


async def test_the_bell_still_rings(club: Club, cast: Cast, anan: Member, berit: Member, letter: EmailMessage) -> None:
    async with cast.visitor() as program:
        await program.post(button(letter), data={"scope": "all"})
    assert await club.tell(anan, berit) == [anan.id]

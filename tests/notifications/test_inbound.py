"""What comes back: bounces by webhook, delivery reports, and letters that ask to stop."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import select

from ssc.core import clock, ids, mail
from ssc.core.config import Settings
from ssc.core.mail import OutgoingLetter
from ssc.guide.models import GuideWatch
from ssc.guide.rules import stop_token
from ssc.people.models import Member
from tests.cast import Cast
from tests.notifications.conftest import Club
from tests.notifications.test_mailing import mailed
from tests.roster.test_claiming import invite

SECRET = "a-secret-for-the-mail-server"
BASIC = {"authorization": "Basic YW55Ym9keTphLXNlY3JldC1mb3ItdGhlLW1haWwtc2VydmVy"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"bounce_secret": SecretStr(SECRET)})


@pytest.fixture
async def postman(cast: Cast) -> AsyncIterator[httpx.AsyncClient]:
    async with cast.visitor(authorization=f"Bearer {SECRET}") as opened:
        yield opened


@pytest.fixture
async def anan(cast: Cast) -> Member:
    return await cast.member("Anan Suda")


@pytest.fixture
async def berit(cast: Cast) -> Member:
    return await cast.member("Berit Berg", country="KE")


async def is_stopped(cast: Cast, address: str) -> bool:
    async with cast.running.database.transaction() as session:
        return await mail.stopped(session, address)


async def hand_in(postman: httpx.AsyncClient, content: str) -> None:
    answer = await postman.post(
        "/api/v1/inbound-mail", content=content.encode(), headers={"content-type": "message/rfc822"}
    )
    assert answer.status_code == 204, answer.text


async def test_only_the_mail_server_reports(cast: Cast, app: FastAPI) -> None:
    body = {"address": "mai@example.org", "kind": "hard"}
    for headers in (
        {},
        {"authorization": "Bearer nonsense"},
        {"authorization": "Basic !"},
        {"authorization": "Bearer "},
    ):
        async with cast.visitor(**headers) as stranger:
            assert (await stranger.post("/api/v1/bounces", json=body)).status_code == 401
            assert (await stranger.post("/api/v1/inbound-mail", content=b"x")).status_code == 401
    async with await cast.browser(await cast.staff()) as staff:
        assert (await staff.post("/api/v1/bounces", json=body)).status_code == 401
    async with cast.visitor(**BASIC) as basic:
        assert (await basic.post("/api/v1/bounces", json=body)).status_code == 204


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"address": "mai@example.org"},
        {"address": "mai", "kind": "hard"},
        {"address": "mai@example.org", "kind": "medium"},
        {"address": "a@example.org, b@example.org", "kind": "hard"},
        {"address": "a@example.org", "kind": "hard", "more": 1},
    ],
)
async def test_what_is_no_bounce_is_refused(postman: httpx.AsyncClient, body: dict[str, object]) -> None:
    assert (await postman.post("/api/v1/bounces", json=body)).status_code == 422


@pytest.mark.parametrize(("kind", "needed"), [("soft", 4), ("hard", 2), ("complaint", 2)])
async def test_bounces_stop_only_the_address_and_are_forgotten(
    cast: Cast, postman: httpx.AsyncClient, kind: str, needed: int
) -> None:
    for n in range(needed):
        assert not await is_stopped(cast, "mai@example.org"), n
        await postman.post("/api/v1/bounces", json={"address": "Mai@example.org", "kind": kind})
    assert await is_stopped(cast, "mai@example.org")
    assert not await is_stopped(cast, "other@example.org")
    with clock.shifted(timedelta(days=31)):
        assert not await is_stopped(cast, "mai@example.org")


REPORT = """From: MAILER-DAEMON@mx.example
To: club@localhost.localdomain
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="b"
MIME-Version: 1.0

--b
Content-Type: text/plain

I'm sorry to have to inform you.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user

--b
Content-Type: {returned}

Message-ID: <{letter}@localhost>
Subject: Thread 1

--b--
"""


async def letter_to(cast: Cast) -> OutgoingLetter:
    async with cast.running.database.transaction() as session:
        return (await session.scalars(select(OutgoingLetter).order_by(OutgoingLetter.id.desc()).limit(1))).one()


def report(letter: UUID, **parts: str) -> str:
    usual = {"recipient": "x@forwarded.example", "action": "failed", "status": "5.1.1", "returned": "message/rfc822"}
    return REPORT.format(letter=letter, **{**usual, **parts})


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
async def test_a_delivery_report_counts_once_against_the_letters_address(
    club: Club, cast: Cast, postman: httpx.AsyncClient, anan: Member, berit: Member, returned: str
) -> None:
    """The report may name another address, to which it was forwarded."""
    for thread in ("1", "2"):
        await club.tell(anan, berit, thread=thread)
        await mailed(cast)
        letter = await letter_to(cast)
        for _again in range(2):
            await hand_in(postman, report(letter.id, returned=returned))
        assert (await letter_to(cast)).state == "bounced"
        assert await is_stopped(cast, "anan-suda@example.org") == (thread == "2")
    assert not await is_stopped(cast, "x@forwarded.example")


async def test_a_delay_a_forged_report_and_nonsense_change_nothing(
    club: Club, cast: Cast, postman: httpx.AsyncClient, anan: Member, berit: Member
) -> None:
    """Whoever mails a report to the club must know the letter's id, which only its reader does."""
    await club.tell(anan, berit)
    await mailed(cast)
    letter = await letter_to(cast)
    for content in (
        report(letter.id, action="delayed", status="4.4.1"),
        report(ids.new(), recipient="anan-suda@example.org"),
        report(letter.id).replace("multipart/report", "multipart/mixed"),
        "Subject: unsubscribe\n\nplease",
        "Subject: unsubscribe n.AAAAAAAAAAAAAAAAAAAAAAAA\n\n",
        "",
        "\x00\ufffd" * 100,
        report(letter.id, returned="text/rfc822-headers; charset=nonsense"),
        report(letter.id).replace("Message-ID: <", "Message-ID: <>\nX: <"),
    ):
        await hand_in(postman, content)
    assert (await letter_to(cast)).state == "sent"
    async with cast.running.database.transaction() as session:
        assert await session.scalar(select(mail.Bounce.score)) is None
    assert (await postman.post("/api/v1/inbound-mail", content=b"x" * (1 << 20) + b"y")).status_code == 413


async def test_the_way_out_works_by_mail_too(
    club: Club, cast: Cast, postman: httpx.AsyncClient, anan: Member, berit: Member
) -> None:
    await club.tell(anan, berit)
    [letter] = await mailed(cast)
    [subject] = re.findall(r"subject=unsubscribe%20([^>]+)>", letter["List-Unsubscribe"])
    await hand_in(postman, f"From: a@example.org\nSubject: Unsubscribe\n {subject}\n\n")
    await club.withdraw("1", anan)
    await club.tell(anan, berit)
    assert len(await mailed(cast, timedelta(hours=9))) == 1


async def test_an_invitation_is_refused_by_mail_too(cast: Cast, postman: httpx.AsyncClient) -> None:
    invited = await cast.member("Una Claimed", claimed=False)
    await cast.address(invited, "una@old.example", confirmed=False, source="roster")
    await cast.exchange("SSP-1", [invited])
    await invite(cast, "una@old.example")
    async with cast.running.database.transaction() as session:
        headers = await session.scalar(select(OutgoingLetter.headers))
    assert headers is not None
    [token] = re.findall(r"subject=unsubscribe%20([^>]+)>", headers["List-Unsubscribe"])
    await hand_in(postman, f"Subject: unsubscribe {token}\n\n")
    async with await cast.browser(await cast.staff()) as staff:
        answer = await staff.post("/api/v1/invitations", json={"email": "una@old.example"})
        assert (answer.status_code, answer.json()) == (201, {"items": []})


async def test_who_waits_for_a_call_says_by_mail_too_that_she_does_not(cast: Cast, postman: httpx.AsyncClient) -> None:
    """Each package's tokens are tried, whichever is asked first."""
    async with cast.running.database.transaction() as session:
        watch = GuideWatch(id=ids.new(), slug="lotus", key="a@example.org", address="a@example.org", language="en")
        session.add(watch)
    async with cast.running.database.transaction() as session:
        token = stop_token(watch.id, session.settings.key)
    await hand_in(postman, f"Subject: unsubscribe {token}\n\n")
    async with cast.running.database.transaction() as session:
        assert await session.get(GuideWatch, watch.id) is None

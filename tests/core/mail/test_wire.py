"""What is said on a connection: in one breath where the server takes that, one by one where not, to the same end."""

import asyncio
import dataclasses
from collections import Counter

import pytest

from ssc.core import mail
from ssc.core.mail import OutgoingLetter, delivery
from ssc.core.mail.wire import _dotted
from ssc.core.process import Process
from tests.core.mail.conftest import LETTER, queued, row_of, to
from tests.core.mail.smtp import MailServer

BREATH = ("PIPELINING", "8BITMIME", "SMTPUTF8")


@pytest.fixture(params=[BREATH, ()], ids=["in one breath", "one by one"])
def post(request: pytest.FixtureRequest, mailbox: MailServer) -> MailServer:
    mailbox.offers = request.param
    return mailbox


async def outcomes(process: Process, names: list[str]) -> Counter[tuple[str, str]]:
    letters = [await queued(process, letter) for letter in to(*names)]
    await mail.deliver(process)
    rows: list[OutgoingLetter] = [await row_of(process, letter) for letter in letters]
    return Counter((row.state, row.outcome) for row in rows)


async def test_every_letter_comes_whole_and_once(by_smtp: Process, post: MailServer) -> None:
    names = [f"r{n}" for n in range(50)]
    assert await outcomes(by_smtp, names) == {("sent", ""): 50}
    assert Counter(written["To"] for _to, written in post.received) == {f"{name}@example.org": 1 for name in names}
    for _recipients, written in post.received:
        body = written.get_body(("plain",))
        assert body is not None
        assert body.get_content().replace("\r\n", "\n") == LETTER.text
    assert post.connections == delivery.CONNECTIONS


@pytest.mark.parametrize("wants_content", [True, False])
async def test_who_is_refused_bounces_and_the_next_goes_by_the_same_line(
    by_smtp: Process, post: MailServer, *, wants_content: bool
) -> None:
    """RFC 2920: a server may ask for the content of a letter to nobody; it gets a single dot, and delivers nothing."""
    post.wants_content = wants_content
    post.refusals = [b"550 5.1.1 no such reader", b"450 4.2.1 later"]
    found = await outcomes(by_smtp, [f"r{n}" for n in range(9)])
    assert found == {("sent", ""): 7, ("bounced", "550 5.1.1 no such reader"): 1, ("queued", "450 4.2.1 later"): 1}
    assert (len(post.received), post.connections) == (7, delivery.CONNECTIONS)


async def test_a_content_that_is_refused_bounces_and_harms_no_other(by_smtp: Process, post: MailServer) -> None:
    post.answers = [b"554 5.7.1 spam", b"451 4.3.0 later"]
    found = await outcomes(by_smtp, [f"r{n}" for n in range(9)])
    assert found == {("sent", ""): 7, ("bounced", "554 5.7.1 spam"): 1, ("queued", "451 4.3.0 later"): 1}


async def test_an_answer_with_garbage_in_it_is_an_answer(by_smtp: Process, post: MailServer) -> None:
    """Case 23: nothing in it keeps its outcome from being noted."""
    post.refusals = [b"550-5.1.1 \x00\xff\r\n550 gone\x0b"]
    found = await outcomes(by_smtp, ["r0"])
    assert found == {("bounced", "550 5.1.1 ?\ufffd\ngone"): 1}


async def test_nothing_in_a_mail_ends_it_or_adds_another() -> None:
    """What some servers take for an end of lines, and so for a mail's end (SMTP smuggling)."""
    for smuggled in (
        b"a\n.\nMAIL FROM:<b>",
        b"a\r.\rMAIL FROM:<b>",
        b"a\r\n.\r\nMAIL FROM:<b>",
        b"a\n.\r\nMAIL FROM:<b>",
    ):
        assert _dotted(smuggled) == b"a\r\n..\r\nMAIL FROM:<b>\r\n.\r\n"
    assert _dotted(b".a\r\n") == b"..a\r\n.\r\n"


async def test_an_address_that_learns_to_bounce_gets_nothing_more_in_the_same_batch(
    by_smtp: Process, post: MailServer
) -> None:
    """Two hard bounces stop an address: of many letters that were taken together the rest are not offered."""
    for _letter in range(20):
        await queued(by_smtp, dataclasses.replace(LETTER, to="gone@example.org"))
    post.refusals = [b"550 5.1.1 no such reader"] * 20
    await mail.deliver(by_smtp)
    tried = 20 - len(post.refusals)
    assert 2 <= tried <= 2 + delivery.CONNECTIONS
    other = await queued(by_smtp)
    post.refusals = []
    await mail.deliver(by_smtp)
    assert (await row_of(by_smtp, other)).state == "sent"


async def test_bounces_that_come_at_once_are_all_counted(running: Process) -> None:
    async def bounce() -> None:
        async with running.database.transaction() as session:
            await mail.record_bounce(session, "gone@example.org", hard=False)

    await asyncio.gather(*(bounce() for _one in range(mail.BOUNCES_TO_STOP)))
    async with running.database.transaction() as session:
        assert await mail.stopped(session, "gone@example.org")

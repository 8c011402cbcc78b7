"""Mail: stored with the change, sent once by a job, to files or to a real mail server. Cases 23, 54."""

import dataclasses
from collections.abc import AsyncIterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

import pytest
from pydantic import SecretStr
from sqlalchemy import select, text

from ssc.core import clock, mail
from ssc.core.mail import Letter, OutgoingLetter
from ssc.core.process import Process
from tests.core.smtp import MailServer, mail_server

LETTER = Letter(
    to="mai@example.org",
    kind="test.greeting",
    subject="Guten Tag, 田中さん",
    text="Plain: https://club.example/t/" + "A" * 90 + "\n",
    html="<p>Marked up</p>",
    language="ja",
    headers={"List-Unsubscribe": "<https://club.example/unsubscribe/x>"},
)


@pytest.fixture
async def mailbox() -> AsyncIterator[MailServer]:
    async with mail_server() as running:
        yield running


@pytest.fixture
def by_smtp(running: Process, mailbox: MailServer) -> Process:
    url = SecretStr(f"smtp://127.0.0.1:{mailbox.port}")
    return dataclasses.replace(running, settings=running.settings.model_copy(update={"mail_url": url}))


def mails_in(folder: Path) -> list[EmailMessage]:
    """The letters in the mail folder, in which nothing else is."""
    assert {path.suffix for path in folder.iterdir()} == {".eml"}
    read = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(folder.iterdir())]
    return [one for one in read if isinstance(one, EmailMessage)]


async def queued(process: Process, letter: Letter = LETTER) -> UUID:
    async with process.database.transaction() as session:
        return await mail.send(session, letter)


async def row_of(process: Process, letter: UUID) -> OutgoingLetter:
    async with process.database.transaction() as session:
        return await session.get_one(OutgoingLetter, letter)


async def test_without_a_server_letters_become_files(running: Process) -> None:
    await mail.deliver(running, str(await queued(running)))
    [written] = mails_in(running.settings.data_dir / "mail")
    assert (written["To"], written["Subject"]) == ("mai@example.org", "Guten Tag, 田中さん")
    assert (written["Content-Language"], written["Auto-Submitted"]) == ("ja", "auto-generated")
    assert written["List-Unsubscribe"] == "<https://club.example/unsubscribe/x>"
    kinds = [part.get_content_type() for part in written.iter_parts()]
    assert kinds == ["text/plain", "text/html"]
    body = written.get_body(("plain",))
    assert body is not None
    assert body.get_content() == LETTER.text


async def test_a_letter_and_its_job_come_to_be_with_the_change(running: Process) -> None:
    with pytest.raises(RuntimeError):
        async with running.database.transaction() as session:
            await mail.send(session, LETTER)
            raise RuntimeError("the change fails")
    async with running.database.transaction() as session:
        assert list(await session.scalars(select(OutgoingLetter))) == []
        assert (await session.execute(text("SELECT count(*) FROM procrastinate_jobs"))).scalar() == 0


async def test_a_letter_goes_to_one_recipient_once_and_its_words_are_forgotten(
    by_smtp: Process, mailbox: MailServer
) -> None:
    letter = await queued(by_smtp)
    for _again in range(2):
        await mail.deliver(by_smtp, str(letter))
    [(recipients, written)] = mailbox.received
    assert [recipient.split(" ")[0] for recipient in recipients] == ["RCPT"]
    assert "<mai@example.org>" in recipients[0]
    assert written["Subject"] == "Guten Tag, 田中さん"
    row = await row_of(by_smtp, letter)
    assert (row.state, row.text, row.html) == ("sent", "", "")


async def test_a_letter_refused_for_now_stays_queued_and_is_sent_later(by_smtp: Process, mailbox: MailServer) -> None:
    mailbox.refusals = [b"450 4.2.0 greylisted"]
    letter = await queued(by_smtp)
    with pytest.raises(Exception, match="greylisted"):
        await mail.deliver(by_smtp, str(letter))
    assert (await row_of(by_smtp, letter)).state == "queued"
    await mail.deliver(by_smtp, str(letter))
    assert (await row_of(by_smtp, letter)).state == "sent"
    assert len(mailbox.received) == 1


async def test_an_address_refused_for_good_is_a_bounce_and_not_tried_again(
    by_smtp: Process, mailbox: MailServer
) -> None:
    mailbox.refusals = [b"550 5.1.1 no such user"] * 2
    first, second, third = [await queued(by_smtp) for _ in range(3)]
    for letter in (first, second, third):
        await mail.deliver(by_smtp, str(letter))
    states = [(await row_of(by_smtp, letter)).state for letter in (first, second, third)]
    assert states == ["bounced", "bounced", "stopped"]
    other = await queued(by_smtp, dataclasses.replace(LETTER, to="other@example.org"))
    await mail.deliver(by_smtp, str(other))
    assert (await row_of(by_smtp, other)).state == "sent"


async def test_bounces_are_forgotten_after_a_month(running: Process) -> None:
    async with running.database.transaction() as session:
        for _bounce in range(2):
            await mail.record_bounce(session, "Mai@Example.org", hard=True)
        assert await mail.stopped(session, "mai@example.org")
        assert not await mail.stopped(session, "other@example.org")
        with clock.shifted(timedelta(days=31)):
            assert not await mail.stopped(session, "mai@example.org")
            await mail.record_bounce(session, "mai@example.org", hard=False)
            assert not await mail.stopped(session, "mai@example.org")


async def test_no_server_at_all_keeps_the_letter(running: Process) -> None:
    nowhere = running.settings.model_copy(update={"mail_url": SecretStr("smtp://127.0.0.1:9")})
    letter = await queued(running)
    with pytest.raises(Exception, match=r"127\.0\.0\.1"):
        await mail.deliver(dataclasses.replace(running, settings=nowhere), str(letter))
    assert (await row_of(running, letter)).state == "queued"


@pytest.mark.parametrize(
    "subject", ["Hello\r\nBcc: everyone@example.org", "Hello\nBcc: everyone@example.org", "Hello\u2028Bcc: x"]
)
async def test_no_line_break_in_a_subject_adds_a_header(subject: str, by_smtp: Process, mailbox: MailServer) -> None:
    """Case 54."""
    await mail.deliver(by_smtp, str(await queued(by_smtp, dataclasses.replace(LETTER, subject=subject))))
    [(recipients, written)] = mailbox.received
    assert (written["Bcc"], len(recipients)) == (None, 1)
    assert written["Subject"].startswith("Hello Bcc: ")


@pytest.mark.parametrize("to", ["a@example.org, b@example.org", "a@example.org\r\nBcc: b@example.org", "<a@b> c@d"])
async def test_no_address_adds_a_recipient(to: str, by_smtp: Process, mailbox: MailServer) -> None:
    letter = await queued(by_smtp, dataclasses.replace(LETTER, to=to))
    with pytest.raises(Exception):  # noqa: B017  # whatever refuses it, nothing leaves
        await mail.deliver(by_smtp, str(letter))
    assert mailbox.received == []

"""Letters: stored with the change, written so that nothing in them adds a header or a recipient (case 54)."""

import dataclasses
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import select, text

from ssc.core import clock, ids, mail
from ssc.core.mail import OutgoingLetter
from ssc.core.process import Process
from tests.core.mail.conftest import LETTER, queued, row_of
from tests.core.mail.smtp import MailServer


def mails_in(folder: Path) -> list[EmailMessage]:
    """The letters in the mail folder, in which nothing else is."""
    assert {path.suffix for path in folder.iterdir()} == {".eml"}
    read = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(folder.iterdir())]
    return [one for one in read if isinstance(one, EmailMessage)]


async def test_without_a_server_letters_become_files(running: Process) -> None:
    await queued(running)
    await mail.deliver(running)
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


@pytest.mark.parametrize(
    "subject", ["Hello\r\nBcc: everyone@example.org", "Hello\nBcc: everyone@example.org", "Hello\u2028Bcc: x"]
)
async def test_no_line_break_in_a_subject_adds_a_header(subject: str, by_smtp: Process, mailbox: MailServer) -> None:
    """Case 54."""
    await queued(by_smtp, dataclasses.replace(LETTER, subject=subject))
    await mail.deliver(by_smtp)
    [(recipients, written)] = mailbox.received
    assert (written["Bcc"], len(recipients)) == (None, 1)
    assert written["Subject"].startswith("Hello Bcc: ")


@pytest.mark.parametrize(
    "to",
    [
        "a@example.org, b@example.org",
        "a@example.org\r\nBcc: b@example.org",
        "<a@b> c@d",
        "田中@example.org, b@example.org",
    ],
)
async def test_no_address_adds_a_recipient(to: str, by_smtp: Process, mailbox: MailServer) -> None:
    """Whatever refuses it, nothing of it leaves, and others do."""
    broken = await queued(by_smtp, dataclasses.replace(LETTER, to=to))
    sound = await queued(by_smtp)
    await mail.deliver(by_smtp)
    assert [written["To"] for _recipients, written in mailbox.received] == ["mai@example.org"]
    states = [(await row_of(by_smtp, letter)).state for letter in (broken, sound)]
    assert states == ["bounced", "sent"]


@pytest.mark.parametrize("value", ["x\r\nBcc: b@example.org", "x\nBcc: b@example.org"])
async def test_no_header_adds_another(value: str, by_smtp: Process, mailbox: MailServer) -> None:
    """Case 54."""
    await queued(by_smtp, dataclasses.replace(LETTER, headers={"List-Id": value}))
    await mail.deliver(by_smtp)
    [(_recipients, written)] = mailbox.received
    assert (written["Bcc"], written["List-Id"]) == (None, "x Bcc: b@example.org")


async def test_a_link_stays_whole_also_in_the_raw_mail(running: Process) -> None:
    await queued(running)
    await mail.deliver(running)
    [path] = (running.settings.data_dir / "mail").iterdir()
    assert "https://club.example/t/" + "A" * 90 in path.read_text()


async def test_addresses_that_programs_press_are_whole_in_the_raw_mail(by_smtp: Process, mailbox: MailServer) -> None:
    """Encoded into pieces, no program finds them."""
    press, write = "https://club.example/unsubscribe/n." + "x" * 250, "mailto:club@club.example?subject=" + "y" * 250
    headers = {"List-Unsubscribe": f"<{press}>, <{write}>", "References": f"<{'z' * 90}@club.example>"}
    await queued(by_smtp, dataclasses.replace(LETTER, headers=headers))
    await mail.deliver(by_smtp)
    raw = mailbox.raw[0].decode()
    assert f"\r\nList-Unsubscribe: <{press}>,\r\n <{write}>\r\n" in raw
    assert f"\r\nReferences: <{'z' * 90}@club.example>\r\n" in raw
    assert max(len(line) for line in raw.split("\r\n")) < 998


async def test_a_letter_withdrawn_before_it_left_does_not_leave(by_smtp: Process, mailbox: MailServer) -> None:
    reader, other = ids.new(), ids.new()
    for letter in (
        dataclasses.replace(LETTER, about="thread:1", member_id=reader),
        dataclasses.replace(LETTER, about="thread:2", member_id=reader),
        dataclasses.replace(LETTER, about="thread:1", member_id=other),
    ):
        await queued(by_smtp, letter)
    async with by_smtp.database.transaction() as session:
        await mail.withdraw(session, "thread:1", [reader])
    await mail.deliver(by_smtp)
    async with by_smtp.database.transaction() as session:
        rows = await session.execute(select(OutgoingLetter.about, OutgoingLetter.state).order_by(OutgoingLetter.id))
        assert list(rows) == [("thread:1", "withdrawn"), ("thread:2", "sent"), ("thread:1", "sent")]
    assert len(mailbox.received) == 2

"""Delivery: once, by a few connections, to a real mail server; and what becomes of letters it does not take."""

import asyncio
import dataclasses
import os
import re
import signal
import sys
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import OperationalError

from ssc.core import clock, ids, mail
from ssc.core.errors import Problem
from ssc.core.mail import OutgoingLetter, claiming, delivery, transport
from ssc.core.mail.ledger import Ledger
from ssc.core.mail.writing import Parcel
from ssc.core.process import Process
from tests.certificates import self_signed
from tests.core.live.hearing import until
from tests.core.mail.conftest import LETTER, by, queued, row_of, to
from tests.core.mail.smtp import MailServer, real_server

_HANG_UP = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


async def states(process: Process) -> list[str]:
    async with process.database.transaction() as session:
        return list(await session.scalars(select(OutgoingLetter.state).order_by(OutgoingLetter.id)))


async def test_a_letter_goes_to_one_recipient_once_and_its_words_are_forgotten(
    by_smtp: Process, mailbox: MailServer
) -> None:
    letter = await queued(by_smtp)
    for _again in range(2):
        await mail.deliver(by_smtp)
    [(recipients, written)] = mailbox.received
    assert [recipient.split(" ")[0] for recipient in recipients] == ["RCPT"]
    assert "<mai@example.org>" in recipients[0]
    assert (written["Subject"], written["Message-ID"]) == ("Guten Tag, 田中さん", f"<{letter}@localhost>")
    row = await row_of(by_smtp, letter)
    assert (row.state, row.text, row.html) == ("sent", "", "")


async def test_many_letters_share_a_few_connections(by_smtp: Process, mailbox: MailServer) -> None:
    names = [f"r{n}" for n in range(90)]
    for letter in to(*names):
        await queued(by_smtp, letter)
    await mail.deliver(by_smtp)
    assert Counter(written["To"] for _to, written in mailbox.received) == dict.fromkeys(
        (f"{name}@example.org" for name in names), 1
    )
    assert (mailbox.connections, mailbox.at_once) == (delivery.CONNECTIONS, delivery.CONNECTIONS)


async def test_letters_somebody_waits_for_go_first(by_smtp: Process, mailbox: MailServer) -> None:
    many, notice, awaited = to("many", "notice", "awaited")
    for letter, priority in ((many, 2), (notice, 1), (awaited, 0)):
        await queued(by_smtp, dataclasses.replace(letter, priority=priority))
    mailbox.refusals = [b"421 busy"] * 4  # one line fails, and what it held goes back
    await mail.deliver(by_smtp)
    async with by_smtp.database.transaction() as session:
        claimed = await session.scalars(
            select(OutgoingLetter.to_address).order_by(OutgoingLetter.priority, OutgoingLetter.id)
        )
        assert [address.split("@")[0] for address in claimed] == ["awaited", "notice", "many"]


async def test_who_waits_for_a_link_waits_behind_no_slow_servers_queue(
    by_smtp: Process, mailbox: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many were taken together; after a while what was not tried goes back, and the next is taken by its priority."""
    monkeypatch.setattr(delivery, "WHILE_S", 0.0)
    for letter in to(*(f"many{n}" for n in range(30))):
        await queued(by_smtp, dataclasses.replace(letter, priority=2))
    mailbox.hold, mailbox.to_hold = "RCPT", delivery.CONNECTIONS
    working = asyncio.create_task(mail.deliver(by_smtp))
    await mailbox.holding.wait()
    await queued(by_smtp, to("awaited")[0])
    mailbox.hold = ""
    mailbox.release.set()
    await working
    order = [str(written["To"]).partition("@")[0] for _to, written in mailbox.received]
    assert order.index("awaited") <= 2 * delivery.CONNECTIONS
    assert (len(order), len(set(order))) == (31, 31)


async def test_starttls_passwords_and_addresses_in_any_script(
    running: Process, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = self_signed(tmp_path)
    for direct in (False, True):
        async with real_server(certificate.context, direct=direct) as server:
            scheme = "smtps" if direct else "smtp"
            process = by(running, f"{scheme}://club:s%20e%3Acret%2F@localhost:{server.port}")
            foreign = await queued(process, dataclasses.replace(LETTER, to="田中@example.org"))
            await mail.deliver(process)
            assert (server.received, server.passwords, (await row_of(process, foreign)).state) == ([], [], "queued")
            with monkeypatch.context() as trusting:
                trusting.setenv("SSL_CERT_FILE", str(certificate.path))
                with clock.shifted(timedelta(minutes=1)):
                    await mail.deliver(process)
            assert (await row_of(process, foreign)).state == "sent", (await row_of(process, foreign)).outcome
            [(recipients, written)] = server.received
            assert (recipients, server.passwords) == (["田中@example.org"], [("s e:cret/", not direct)])
            body = written.get_body(("plain",))
            assert body is not None
            assert body.get_content().replace("\r\n", "\n") == LETTER.text


async def test_the_password_never_travels_in_clear(running: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    async with real_server() as server:
        process = by(running, f"smtp://club:secret@127.0.0.1:{server.port}")
        monkeypatch.setattr(transport, "_is_here", lambda host: False)
        letter = await queued(process)
        await mail.deliver(process)
        assert (server.passwords, (await row_of(process, letter)).state) == ([], "queued")
        assert "no TLS" in (await row_of(process, letter)).outcome


async def test_a_letter_refused_for_now_is_tried_again_within_thirty_seconds(
    by_smtp: Process, mailbox: MailServer
) -> None:
    """Case 23."""
    mailbox.refusals = [b"450 4.2.0 greylisted"]
    letter = await queued(by_smtp)
    await mail.deliver(by_smtp)
    row = await row_of(by_smtp, letter)
    assert (row.state, row.attempts, row.outcome) == ("queued", 1, "450 4.2.0 greylisted")
    assert row.due_at - clock.now() < timedelta(seconds=30)
    await mail.deliver(by_smtp)
    assert mailbox.received == []
    with clock.shifted(timedelta(seconds=30)):
        await mail.deliver(by_smtp)
    assert ((await row_of(by_smtp, letter)).state, len(mailbox.received)) == ("sent", 1)


async def test_after_the_last_try_it_is_given_up_visibly_and_can_be_sent_again(
    by_smtp: Process, mailbox: MailServer
) -> None:
    letter = await queued(by_smtp)
    mailbox.refusals = [b"451 later"] * (len(claiming.RETRIES) + 1)
    for day in range(len(claiming.RETRIES) + 1):
        with clock.shifted(timedelta(days=day)):
            await mail.deliver(by_smtp)
    row = await row_of(by_smtp, letter)
    assert (row.state, row.outcome, row.text) == ("failed", "451 later", LETTER.text)
    assert mailbox.refusals == []
    async with by_smtp.database.transaction() as session:
        await mail.resend(session, letter)
    await mail.deliver(by_smtp)
    assert [(await row_of(by_smtp, letter)).state, len(mailbox.received)] == ["sent", 1]
    with pytest.raises(Problem, match="conflict"):
        async with by_smtp.database.transaction() as session:
            await mail.resend(session, letter)


async def test_an_address_refused_for_good_is_a_bounce_and_not_tried_again(
    by_smtp: Process, mailbox: MailServer
) -> None:
    for _letter in range(2):
        mailbox.refusals = [b"550 5.1.1 no such user"]
        await queued(by_smtp)
        await mail.deliver(by_smtp)
    await queued(by_smtp)
    other = await queued(by_smtp, to("other")[0])
    await mail.deliver(by_smtp)
    assert await states(by_smtp) == ["bounced", "bounced", "stopped", "sent"]
    assert (await row_of(by_smtp, other)).state == "sent"


async def test_a_content_refused_for_good_is_no_fault_of_the_address(by_smtp: Process, mailbox: MailServer) -> None:
    mailbox.answers = [b"554 5.7.1 looks like spam"] * 3
    for _letter in range(4):
        await queued(by_smtp)
        await mail.deliver(by_smtp)
    assert await states(by_smtp) == ["bounced", "bounced", "bounced", "sent"]


@pytest.mark.parametrize("trouble", ["down", "silent", "nonsense"])
async def test_a_server_in_trouble_is_left_alone_and_every_letter_is_sent_once_afterwards(
    trouble: str, running: Process, mailbox: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Case 23: bounded in time, and a hundred letters do not knock a hundred times."""
    mailbox.trouble = trouble
    process = by(running, f"smtp://127.0.0.1:{9 if trouble == 'down' else mailbox.port}")
    for letter in to(*(f"r{n}" for n in range(100))):
        await queued(process, letter)
    with monkeypatch.context() as impatient:
        impatient.setattr(transport, "ANSWER_S", 0.3)
        async with asyncio.timeout(60):
            await mail.deliver(process)
    assert set(await states(process)) == {"queued"}
    assert mailbox.connections <= delivery.CONNECTIONS
    mailbox.trouble = ""
    with clock.shifted(timedelta(seconds=30)):
        await mail.deliver(by(running, f"smtp://127.0.0.1:{mailbox.port}"))
    assert set(await states(process)) == {"sent"}
    assert set(Counter(written["To"] for _to, written in mailbox.received).values()) == {1}
    assert len(mailbox.received) == 100


async def test_whoever_hangs_up_with_the_content_gets_it_again_under_the_same_id(
    by_smtp: Process, mailbox: MailServer
) -> None:
    """RFC 5321 wants it so: without an answer the letter is the sender's still. The reader's mailbox keeps one."""
    mailbox.trouble = "hangs up"
    await queued(by_smtp)
    await mail.deliver(by_smtp)
    with clock.shifted(timedelta(seconds=30)):
        await mail.deliver(by_smtp)
    assert await states(by_smtp) == ["sent"]
    assert len({written["Message-ID"] for _to, written in mailbox.received}) == 1


WORKER = """
import asyncio
from ssc.core import mail, process
from ssc.core.config import Settings
async def work():
    async with process.opened(Settings(_env_file=None)) as running:
        await mail.deliver(running)
asyncio.run(work())
"""


@pytest.mark.parametrize("offers", [("PIPELINING", "8BITMIME"), ()], ids=["in one breath", "one by one"])
@pytest.mark.parametrize("where", ["RCPT", "DATA"])
async def test_a_worker_killed_in_the_middle_goes_on_without_a_second_mail_to_anyone(
    where: str, offers: tuple[str, ...], by_smtp: Process, mailbox: MailServer
) -> None:
    """Case 24."""
    mailbox.offers = offers
    names = [f"r{n}" for n in range(20)]
    for letter in to(*names):
        await queued(by_smtp, letter)
    mailbox.hold, mailbox.let_through, mailbox.to_hold = where, 7, delivery.CONNECTIONS
    worker = await asyncio.create_subprocess_exec(sys.executable, "-c", WORKER, env=environment(by_smtp))
    await mailbox.holding.wait()
    if where == "RCPT":  # the answers to those before are noted while these are offered

        async def is_noted() -> bool:
            return "handing" not in await states(by_smtp)

        await until(is_noted)
    worker.send_signal(signal.SIGKILL)
    await worker.wait()
    mailbox.hold = ""
    mailbox.release.set()
    await mail.deliver(by_smtp)
    assert Counter(written["To"] for _to, written in mailbox.received) == dict.fromkeys(
        (f"{name}@example.org" for name in names), 1
    )
    with clock.shifted(timedelta(minutes=5)):
        await mail.deliver(by_smtp)
    unsure = delivery.CONNECTIONS if where == "DATA" else 0
    assert Counter(await states(by_smtp)) == Counter({"sent": 20 - unsure, "unsure": unsure})
    assert len(mailbox.received) == 20


@pytest.mark.parametrize("where", ["RCPT", "DATA"])
async def test_a_worker_that_is_told_to_stop_leaves_nothing_unsure(
    where: str, by_smtp: Process, mailbox: MailServer
) -> None:
    """An update of the club is no fault: the letters in hand are heard of, the others wait for the next worker."""
    for letter in to(*(f"r{n}" for n in range(20))):
        await queued(by_smtp, letter)
    mailbox.hold, mailbox.let_through, mailbox.to_hold = where, 7, delivery.CONNECTIONS
    worker = asyncio.create_task(mail.deliver(by_smtp))
    await mailbox.holding.wait()
    worker.cancel()
    mailbox.hold = ""
    mailbox.release.set()
    await asyncio.wait([worker])
    assert set(await states(by_smtp)) <= {"sent", "claimed", "queued"}
    await mail.deliver(by_smtp)
    assert await states(by_smtp) == ["sent"] * 20
    assert len(mailbox.received) == 20


async def test_a_database_that_hangs_up_while_letters_leave_loses_and_doubles_none(
    by_smtp: Process, mailbox: MailServer
) -> None:
    """What the mail server took is noted when the database is there again."""
    names = [f"r{n}" for n in range(20)]
    for letter in to(*names):
        await queued(by_smtp, letter)
    mailbox.hold, mailbox.let_through, mailbox.to_hold = "DATA", 7, delivery.CONNECTIONS
    worker = asyncio.create_task(mail.deliver(by_smtp))
    await mailbox.holding.wait()
    async with by_smtp.database.transaction() as session:
        await session.execute(text(_HANG_UP))
    mailbox.hold = ""
    mailbox.release.set()
    with suppress(OperationalError):  # the connection that it took next may have been one of those
        await worker
    for minute in (1, 2):
        with clock.shifted(timedelta(minutes=minute)), suppress(OperationalError):
            await mail.deliver(by_smtp)
    assert Counter(written["To"] for _to, written in mailbox.received) == {f"{name}@example.org": 1 for name in names}
    assert await states(by_smtp) == ["sent"] * 20


async def test_a_letter_whose_job_is_lost_is_found_within_a_minute(by_smtp: Process, mailbox: MailServer) -> None:
    await queued(by_smtp)
    async with by_smtp.database.transaction() as session:
        await session.execute(text("DELETE FROM procrastinate_jobs"))
    await delivery.sweep(by_smtp)
    async with by_smtp.database.transaction() as session:
        names = await session.execute(text("SELECT task_name FROM procrastinate_jobs"))
        assert list(names.scalars()) == ["mail.deliver"]


@pytest.mark.parametrize("offers", [("PIPELINING", "8BITMIME"), ()], ids=["in one breath", "one by one"])
async def test_a_letter_taken_from_a_delivery_is_not_sent_by_it(
    offers: tuple[str, ...], by_smtp: Process, mailbox: MailServer
) -> None:
    """A worker that was only slow, and was thought dead; also where the server waits for its content already."""
    mailbox.offers = offers
    letter = await queued(by_smtp)
    mailbox.hold = "RCPT"
    slow = asyncio.create_task(mail.deliver(by_smtp))
    await mailbox.holding.wait()
    async with by_smtp.database.transaction() as session:
        await session.execute(update(OutgoingLetter).values(state="queued", claim=None))
    mailbox.hold = ""
    await mail.deliver(by_smtp)
    mailbox.release.set()
    await slow
    assert ((await row_of(by_smtp, letter)).state, len(mailbox.received)) == ("sent", 1)


async def test_the_log_is_forgotten_after_ninety_days_and_unsent_words_after_fourteen(
    by_smtp: Process, mailbox: MailServer
) -> None:
    sent, failed = await queued(by_smtp), await queued(by_smtp)
    async with by_smtp.database.transaction() as session:
        now = clock.now()
        for letter, state in ((sent, "sent"), (failed, "failed")):
            await session.execute(
                update(OutgoingLetter).where(OutgoingLetter.id == letter).values(state=state, sent_at=now)
            )
    with clock.shifted(timedelta(days=15)):
        await delivery.forget(by_smtp)
    assert ((await row_of(by_smtp, failed)).text, await states(by_smtp)) == ("", ["sent", "failed"])
    with clock.shifted(timedelta(days=91)):
        await delivery.forget(by_smtp)
    assert await states(by_smtp) == []


def environment(process: Process) -> dict[str, str]:
    settings = process.settings
    assert settings.database_url and settings.mail_url and settings.secret_key
    return os.environ | {
        "SSC_ENV": "test",
        "SSC_DATA_DIR": str(settings.data_dir),
        "SSC_DATABASE_URL": settings.database_url.get_secret_value(),
        "SSC_MAIL_URL": settings.mail_url.get_secret_value(),
        "SSC_SECRET_KEY": settings.secret_key.get_secret_value(),
    }


async def test_what_another_delivery_has_taken_is_not_put_back_by_the_one_before(by_smtp: Process) -> None:
    """A worker that was thought dead and comes back: the letter would be sent twice."""
    letter = await queued(by_smtp)
    [lost] = await claiming.Claims(by_smtp, ids.new()).next()
    then = claiming.Claims(by_smtp, ids.new())
    await then.take_back()
    [taken] = await then.next()
    await claiming.postpone(by_smtp, lost, "450 later")
    assert (await row_of(by_smtp, letter)).state == "claimed"
    await claiming.postpone(by_smtp, taken, "450 later")
    assert (await row_of(by_smtp, letter)).state == "queued"


async def test_what_is_taken_and_not_yet_offered_is_withdrawn_too(by_smtp: Process, mailbox: MailServer) -> None:
    """Hundreds are taken together: read meanwhile, or of a mailing that was stopped, they do not leave."""
    kept, gone = ids.new(), ids.new()
    for member in (kept, gone):
        await queued(
            by_smtp, dataclasses.replace(LETTER, member_id=member, about="thread:1", pictures={"ticket": "AAAA"})
        )
    claims = claiming.Claims(by_smtp, mine := ids.new())
    parcels = await claims.next()
    async with by_smtp.database.transaction() as session:
        await mail.withdraw(session, "thread:1", [gone])
    round_ = delivery.Round(by_smtp, Ledger(by_smtp, mine))
    async with transport.lines(by_smtp.settings, 1) as lines:
        assert await round_.send_all(lines, parcels)
    async with by_smtp.database.transaction() as session:
        rows = await session.scalars(select(OutgoingLetter))
        assert {row.member_id: (row.state, row.pictures) for row in rows} == {
            kept: ("sent", {}),
            gone: ("withdrawn", {}),
        }
    assert len(mailbox.received) == 1


async def test_when_the_database_goes_no_line_goes_on_without_its_delivery(
    by_smtp: Process, mailbox: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line cannot write down what became of a letter: the others stop before the delivery ends."""
    for letter in to(*(f"many{n}" for n in range(8))):
        await queued(by_smtp, letter)
    claims = claiming.Claims(by_smtp, mine := ids.new())
    parcels = await claims.next()
    mailbox.refusals = [b"450 later"]
    mailbox.hold, mailbox.to_hold = "DATA", 3

    async def away(process: Process, parcel: Parcel, why: str) -> bool:
        await mailbox.holding.wait()
        raise OSError("the database is away")

    monkeypatch.setattr(claiming, "postpone", away)
    round_ = delivery.Round(by_smtp, Ledger(by_smtp, mine))
    before = asyncio.all_tasks()
    async with transport.lines(by_smtp.settings, 4) as lines:
        with pytest.raises(OSError, match="away"):
            await round_.send_all(lines, parcels)
        assert {
            one for one in asyncio.all_tasks() - before if re.search("_use|hand_over", str(one.get_coro()))
        } == set()

"""Mail on its way out: letters stored with the change that asked for them, then sent by a job."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit
from uuid import UUID

import aiosmtplib
from sqlalchemy import Index, String, Text, func, select
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, mapped_column

from ssc.core import clock, ids, jobs
from ssc.core.config import Settings
from ssc.core.db import Base, Dated, Identified, Session
from ssc.core.process import Process

BOUNCES_TO_STOP = 4
BOUNCES_FORGOTTEN_AFTER = timedelta(days=30)

book = jobs.Book()


@dataclass(frozen=True)
class Letter:
    """One mail to one person, in words. `kind` is dotted (`accounts.sign-in-link`), for the mail log."""

    to: str
    kind: str
    subject: str
    text: str
    html: str
    language: str
    member_id: UUID | None = None
    headers: dict[str, str] = field(default_factory=dict)


class OutgoingLetter(Identified, Dated, Base):
    """A letter that somebody is to get. The words are blanked once it is sent: they may hold a link."""

    __tablename__ = "outgoing_letter"
    __table_args__ = (Index("ix_outgoing_letter_member_id", "member_id"),)

    to_address: Mapped[str] = mapped_column(String(320))
    member_id: Mapped[UUID | None]
    kind: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(12))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    headers: Mapped[dict[str, str]] = mapped_column(JSONB)
    state: Mapped[str] = mapped_column(String(12), default="queued")
    outcome: Mapped[str] = mapped_column(String(300), default="")
    sent_at: Mapped[datetime | None]


class Bounce(Base):
    """What an address has cost so far: a soft bounce counts 1, a hard one 2; forgotten after 30 days."""

    __tablename__ = "mail_bounce"

    address: Mapped[str] = mapped_column(String(320), primary_key=True)
    score: Mapped[int]
    last_at: Mapped[datetime]


class Undeliverable(Exception):
    """The server refuses this letter for good."""


async def send(session: Session, letter: Letter, *, at: datetime | None = None) -> UUID:
    """Queues the letter with the caller's change: both come to be, or neither. Answers its id."""
    row = OutgoingLetter(
        id=ids.new(),
        to_address=letter.to,
        member_id=letter.member_id,
        kind=letter.kind,
        language=letter.language,
        subject=" ".join(letter.subject.split())[:300],
        text=letter.text,
        html=letter.html,
        headers=letter.headers,
    )
    session.add(row)
    await session.flush()
    await jobs.defer(session, "mail.deliver", at=at, letter=str(row.id))
    return row.id


async def record_bounce(session: Session, address: str, *, hard: bool) -> None:
    """Counts a bounce against the address, and against no other."""
    now, points = clock.now(), 2 if hard else 1
    fresh = Bounce.last_at > now - BOUNCES_FORGOTTEN_AFTER
    statement = insert(Bounce).values(address=address.lower(), score=points, last_at=now)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[Bounce.address],
            set_={
                "score": func.coalesce(
                    select(Bounce.score).where(Bounce.address == address.lower(), fresh).scalar_subquery(), 0
                )
                + points,
                "last_at": now,
            },
        )
    )


async def stopped(session: Session, address: str) -> bool:
    """Whether nothing more is sent to this address for now."""
    found = await session.scalar(
        select(Bounce.score).where(
            Bounce.address == address.lower(), Bounce.last_at > clock.now() - BOUNCES_FORGOTTEN_AFTER
        )
    )
    return (found or 0) >= BOUNCES_TO_STOP


@book.job("mail.deliver", attempts=8, wait=10)
async def deliver(process: Process, letter: str) -> None:
    """Sends one letter; what the server refuses for good is marked and not tried again."""
    async with process.database.transaction() as session:
        row = await session.scalar(
            select(OutgoingLetter)
            .where(OutgoingLetter.id == UUID(letter), OutgoingLetter.state == "queued")
            .with_for_update(skip_locked=True)
        )
        if row is None:
            return
        if await stopped(session, row.to_address):
            _close(row, "stopped", "the address bounces")
            return
        try:
            await _transport(process.settings, message(row, process.settings))
        except Undeliverable as refused:
            await record_bounce(session, row.to_address, hard=True)
            _close(row, "bounced", str(refused)[:300])
            return
        _close(row, "sent", "")


def message(row: OutgoingLetter, settings: Settings) -> EmailMessage:
    """The mail itself: one recipient, plain text and HTML; header values cannot break out of their line."""
    mail = EmailMessage()
    name, address = parseaddr(settings.mail_from)
    mail["From"] = Address(name, addr_spec=address)
    mail["To"] = Address(addr_spec=row.to_address)
    mail["Subject"] = row.subject
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = f"<{row.id}@{urlsplit(settings.base_url).hostname}>"
    mail["Auto-Submitted"] = "auto-generated"
    for header, value in row.headers.items():
        mail[header] = value
    mail.set_content(row.text)
    mail.add_alternative(row.html, subtype="html")
    mail["Content-Language"] = row.language  # last: setting content takes every Content- header away
    return mail


def _close(row: OutgoingLetter, state: str, outcome: str) -> None:
    row.state, row.outcome, row.sent_at = state, outcome, clock.now()
    row.text = row.html = ""


async def _transport(settings: Settings, mail: EmailMessage) -> None:
    if settings.mail_url is None:
        await asyncio.to_thread(_write, settings.data_dir / "mail", mail)
    else:
        await _smtp(settings.mail_url.get_secret_value(), mail)


def _write(folder: Path, mail: EmailMessage) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    stamp = clock.now().strftime("%Y%m%d-%H%M%S-%f")
    path = folder / f"{stamp}-{ids.new().hex[-6:]}.eml"
    fresh = path.with_suffix(".part")
    fresh.write_bytes(mail.as_bytes())
    fresh.rename(path)


async def _smtp(url: str, mail: EmailMessage) -> None:
    parts = urlsplit(url)
    try:
        await aiosmtplib.send(
            mail,
            hostname=parts.hostname,
            port=parts.port,
            username=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            use_tls=parts.scheme == "smtps",
            timeout=20,
        )
    except aiosmtplib.SMTPRecipientsRefused as refused:
        codes = [error.code for error in refused.recipients]
        if all(500 <= code < 600 for code in codes):
            raise Undeliverable(f"refused with {codes}") from refused
        raise
    except aiosmtplib.SMTPResponseException as answer:
        if 500 <= answer.code < 600 and not isinstance(answer, aiosmtplib.SMTPAuthenticationError):
            raise Undeliverable(f"refused with {answer.code}") from answer
        raise

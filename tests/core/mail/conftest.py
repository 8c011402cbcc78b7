"""Letters, and ways out for them."""

import dataclasses
from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from pydantic import SecretStr

from ssc.core import mail
from ssc.core.mail import Letter, OutgoingLetter
from ssc.core.process import Process
from tests.core.mail.smtp import MailServer, mail_server

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


def by(running: Process, url: str) -> Process:
    """The process with another way out."""
    return dataclasses.replace(running, settings=running.settings.model_copy(update={"mail_url": SecretStr(url)}))


@pytest.fixture
def by_smtp(running: Process, mailbox: MailServer) -> Process:
    return by(running, f"smtp://127.0.0.1:{mailbox.port}")


async def queued(process: Process, letter: Letter = LETTER) -> UUID:
    async with process.database.transaction() as session:
        return await mail.send(session, letter)


async def row_of(process: Process, letter: UUID) -> OutgoingLetter:
    async with process.database.transaction() as session:
        return await session.get_one(OutgoingLetter, letter)


def to(*names: str) -> list[Letter]:
    return [dataclasses.replace(LETTER, to=f"{name}@example.org") for name in names]

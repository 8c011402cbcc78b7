"""What comes back by mail: bounces, delivery reports, and letters that ask to stop."""

import re
from contextlib import suppress
from email import message_from_bytes, policy

from ssc.core import mail
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.core.mail.reports import record_report, reports_in
from ssc.notifications.actions.stopping import press

_ASKS = re.compile(r"\s*unsubscribe[\s:]+([\w.~-]{10,600})\s*", re.IGNORECASE)


async def record_reported(session: Session, address: str, kind: str) -> None:
    """A service says that a letter came back, or was called spam."""
    await mail.record_bounce(session, address, hard=kind != "soft")


async def take_mail(session: Session, content: bytes) -> None:
    """A mail to the club's own address. Whoever wrote it: only tokens and Message-IDs of ours have effects."""
    for report in reports_in(content):
        await record_report(session, report)
    subject = " ".join(str(message_from_bytes(content, policy=policy.default).get("Subject", "")).split())
    asked = _ASKS.fullmatch(subject)
    if asked is not None:
        with suppress(Problem):  # a token of nobody's
            async with session.begin_nested():
                await press(session, asked[1])

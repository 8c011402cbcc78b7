"""Reports of mail servers that a letter came back (RFC 3464), and which of our letters they mean."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string, policy
from email.message import EmailMessage
from uuid import UUID

from ssc.core import ids
from ssc.core.db import Session
from ssc.core.mail.bounces import record_bounce
from ssc.core.mail.models import BOUNCED, OutgoingLetter


@dataclass(frozen=True)
class Report:
    """That a letter of ours, known by its Message-ID, did not reach its reader; `hard`: and never will."""

    letter: UUID
    hard: bool
    reason: str


def reports_in(content: bytes) -> list[Report]:
    """What a returned mail reports. A delay is none; nor is what names no letter of ours, or cannot be read."""
    try:
        return list(_reported(content))
    except (LookupError, ValueError):  # an encoding that is none, or an address that Python itself stumbles over
        return []


def _reported(content: bytes) -> list[Report]:
    mail = message_from_bytes(content, policy=policy.default)
    if not isinstance(mail, EmailMessage) or mail.get_content_type() != "multipart/report":
        return []
    letter = next((found for part in mail.walk() if (found := _letter_of(part)) is not None), None)
    if letter is None:
        return []
    return [Report(letter, hard, reason) for part in mail.walk() for hard, reason in _failures_in(part)]


async def record_report(session: Session, report: Report) -> bool:
    """Counts it against the address to which that letter went, once; False for what is no letter of ours.

    Only who has the letter knows its Message-ID: nobody else can have an address stopped by writing a report.
    """
    row = await session.get(OutgoingLetter, report.letter, with_for_update=True)
    if row is None or row.state == BOUNCED:
        return False
    row.state, row.outcome = BOUNCED, report.reason[:300]
    if row.to_address:  # the log may have forgotten it
        await record_bounce(session, row.to_address, hard=report.hard)
    return True


def letter_of(message_id: str) -> UUID | None:
    """The letter that a Message-ID of ours names."""
    return ids.parse(message_id.strip().strip("<>").partition("@")[0])


def _letter_of(part: EmailMessage) -> UUID | None:
    """From what the report returns: our mail itself, or its head."""
    kind = part.get_content_type()
    if kind == "text/rfc822-headers":
        head = message_from_string(part.get_content(), policy=policy.default)
        return letter_of(str(head.get("Message-ID", "")))
    if kind == "message/rfc822":
        returned = part.get_payload(0)
        return letter_of(str(returned.get("Message-ID", ""))) if isinstance(returned, EmailMessage) else None
    return None


def _failures_in(part: EmailMessage) -> Iterator[tuple[bool, str]]:
    if part.get_content_type() != "message/delivery-status":
        return
    for group in part.get_payload():
        if not isinstance(group, EmailMessage) or str(group.get("Action", "")).strip().lower() != "failed":
            continue
        status = str(group.get("Status", "")).strip()
        yield status.startswith("5"), f"{status} {group.get('Diagnostic-Code', '')}".strip()

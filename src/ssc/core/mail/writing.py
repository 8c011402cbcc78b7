"""The letter and the mail it becomes: one recipient, text and HTML, headers that cannot break out of their line."""

import re
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime, parseaddr
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from ssc.core import clock
from ssc.core.config import Settings
from ssc.core.mail.models import OutgoingLetter

# Up to 998 octets are allowed: a link stays whole, also for who reads the raw mail.
_WHOLE_LINES = 900
_READ_BY_PROGRAMS = ("list-unsubscribe", "list-id", "message-id", "references", "in-reply-to")
_PLAIN = re.compile(r"[^\s\x00-\x1f\x7f\"(),:;<>@\[\\\]]+@[^\s\x00-\x1f\x7f\"(),:;<>@\[\\\]]+")


@dataclass(frozen=True)
class Letter:
    """One mail to one person, in words. `kind` is dotted (`accounts.sign-in-link`), for the mail log.

    `about` names what makes it needless when it is read or gone before it leaves; `by_id` who caused it.
    `priority`: 0 somebody waits for it, 1 a notice, 2 many at once.
    """

    to: str
    kind: str
    subject: str
    text: str
    html: str
    language: str
    member_id: UUID | None = None
    headers: dict[str, str] = field(default_factory=dict)
    about: str = ""
    by_id: UUID | None = None
    priority: int = 0


def message(row: OutgoingLetter, settings: Settings, *, eight_bit: bool = True) -> EmailMessage:
    """The mail itself. `eight_bit`: whether what carries it takes more than ASCII in the body."""
    in_ascii = row.to_address.isascii()  # other addresses need RFC 6531, which writes headers in UTF-8
    mail = EmailMessage(
        SMTP.clone(cte_type="8bit" if eight_bit else "7bit", max_line_length=_WHOLE_LINES, utf8=not in_ascii)
    )
    name, address = parseaddr(settings.mail_from)
    mail["From"] = Address(name, addr_spec=address)
    mail["To"] = _recipient(row.to_address)
    mail["Subject"] = row.subject
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = message_id(str(row.id), settings)
    mail["Auto-Submitted"] = "auto-generated"
    for header, value in row.headers.items():
        mail[header] = _one_line(value)
    mail.set_content(row.text)
    mail.add_alternative(row.html, subtype="html")
    mail["Content-Language"] = row.language  # last: setting content takes every Content- header away
    return mail


def message_id(name: str, settings: Settings) -> str:
    """The same for the same letter however often it is handed over: mailboxes then keep one."""
    return f"<{name}@{urlsplit(settings.base_url).hostname}>"


def sender(settings: Settings) -> str:
    """The bare address letters come from, and bounces go to."""
    return parseaddr(settings.mail_from)[1]


def _recipient(address: str) -> Address:
    """One address. ValueError or `MessageError` for what is none, or several."""
    if address.isascii():
        return Address(addr_spec=address)
    if not _PLAIN.fullmatch(address):  # which the parser would not look at
        raise ValueError("not one address")
    local, _at, domain = address.rpartition("@")
    return Address(username=local, domain=domain)


def octets(mail: EmailMessage) -> bytes:
    """As it goes over the wire: headers folded, lines ended by CRLF."""
    in_utf8 = not str(mail["To"]).isascii()
    return mail.as_bytes(policy=_Wire(linesep="\r\n", cte_type=mail.policy.cte_type, utf8=in_utf8, max_line_length=78))


class _Wire(EmailPolicy):
    """Folds as usual, but leaves whole what programs read: Python would encode a long address into pieces."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        said = str(value)
        if name.lower() not in _READ_BY_PROGRAMS or not said.isascii():
            return super().fold_binary(name, value)
        folded = said.replace(">, <", ">,\r\n <")
        return f"{name}: {folded}\r\n".encode()


def _one_line(value: str) -> str:
    return " ".join(value.split())

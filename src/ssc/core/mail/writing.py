"""The letter and the mail it becomes: one recipient, text and HTML, headers that cannot break out of their line."""

import base64
import re
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime, parseaddr
from typing import Any, Protocol
from urllib.parse import urlsplit
from uuid import UUID

from ssc.core import clock
from ssc.core.config import Settings

# Up to 998 octets are allowed: a link stays whole, also for who reads the raw mail.
WHOLE_LINES = 900
_READ_BY_PROGRAMS = ("list-unsubscribe", "list-id", "message-id", "references", "in-reply-to")
_PLAIN = re.compile(r"[^\s\x00-\x1f\x7f\"(),:;<>@\[\\\]]+@[^\s\x00-\x1f\x7f\"(),:;<>@\[\\\]]+")


@dataclass(frozen=True)
class Letter:
    """One mail to one person, in words. `kind` is dotted (`accounts.sign-in-link`), for the mail log.

    `about` names what makes it needless when it is read or gone before it leaves; `by_id` who caused it.
    `priority`: 0 somebody waits for it, 1 a notice, 2 many at once. `pictures`: Content-ID → PNG in base64, which the
    HTML shows as `cid:…`; a letter must be whole without them. `address_kept`: False where a stranger was promised that
    her address goes with it; then the log says that it left, and not to whom.
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
    pictures: dict[str, str] = field(default_factory=dict)
    address_kept: bool = True


@dataclass(frozen=True, slots=True)
class Parcel:
    """A letter in the hands of a delivery."""

    id: UUID
    claim: UUID
    kind: str
    to_address: str
    language: str
    subject: str
    text: str
    html: str
    headers: dict[str, str]
    created_at: datetime
    attempts: int = 0
    stopped: bool = False  # the address bounces
    fills: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    stencil: "Stencil | None" = None  # what has its words, where many get the same


class Stencil(Protocol):
    """Writes the letters of a mailing, quicker than one by one."""

    def octets(self, parcel: Parcel, settings: Settings, *, eight_bit: bool) -> bytes: ...


def written(parcel: Parcel, settings: Settings, *, eight_bit: bool = True) -> bytes:
    """The mail as it goes over the wire. ValueError, `MessageError` or LookupError for what cannot be written."""
    if parcel.stencil is not None:
        return parcel.stencil.octets(parcel, settings, eight_bit=eight_bit)
    return octets(message(parcel, settings, eight_bit=eight_bit))


def message(row: Parcel, settings: Settings, *, eight_bit: bool = True) -> EmailMessage:
    """The mail itself. `eight_bit`: whether what carries it takes more than ASCII in the body."""
    in_ascii = row.to_address.isascii()  # other addresses need RFC 6531, which writes headers in UTF-8
    mail = EmailMessage(
        SMTP.clone(cte_type="8bit" if eight_bit else "7bit", max_line_length=WHOLE_LINES, utf8=not in_ascii)
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
    if row.pictures:
        _show(mail, row.pictures)
    mail["Content-Language"] = row.language  # last: setting content takes every Content- header away
    return mail


def _show(mail: EmailMessage, pictures: dict[str, str]) -> None:
    """Beside the HTML that shows them (RFC 2387), so that mail programs list no attachments."""
    html = mail.get_body(("html",))
    assert html is not None  # it was added a moment ago
    for name, encoded in pictures.items():
        content = base64.b64decode(encoded)
        html.add_related(content, "image", "png", cid=f"<{name}>", disposition="inline", filename=f"{name}.png")


def message_id(name: str, settings: Settings) -> str:
    """The same for the same letter however often it is handed over: mailboxes then keep one."""
    return f"<{name}@{urlsplit(settings.base_url).hostname}>"


def sender(settings: Settings) -> str:
    """The bare address letters come from, and bounces go to."""
    return parseaddr(settings.mail_from)[1]


def is_plain(address: str) -> bool:
    """Whether it stands in a header as it is."""
    return address.isascii() and _PLAIN.fullmatch(address) is not None


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
    return mail.as_bytes(policy=Wire(linesep="\r\n", cte_type=mail.policy.cte_type, utf8=in_utf8, max_line_length=78))


class Wire(EmailPolicy):
    """Folds as usual, but leaves whole what programs read: Python would encode a long address into pieces."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        said = str(value)
        if name.lower() not in _READ_BY_PROGRAMS or not said.isascii():
            return super().fold_binary(name, value)
        return listed(name, said)


def listed(name: str, value: str) -> bytes:
    """A header for programs, each of its addresses whole on a line."""
    folded = value.replace(">, <", ">,\r\n <")
    return f"{name}: {folded}\r\n".encode()


def _one_line(value: str) -> str:
    return " ".join(value.split())

"""Mail addresses: one or two in a cell, checked without asking the network, in the one form that we compare."""

import re
import unicodedata

from email_validator import EmailNotValidError, validate_email

from ssc.roster.reading.faults import Bad, shown

_SEPARATORS = re.compile(r"[\s;,；，、/|]+")
_PLAIN = re.compile(
    r"[a-z0-9](?:[a-z0-9_+-]|\.(?!\.))*(?<!\.)@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}\Z"
)
_RESERVED = ("arpa", "invalid", "local", "localhost", "onion", "test")
_BRACKETED = re.compile(r"<([^<>\s]+@[^<>\s]+)>")


def addresses(text: str) -> tuple[str, ...]:
    """The addresses of a cell, at most two, in lower case; `Asha Rao <a@b.example>` and `mailto:` are understood."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _BRACKETED.findall(plain) or [part for part in _SEPARATORS.split(plain) if part]
    if len(found) > 2:
        raise Bad("email.many") if all("@" in part for part in found) else Bad("email.invalid", value=shown(text))
    return tuple(dict.fromkeys(an_address(part) for part in found))


def an_address(text: str) -> str:
    """Canonical; local parts are compared without case, as every provider that matters delivers them."""
    bare = text.lower().removeprefix("mailto:")
    if len(bare) <= 254 and _PLAIN.match(bare) and bare.rpartition(".")[2] not in _RESERVED:
        return bare
    try:
        return validate_email(bare, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        raise Bad("email.invalid", value=shown(text)) from None

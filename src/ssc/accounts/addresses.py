"""Mail addresses: how they are checked, and the key that look-alikes share."""

import unicodedata
from contextlib import suppress
from typing import Annotated, Any

from email_validator import EmailNotValidError, validate_email
from pydantic import BeforeValidator, StringConstraints

from ssc.core import text
from ssc.core.i18n import _

MAXIMUM = 254


def key_of(address: str) -> str:
    """What is compared: capitals, full-width and invisible letters and the two spellings of a domain are alike."""
    local, _at, domain = text.canonical(address).rpartition("@")
    if not domain.isascii():
        with suppress(UnicodeError):
            domain = domain.encode("idna").decode()
    return f"{local}@{domain}"


def _checked(value: Any) -> Any:
    if not isinstance(value, str) or len(value) > 4 * MAXIMUM:
        return value  # not looked through letter by letter: it is refused for its type or length
    bare = _plain(text.one_line(value))
    if not bare:
        raise ValueError(_("Please fill this in."))
    if len(bare) > MAXIMUM:
        return bare
    try:
        return validate_email(bare, check_deliverability=False, allow_smtputf8=False).ascii_email
    except EmailNotValidError:
        raise ValueError(_("This is not an address that mail can reach. Write it like name@example.org.")) from None


def _plain(typed: str) -> str:
    """As a Japanese keyboard's full-width letters were meant, and without what nobody sees."""
    return "".join(c for c in unicodedata.normalize("NFKC", typed) if unicodedata.category(c) != "Cf")


Email = Annotated[str, BeforeValidator(_checked), StringConstraints(max_length=MAXIMUM)]
"""An address somebody typed, in ASCII as mail servers take it; the network is not asked."""

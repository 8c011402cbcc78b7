"""The way out that every letter carries (RFC 8058): a signed link, for one of three scopes, without signing in."""

import base64
import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Literal, get_args
from urllib.parse import urlsplit
from uuid import UUID

from ssc.core import mail
from ssc.core.config import Settings
from ssc.core.db import Session

Scope = Literal["subject", "kind", "all"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
DIGEST = "digest"  # stands for a kind in the digest's own links

# Links of other packages (invitations) are pressed by mail too: each takes a token, and raises where it is not its own.
Press = Callable[[Session, str], Awaitable[None]]
others: list[Press] = []


@dataclass(frozen=True)
class Leave:
    """What a link stops: letters to this member about one thing, of one kind, or all but what concerns safety."""

    member_id: UUID
    scope: Scope
    kind: str
    subject: str = ""
    mailing: UUID | None = None  # whose letter it came with, for its report

    def token(self, key: bytes) -> str:
        """Never expires, and always the same: an old letter's way out must work."""
        said = [self.member_id.hex, self.scope, self.kind, self.subject]
        said += [self.mailing.hex] if self.mailing else []
        payload = json.dumps(said, separators=(",", ":")).encode()
        return "n." + base64.urlsafe_b64encode(_sum(payload, key) + payload).decode().rstrip("=")

    def link(self, settings: Settings) -> str:
        return link(settings, self.token(settings.key))

    def wider(self, scope: Scope) -> "Leave":
        return replace(self, scope=scope)

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """What can be chosen: a digest is about no single thing."""
        return SCOPES if self.subject else SCOPES[1:]


def of_token(token: str, key: bytes) -> Leave | None:
    """What a token of ours stops; None for any other."""
    try:
        raw = base64.urlsafe_b64decode(token.removeprefix("n.") + "=" * (-len(token.removeprefix("n.")) % 4))
    except ValueError:
        return None
    if not hmac.compare_digest(raw[:16], _sum(raw[16:], key)):
        return None
    member, scope, kind, subject, *mailing = json.loads(raw[16:])
    return Leave(UUID(hex=member), scope, kind, subject, UUID(hex=mailing[0]) if mailing else None)


def headers(settings: Settings, leave: Leave, label: str) -> dict[str, str]:
    """What mail programs make a button of. One press stops what is narrowest: this thing, else this kind."""
    return headers_for(settings, leave.token(settings.key), leave.kind, label)


def headers_for(settings: Settings, token: str, kind: str, label: str) -> dict[str, str]:
    """The same for a token that may be a mark yet."""
    return {
        "List-Id": f"{_quoted(label)} <{kind}.{urlsplit(settings.base_url).hostname}>",
        "List-Unsubscribe": f"<{link(settings, token)}>, <{by_mail(settings, token)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def link(settings: Settings, token: str) -> str:
    return f"{settings.base_url}/unsubscribe/{token}"


def by_mail(settings: Settings, token: str) -> str:
    """The same by a letter, for programs that press no links."""
    return f"mailto:{mail.sender(settings)}?subject=unsubscribe%20{token}"


def _quoted(label: str) -> str:
    """A phrase for a header; others than ASCII would be encoded, which few programs read in `List-Id`."""
    return '"{}"'.format(label.replace("\\", "").replace('"', "")) if label.isascii() else ""


def _sum(payload: bytes, key: bytes) -> bytes:
    return hmac.digest(key, b"unsubscribe" + payload, hashlib.sha256)[:16]

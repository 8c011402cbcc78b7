"""The link in an invitation, by which somebody on the roster answers before she has an account."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from uuid import UUID

from ssc.core.config import Settings


@dataclass(frozen=True)
class Pass:
    """Who may answer to which event, for who holds the link: no more than that."""

    event_id: UUID
    member_id: UUID

    def token(self, key: bytes) -> str:
        payload = self.event_id.bytes + self.member_id.bytes
        return base64.urlsafe_b64encode(_sum(payload, key) + payload).decode().rstrip("=")

    def link(self, settings: Settings) -> str:
        return f"{settings.base_url}/event-answers/{self.token(settings.key)}"


def of_token(token: str, key: bytes) -> Pass | None:
    """What a token of ours says; None for any other."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return None
    if len(raw) != 48 or not hmac.compare_digest(raw[:16], _sum(raw[16:], key)):
        return None
    return Pass(UUID(bytes=raw[16:32]), UUID(bytes=raw[32:]))


def _sum(payload: bytes, key: bytes) -> bytes:
    return hmac.digest(key, b"event-answer" + payload, hashlib.sha256)[:16]

"""The key in a letter that opens one decision: for who is shut out, and cannot sign in to answer."""

import base64
import hashlib
import hmac
from uuid import UUID

from ssc.core.config import Settings


def key_of(settings: Settings, decision_id: UUID) -> str:
    """Always the same: an old letter's link must work as long as an appeal is open."""
    made = hmac.digest(settings.key, b"decision" + decision_id.bytes, hashlib.sha256)[:18]
    return base64.urlsafe_b64encode(made).decode()


def opens(settings: Settings, decision_id: UUID, key: str) -> bool:
    return hmac.compare_digest(key_of(settings, decision_id).encode(), key.encode())


def path_of(settings: Settings, decision_id: UUID) -> str:
    return f"/decisions/{decision_id}?key={key_of(settings, decision_id)}"

"""Who may correct the guide, how long a link to confirm works, and the way out of its letters."""

import base64
import hashlib
import hmac
from datetime import timedelta
from uuid import UUID

from ssc.accounts.tokens import Kind
from ssc.people.viewer import Viewer

CONFIRM_WATCH = Kind("guide-watch", timedelta(days=2))
WATCHED_FOR = timedelta(days=730)


def may_correct(viewer: Viewer | None) -> bool:
    return viewer is not None and (viewer.is_editor or viewer.is_staff)


def stop_token(watch_id: UUID, key: bytes) -> str:
    """What ends a letter's unsubscribing address; signed, so that nobody stops another's."""
    return "g." + base64.urlsafe_b64encode(watch_id.bytes + _sum(watch_id.bytes, key)).decode().rstrip("=")


def watch_of(token: str, key: bytes) -> UUID | None:
    """The watch that a `stop_token` of ours names."""
    bare = token.removeprefix("g.")
    try:
        raw = base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
    except ValueError:
        return None
    if not token.startswith("g.") or len(raw) != 32 or not hmac.compare_digest(raw[16:], _sum(raw[:16], key)):
        return None
    return UUID(bytes=raw[:16])


def _sum(identity: bytes, key: bytes) -> bytes:
    return hmac.digest(key, b"stop-guide" + identity, hashlib.sha256)[:16]

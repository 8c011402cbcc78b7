"""Keyset pagination: where the next page begins, signed so that nobody invents a place."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from ssc.core import ids
from ssc.core.errors import invalid
from ssc.core.i18n import _

T = TypeVar("T")


@dataclass(frozen=True)
class Slice:
    """Which part of a list is wanted: at most `limit` items after the sort key `after` (None: from the start).

    `after` holds JSON values (strings, numbers, None) as `cut` was given them.
    """

    limit: int = 30
    after: tuple[Any, ...] | None = None
    key: bytes = b""

    def cut(self, rows: Sequence[T], position: Callable[[T], Sequence[Any]]) -> "Cut[T]":
        """From `limit + 1` selected rows, the page and the cursor of the next one."""
        if len(rows) <= self.limit:
            return Cut(list(rows), None)
        page = list(rows[: self.limit])
        return Cut(page, encode(position(page[-1]), self.key))

    @property
    def dated(self) -> tuple[datetime, UUID] | None:
        """`after` where a list is sorted by an instant and an id; 422 at `/cursor` for a cursor of another list."""
        match self.after:
            case None:
                return None
            case (str() as at, str() as identity) if (parsed := ids.parse(identity)) is not None:
                try:
                    return datetime.fromisoformat(at), parsed
                except ValueError:
                    pass
        raise invalid(("cursor", _("This is not a cursor that the club gave out.")))


@dataclass(frozen=True)
class Cut(Generic[T]):
    """A page of rows, and the cursor of the next page or None."""

    rows: list[T]
    next: str | None


def encode(position: Sequence[Any], key: bytes) -> str:
    payload = json.dumps(list(position), separators=(",", ":"), ensure_ascii=False, default=str).encode()
    return base64.urlsafe_b64encode(_sum(payload, key) + payload).decode().rstrip("=")


def decode(cursor: str, key: bytes) -> tuple[Any, ...]:
    """The position in a cursor of ours; 422 at `/cursor` for any other."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except ValueError:
        raw = b""
    if not hmac.compare_digest(raw[:8], _sum(raw[8:], key)):
        raise invalid(("cursor", _("This is not a cursor that the club gave out.")))
    return tuple(json.loads(raw[8:]))


def _sum(payload: bytes, key: bytes) -> bytes:
    return hmac.digest(key, b"cursor" + payload, hashlib.sha256)[:8]

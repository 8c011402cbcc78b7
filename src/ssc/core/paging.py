"""Keyset pagination: where the next page begins, signed so that nobody invents a place."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from ssc.core.errors import Problem, invalid
from ssc.core.i18n import _

T = TypeVar("T")

_DATED = TypeAdapter(tuple[AwareDatetime, UUID])
_NAMED = TypeAdapter(tuple[str, UUID])
_ALONE = TypeAdapter(tuple[UUID])


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
    def dated(self) -> tuple[AwareDatetime, UUID] | None:
        """`after` where a list is sorted by an instant and an id."""
        return self.place(_DATED)

    @property
    def named(self) -> tuple[str, UUID] | None:
        """`after` where a list is sorted by a text and an id."""
        return self.place(_NAMED)

    @property
    def identity(self) -> UUID | None:
        """`after` where a list is sorted by ids alone."""
        found = self.place(_ALONE)
        return found[0] if found else None

    def place(self, sort_key: TypeAdapter[T]) -> T | None:
        """`after` as a list's sort key, None at its start; 422 at `/cursor` for a cursor of a list sorted otherwise.

        All lists' cursors bear the same signature: which one a reader hands in is hers to choose.
        """
        if self.after is None:
            return None
        try:
            return sort_key.validate_json(json.dumps(self.after), strict=True)
        except ValidationError:
            raise _not_ours() from None


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
        raise _not_ours()
    return tuple(json.loads(raw[8:]))


def _not_ours() -> Problem:
    return invalid(("cursor", _("This is not a cursor that the club gave out.")))


def _sum(payload: bytes, key: bytes) -> bytes:
    return hmac.digest(key, b"cursor" + payload, hashlib.sha256)[:8]

"""How long signing in lasts, what counts as fresh, and what an access token may be for."""

from datetime import datetime, timedelta
from typing import Literal

from ssc.core import clock
from ssc.people.viewer import Viewer

IDLE = timedelta(days=30)
LASTS = timedelta(days=180)
FRESH = timedelta(minutes=10)
SEEN_EVERY = timedelta(minutes=5)
UNDO_WITHIN = timedelta(hours=72)

Scope = Literal["read", "write", "messages", "staff"]

_READING = ("GET", "HEAD", "OPTIONS")


def is_fresh(viewer: Viewer) -> bool:
    """Whether she signed in just now, in a browser; a token never did."""
    return viewer.signed_in_at is not None and clock.now() - viewer.signed_in_at <= FRESH


def scope_for(method: str) -> Scope:
    """What a token needs for a call with this method."""
    return "read" if method in _READING else "write"


def has_scope(viewer: Viewer, scope: Scope) -> bool:
    """Whether this may be done in this way: a browser may all, a token what it was made for."""
    return viewer.scopes is None or scope in viewer.scopes


def spelled(roles: frozenset[str]) -> str:
    """Roles as a session remembers them, to notice when they change."""
    return " ".join(sorted(roles))


def seen_lately(last: datetime | None) -> bool:
    return last is not None and clock.now() - last < SEEN_EVERY


def may_undo(source: str, confirmed_at: datetime) -> bool:
    """Whether an address may undo changes: one that can itself be undone still may not, else a thief could."""
    return source != "member" or clock.now() - confirmed_at >= UNDO_WITHIN

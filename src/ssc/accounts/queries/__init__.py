"""Named selects: who is asking, and what belongs to her account."""

from ssc.accounts.queries.askers import Seen, by_bearer, by_cookie, by_key, count_unread
from ssc.accounts.queries.belongings import (
    Entrance,
    access_tokens_of,
    addresses_of,
    confirmed,
    devices_of,
    entrance,
    has_password,
    primary_of,
    sessions_of,
    waiting,
)

__all__ = [
    "Entrance",
    "Seen",
    "access_tokens_of",
    "addresses_of",
    "by_bearer",
    "by_cookie",
    "by_key",
    "confirmed",
    "count_unread",
    "devices_of",
    "entrance",
    "has_password",
    "primary_of",
    "sessions_of",
    "waiting",
]

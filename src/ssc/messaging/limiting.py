"""How often one may turn to people who did not ask for it; counted for each sender."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from ssc.core import clock, errors
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.core.limits import Limit, Limits, Unlimited
from ssc.messaging.rules import MENTIONS_LIMIT
from ssc.moderation import queries as moderation
from ssc.people.viewer import Viewer

DAY = 24 * 3600
FIRST_MESSAGES = Limit("first-messages", 10, DAY)
REQUESTS_OF_NEWCOMERS = Limit("first-requests", 5, DAY)
GROUPS = Limit("groups", 20, DAY)
INVITATIONS = Limit("group-invitations", 50, DAY)
UPLOADS = Limit("uploads", 60, 3600)
MENTIONS = Limit("mentions", 500, DAY)
SEARCHES = Limit("message-searches", 120, 60)
NEW_FOR = timedelta(hours=24)
WAITING_REQUESTS = 20
"""Whoever has so many requests that nobody answered is a bulk sender, and waits."""


async def check_free(session: Session, viewer: Viewer) -> None:
    """403 while moderators let her begin nothing with others; what has begun goes on."""
    if await moderation.is_limited(session, viewer.id):
        raise errors.forbidden(_("For now the moderators let you begin no conversations. Their letter says why."))


async def count_first_message(limits: Limits, viewer: Viewer, *, request: bool, waiting: int) -> None:
    """Counts a conversation that is begun: 10 a day; of a newcomer's, 5 with strangers.

    429 also while `waiting`, the sender's requests that nobody has answered, are 20 or more.
    """
    if request and waiting >= WAITING_REQUESTS and not isinstance(limits, Unlimited):
        refused = errors.too_many(DAY)
        refused.detail = _("Many of your requests wait for an answer. You can send more once some are answered.")
        raise refused
    if request and _is_new(viewer):
        await limits.take(REQUESTS_OF_NEWCOMERS, str(viewer.id))
    await limits.take(FIRST_MESSAGES, str(viewer.id))


async def count_mentions(limits: Limits, author_id: UUID, names: Sequence[str]) -> None:
    """Counts the people whom a message calls: 500 a day."""
    if names:
        await limits.take(MENTIONS, str(author_id), min(len(names), MENTIONS_LIMIT))


def _is_new(viewer: Viewer) -> bool:
    joined_at = viewer.member.joined_at
    return joined_at is not None and clock.now() - joined_at < NEW_FOR

"""Opening a conversation, following it or not, closing it, and taking it away."""

from typing import LiteralString
from uuid import UUID

from ssc.communities.conversations import rules
from ssc.communities.conversations.forms import ClosureBody, ConversationBody
from ssc.communities.conversations.models import Conversation
from ssc.communities.conversations.notices import CONVERSATIONS, subject_of
from ssc.communities.conversations.queries import Community
from ssc.core import clock, errors, ids, jobs
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.core.limits import Limit, Limits
from ssc.messaging import limiting
from ssc.messaging.actions import closing
from ssc.messaging.actions.owned import open_owned
from ssc.messaging.actions.seating import Seat, reseat
from ssc.messaging.queries.participants import present, thread_of
from ssc.notifications.actions import Telling, tell_each
from ssc.people.viewer import Viewer

OPENED = Limit("conversations", 20, limiting.DAY)
_PART = 1000


async def open_conversation(
    session: Session, limits: Limits, viewer: Viewer, community: Community, body: ConversationBody
) -> Conversation:
    """An adult of the community opens it, and follows it; the others hear of it. 20 a day."""
    _check_writes(viewer, community)
    await limiting.check_free(session, viewer)
    await limits.take(OPENED, str(viewer.id))
    made = Conversation(id=ids.new(), community=community.key, title=body.title, author_id=viewer.id)
    session.add(made)
    await session.flush()
    thread_id = await open_owned(session, community.kind, made.subject, made.title)
    await reseat(session, [Seat(thread_id, viewer.id, True)])
    await jobs.defer(session, "communities.tell_conversation", conversation=str(made.id))
    return made


async def rename(
    session: Session, viewer: Viewer, community: Community, conversation: Conversation, body: ConversationBody
) -> None:
    """For who opened it, and for who leads the community."""
    if not rules.may_rename(viewer, community, conversation):
        raise errors.forbidden(_("Only who opened a conversation can rename it, or who looks after the community."))
    conversation.title = body.title
    await session.flush()
    await open_owned(session, community.kind, conversation.subject, body.title)


async def close(
    session: Session, viewer: Viewer, community: Community, conversation: Conversation, body: ClosureBody
) -> None:
    """Nobody writes in it any more; a line says who closed it, the note why. Twice is once."""
    if not rules.may_close(viewer, community, conversation):
        raise errors.forbidden(_("Only who opened a conversation closes it, or who looks after the community."))
    await session.refresh(conversation, with_for_update=True)
    if conversation.closed_by is None:
        conversation.closed_by = viewer.id
        await closing.close(session, await _thread(session, conversation), viewer.id, body.note)


async def reopen(session: Session, viewer: Viewer, community: Community, conversation: Conversation) -> None:
    """Those who follow it write again. Twice is once."""
    await session.refresh(conversation, with_for_update=True)
    if conversation.closed_by is None:
        return
    if not rules.may_reopen(viewer, community, conversation):
        raise errors.forbidden(_("Who looks after the community closed it, and opens it again."))
    conversation.closed_by = None
    await closing.reopen(session, await _thread(session, conversation), viewer.id)


async def follow(session: Session, viewer: Viewer, community: Community, conversation: Conversation) -> UUID:
    """The viewer is in the conversation's thread from now on; a minor reads it."""
    if viewer.limited:
        raise errors.forbidden(_("This waits until your old addresses can no longer object to your return."))
    thread_id = await _thread(session, conversation)
    await reseat(session, [Seat(thread_id, viewer.id, not viewer.is_minor)])
    return thread_id


async def unfollow(session: Session, viewer: Viewer, conversation: Conversation) -> None:
    """Twice is once."""
    thread_id = await thread_of(session, conversation.subject)
    if thread_id is not None:
        await reseat(session, [], [(thread_id, viewer.id)])


async def remove(session: Session, conversation: Conversation, by: UUID) -> None:
    """Takes it out of everybody's sight."""
    conversation.removed_at, conversation.removed_by = clock.now(), by
    thread_id = await thread_of(session, conversation.subject)
    if thread_id is not None:
        places = await present(session, thread_id)
        await reseat(session, [], [(thread_id, place.member_id) for place in places])


async def tell_of(session: Session, conversation_id: UUID) -> None:
    """Everybody who hears of the community's announcements hears of it too, but who opened it."""
    found = await session.get(Conversation, conversation_id)
    if found is None or found.removed_at is not None:
        return
    rows = await session.rows(_HEARERS, {"conversation": found.id, "now": clock.now()})
    for at in range(0, len(rows), _PART):
        await tell_each(session, [_telling(found, row.member_id, row.title) for row in rows[at : at + _PART]])


async def _thread(session: Session, conversation: Conversation) -> UUID:
    thread_id = await thread_of(session, conversation.subject)
    assert thread_id is not None
    return thread_id


def _telling(found: Conversation, member_id: UUID, where: str) -> Telling:
    data = {"where": where, "title": found.title}
    url = f"/conversations/{found.id}"
    return Telling(member_id, CONVERSATIONS, subject_of(found.community), url, data, found.author_id)


def _check_writes(viewer: Viewer, community: Community) -> None:
    if viewer.is_minor or viewer.limited or not community.belongs:
        raise errors.forbidden(_("Adult members of the community open conversations."))
    if not community.open:
        raise errors.conflict(_("This group is closed. What was said in it can still be read."))


_HEARERS: LiteralString = """
SELECT tm.member_id, t.title
FROM conversation c
JOIN thread t ON t.subject = c.community
JOIN thread_member tm ON tm.thread_id = t.id AND tm.left_at IS NULL
WHERE c.id = %(conversation)s AND tm.member_id IS DISTINCT FROM c.author_id
    AND (tm.muted_until IS NULL OR tm.muted_until <= %(now)s)
ORDER BY tm.member_id
"""

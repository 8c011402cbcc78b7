"""Topic groups and titled conversations as they can be reported: a group by its slug, a conversation by its id."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import select

from ssc.communities.conversations import actions as conversing
from ssc.communities.conversations.models import Conversation
from ssc.communities.conversations.queries import conversation_of
from ssc.communities.groups.actions import shut
from ssc.communities.groups.models import TopicGroup
from ssc.communities.groups.queries import group_of
from ssc.core import ids
from ssc.core.blobs import Blobs
from ssc.core.db import Session
from ssc.core.i18n import words
from ssc.moderation.targets import Found, Line, Target
from ssc.people.viewer import Viewer


async def _reach(session: Session, viewer: Viewer, named: str) -> Found | None:
    """What the viewer may know of, also where she has blocked its owner."""
    unhidden = replace(viewer, blocked=frozenset())
    identity = ids.parse(named)
    if identity is not None:
        found = await conversation_of(session, unhidden, identity)
        if found is None:
            return None
        talk, community = found
        lines = [Line(community.title, talk.title, reported=True)]
        return Found(str(talk.id), talk.title, talk.author_id, lines, url=f"/conversations/{talk.id}")
    seen = await group_of(session, unhidden, named)
    if seen is None:
        return None
    group = seen.group
    owner = seen.owner.name if seen.owner else ""
    lines = [Line(owner, told, reported=True) for told in (group.title, group.description)]
    return Found(group.slug, group.title, group.owner_id, lines, url=group.url)


async def _remove(session: Session, _blobs: Blobs, named: str, by: UUID) -> None:
    """A conversation is taken away from all; a group is closed and stands in no list any more."""
    identity = ids.parse(named)
    if identity is not None:
        talk = await session.get(Conversation, identity)
        if talk is not None and talk.removed_at is None:
            await conversing.remove(session, talk, by)
        return
    group = await session.scalar(select(TopicGroup).where(TopicGroup.slug == named).with_for_update())
    if group is not None:
        await shut(session, group, by)


GROUP = Target("group", words("Group or conversation"), _reach, _remove)
TARGETS = (GROUP,)

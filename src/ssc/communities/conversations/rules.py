"""Who renames, closes and opens a conversation again: pure predicates."""

from typing import Protocol

from ssc.communities.conversations.models import Conversation
from ssc.people.viewer import Viewer


class Community(Protocol):
    """A chapter or group as the viewer has it: a `queries.Community`."""

    @property
    def open(self) -> bool: ...
    @property
    def belongs(self) -> bool: ...
    @property
    def leads(self) -> bool: ...


def may_rename(viewer: Viewer, community: Community, conversation: Conversation) -> bool:
    """Who opened it, and who looks after the community."""
    return _is_its(viewer, community, conversation) or community.leads


def may_close(viewer: Viewer, community: Community, conversation: Conversation) -> bool:
    """The same, and moderators who belong there."""
    return may_rename(viewer, community, conversation) or _moderates(viewer, community)


def may_reopen(viewer: Viewer, community: Community, conversation: Conversation) -> bool:
    """Who opened it opens again what she closed herself; who looks after the community, and moderators, any."""
    own = _is_its(viewer, community, conversation) and conversation.closed_by == viewer.id
    return own or community.leads or _moderates(viewer, community)


def _is_its(viewer: Viewer, community: Community, conversation: Conversation) -> bool:
    return community.open and not viewer.is_minor and conversation.author_id == viewer.id


def _moderates(viewer: Viewer, community: Community) -> bool:
    return community.open and community.belongs and viewer.is_moderator

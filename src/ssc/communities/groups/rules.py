"""Who sees a topic group, who may look after it, who may be in it: pure predicates."""

from ssc.communities.groups.models import TopicGroup
from ssc.people.viewer import Viewer

MOST_PROPOSALS = 5


def may_see(viewer: Viewer, group: TopicGroup) -> bool:
    """What has not been approved only who proposed it, and who decides."""
    return group.approved is True or group.owner_id == viewer.id or decides(viewer)


def may_propose(viewer: Viewer) -> bool:
    """Anyone verified: an adult whose account nobody may object to any more."""
    return not viewer.limited and not viewer.is_minor


def decides(viewer: Viewer) -> bool:
    """Whether a proposed group is to be: moderators and the secretariat."""
    return not viewer.limited and (viewer.is_moderator or viewer.is_staff)


def looks_after(viewer: Viewer, group: TopicGroup) -> bool:
    """Changes it, decides on requests, announces: its owner, and the secretariat."""
    return not viewer.limited and (group.owner_id == viewer.id or viewer.is_staff)

"""What the API says of topic groups."""

from typing import Literal

from pydantic import BaseModel, Field

from ssc.communities.groups.models import State, TopicGroup
from ssc.events.shapes import EventInShort
from ssc.people.shapes import MemberInShort
from ssc.web.api import Instant

Standing = Literal["none", "asked", "member"]


class GroupInShort(BaseModel):
    slug: str
    title: str
    field: str
    joining: Literal["open", "request"]
    state: State
    members: int = Field(description="Minors read and are not counted.")
    membership: Standing = Field(description="The reader's own.")

    @classmethod
    def of(cls, group: TopicGroup, members: int, membership: Standing) -> "GroupInShort":
        return cls(
            slug=group.slug,
            title=group.title,
            field=group.field,
            joining=group.joining,
            state=group.state,
            members=members,
            membership=membership,
        )


class Group(GroupInShort):
    """A topic group. `html` is safe. `thread_id`: its announcements, for its members."""

    description: str
    html: str
    owner: MemberInShort | None
    upcoming: list[EventInShort] = Field(description="Events to come that speak of its field.")
    thread_id: str | None = None
    decision_note: str | None = Field(None, description="What the moderators said; for who proposed it.")


class Membership(BaseModel):
    membership: Standing


class Request(BaseModel):
    """Somebody who has asked to be in the group."""

    member: MemberInShort
    since: Instant

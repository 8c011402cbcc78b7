"""What the API says of titled conversations."""

from uuid import UUID

from pydantic import BaseModel, Field

from ssc.people.shapes import MemberInShort
from ssc.web.api import Instant


class Conversation(BaseModel):
    """A titled conversation as one of its community has it. Who follows it is in its thread."""

    id: UUID
    title: str
    author: MemberInShort | None
    created_at: Instant
    last_message_at: Instant
    messages: int = Field(description="How many lines its thread has.")
    members: int = Field(description="How many follow it; minors are not counted.")
    following: bool
    muted: bool = Field(description="Muted with `PUT /threads/{id}/mute`.")
    closed: bool = Field(description="Nobody writes in it; reading and reacting go on.")
    closed_note: str = Field(description="Why, as who closed it says.")
    thread_id: str | None = Field(None, description="For who follows it.")

"""What the API says of a thread to one of its members, and of who else is in it."""

from pydantic import Field

from ssc.messaging import shapes
from ssc.people.shapes import MemberInShort
from ssc.web.api import Instant


class Thread(shapes.Thread):
    """A conversation as one of its members has it, with what only she sees of it."""

    other: str | None = Field(description="The other's handle, in a direct thread.")
    owner: str | None = Field(description="A group's owner's handle.")
    history: str = Field(description="`all`, or `since-joining`: what was written before stays closed to who joins.")
    posts: bool = Field(description="False: one reads here, and does not write.")
    closed: bool = Field(description="Nobody writes in it until it is opened again; reading and reacting go on.")
    draft: str


class Participant(MemberInShort):
    """Somebody in a thread. Who is blocked, or not to be seen by the reader, is not among them."""

    owner: bool
    invited: bool = Field(description="Asked in, and not yet decided.")
    joined_at: Instant

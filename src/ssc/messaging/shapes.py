"""What the API and the live frames say of threads and messages."""

from typing import Literal

from pydantic import BaseModel, Field

from ssc.people.shapes import MemberInShort
from ssc.web.api import Instant

ThreadKind = Literal["direct", "group", "cohort", "chapter", "topic", "event"]
MessageKind = Literal["text", "joined", "left", "renamed", "closed", "opened"]


class Attachment(BaseModel):
    """A file that a message carries. Its address checks at every read who asks; images come in sizes."""

    id: str
    url: str
    kind: Literal["image", "file"]
    name: str
    bytes: int
    width: int | None = None
    height: int | None = None


class Message(BaseModel):
    """A message, or a line about the thread: then `author` is null and `body` names who joined or left, who closed
    it or opened it again, or the new title. The same for every reader; who has a block towards the author gets it
    `withheld`."""

    id: str
    thread_id: str
    seq: int
    rev: int = Field(description="The thread's count of changes when this was last changed.")
    client_id: str | None
    kind: MessageKind
    author: MemberInShort | None
    body: str
    html: str
    reply_to: int | None = Field(description="The `seq` of the message it answers.")
    attachments: list[Attachment]
    reactions: dict[str, list[str]] = Field(description="By emoji the handles, the first to react first.")
    created_at: Instant
    edited_at: Instant | None
    deleted: bool
    pinned: bool = Field(default=False, description="Only there when true.")
    withheld: bool = Field(default=False, description="Only there when true.")


class Thread(BaseModel):
    """A conversation as one of its members has it. A direct thread's title is the other's name."""

    id: str
    kind: ThreadKind
    title: str
    members: int
    last_seq: int
    rev: int
    read_seq: int
    unread: int = Field(description="Messages of others above `read_seq`; counted up to 1,000.")
    mentions: int
    muted_until: Instant | None
    archived: bool
    request: Literal["incoming", "outgoing"] | None
    last_message: Message | None


class Messages(BaseModel):
    """Some of a thread's messages; `next` is always null: go on by `before`, `after` or `after_rev`."""

    items: list[Message]
    next: None = None


class Version(BaseModel):
    """What a message said from `written_at` on."""

    body: str
    html: str
    written_at: Instant


class History(BaseModel):
    """A message's versions, the first first; the last is what it says now."""

    items: list[Version]
    next: None = None

"""What the API says, as types. What newer servers say beyond them stays in the dict."""

import secrets
from typing import Any, Literal, NotRequired, TypedDict

Frame = dict[str, Any]
"""One JSON frame of the live interface: `op`, and what belongs to it."""


class Member(TypedDict):
    """Somebody in short."""

    handle: str
    name: str
    photo: dict[str, str] | None


class Attachment(TypedDict):
    id: str
    url: str
    kind: Literal["image", "file"]
    name: str
    bytes: int
    width: NotRequired[int | None]
    height: NotRequired[int | None]


class Message(TypedDict):
    id: str
    thread_id: str
    seq: int
    rev: int
    client_id: str | None
    kind: Literal["text", "joined", "left", "renamed", "closed", "opened"]
    author: Member | None
    body: str
    html: str
    reply_to: int | None
    attachments: list[Attachment]
    reactions: dict[str, list[str]]
    created_at: str
    edited_at: str | None
    deleted: bool
    withheld: NotRequired[bool]


class Thread(TypedDict):
    id: str
    kind: Literal["direct", "group", "cohort", "chapter", "topic", "event"]
    title: str
    members: int
    last_seq: int
    rev: int
    read_seq: int
    unread: int
    mentions: int
    muted_until: str | None
    archived: bool
    request: Literal["incoming", "outgoing"] | None
    last_message: Message | None


class Ack(TypedDict):
    """What was sent is durable, and has these numbers."""

    client_id: str
    thread_id: str
    seq: int
    rev: int


def new_client_id() -> str:
    """By which the club knows a message that is sent again."""
    return secrets.token_urlsafe(16)

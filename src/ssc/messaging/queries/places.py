"""Where the viewer stands in a thread: what every call about one asks first."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select

from ssc.core.db import Prepared, Session
from ssc.messaging.models import Thread, ThreadMember
from ssc.people.viewer import Viewer


class Place(NamedTuple):
    """A thread, and the viewer's own state in it."""

    id: UUID
    kind: str
    title: str
    owner_id: UUID | None
    subject: str | None
    history: str
    last_seq: int
    rev: int
    member_count: int
    last_message_at: datetime
    announces: bool
    closed_at: datetime | None
    closed_note: str
    member_id: UUID
    joined_seq: int
    request: str | None
    posts: bool
    read_seq: int
    muted_until: datetime | None
    archived_at: datetime | None
    draft: str

    @property
    def channel(self) -> str:
        return f"thread:{self.id}"


async def place_of(session: Session, viewer: Viewer, thread_id: UUID) -> Place | None:
    """The thread, if the viewer is in it; None for everybody else, as if it were not there."""
    rows = await _PLACE.rows(session, thread_id=thread_id, member_id=viewer.id)
    return Place(*rows[0]) if rows else None


PLACE_COLUMNS: tuple[Any, ...] = (
    Thread.id,
    Thread.kind,
    Thread.title,
    Thread.owner_id,
    Thread.subject,
    Thread.history,
    Thread.last_seq,
    Thread.rev,
    Thread.member_count,
    Thread.last_message_at,
    Thread.announces,
    Thread.closed_at,
    Thread.closed_note,
    ThreadMember.member_id,
    ThreadMember.joined_seq,
    ThreadMember.request,
    ThreadMember.posts,
    ThreadMember.read_seq,
    ThreadMember.muted_until,
    ThreadMember.archived_at,
    ThreadMember.draft,
)
_PLACE = Prepared(
    select(*PLACE_COLUMNS)
    .join(ThreadMember, ThreadMember.thread_id == Thread.id)
    .where(
        Thread.id == bindparam("thread_id", type_=Uuid),
        ThreadMember.member_id == bindparam("member_id", type_=Uuid),
        ThreadMember.left_at.is_(None),
    )
)

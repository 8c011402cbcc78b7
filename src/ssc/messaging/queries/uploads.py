"""Files that the viewer may read: her own that wait for their message, and those of messages she may read."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import LiteralString
from uuid import UUID

from sqlalchemy import select

from ssc.core.db import Session
from ssc.messaging.models import Upload
from ssc.people.viewer import Viewer


async def readable_upload(session: Session, viewer: Viewer, upload_id: UUID) -> Upload | None:
    """The file, if she may read a message that carries it, at this moment; None as if there were none."""
    values = {"id": upload_id, "me": viewer.id, "blocked": list(viewer.blocked)}
    if not await session.rows(_READABLE, values, prepare=True):
        return None
    return await session.get(Upload, upload_id)


async def pictures_of(session: Session, thread_id: UUID, seqs: Sequence[int]) -> Mapping[int, Sequence[Upload]]:
    """The pictures of these messages, by `seq`; who may read them is asked by the caller."""
    chosen = select(Upload).where(Upload.thread_id == thread_id, Upload.seq.in_(seqs), Upload.kind == "image")
    found: defaultdict[int, list[Upload]] = defaultdict(list)
    for upload in await session.scalars(chosen.order_by(Upload.seq, Upload.position)):
        found[upload.seq or 0].append(upload)
    return found


_READABLE: LiteralString = """
SELECT u.id FROM upload u
WHERE u.id = %(id)s AND CASE WHEN u.seq IS NULL THEN u.member_id = %(me)s ELSE EXISTS (
    SELECT FROM message m
    JOIN thread t ON t.id = m.thread_id
    JOIN thread_member tm ON tm.thread_id = m.thread_id AND tm.member_id = %(me)s AND tm.left_at IS NULL
    WHERE m.thread_id = u.thread_id AND m.seq = u.seq AND m.deleted_at IS NULL
        AND (t.kind = 'direct' OR tm.request IS NULL)
        AND (t.history <> 'since-joining' OR m.seq > tm.joined_seq)
        AND (m.author_id IS NULL OR m.author_id <> ALL(%(blocked)s::uuid[]))
) END
"""

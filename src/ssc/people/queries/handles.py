"""Whose handle it is."""

import re
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import String, and_, bindparam, select

from ssc.core.db import Prepared, Session
from ssc.people.models import Member

_HANDLE = re.compile(r"[A-Za-z0-9-]{1,40}")


async def by_handle(session: Session, handle: str) -> Member | None:
    found: Member | None = await session.scalar(
        select(Member).where(and_(Member.handle == handle, Member.joined_at.is_not(None)))
    )
    return found


async def handles_of(session: Session, member_ids: Iterable[UUID]) -> tuple[str, ...]:
    """Whoever asks."""
    rows = await session.scalars(select(Member.handle).where(Member.id.in_(member_ids)))
    return tuple(handle for handle in rows if handle)


async def id_of(session: Session, handle: str) -> UUID | None:
    """Whose handle this is; a text that cannot be one is nobody's."""
    if not _HANDLE.fullmatch(handle):
        return None
    rows = await _ID_OF.rows(session, handle=handle.lower())
    return rows[0].id if rows else None


_ID_OF = Prepared(select(Member.id).where(Member.handle == bindparam("handle", type_=String())))

"""Reading: the list up to what was seen, or the thing itself."""

from dataclasses import replace
from typing import LiteralString
from uuid import UUID

from sqlalchemy import delete, or_

from ssc.core import clock, live
from ssc.core.db import Session
from ssc.notifications.actions.telling import withdraw
from ssc.notifications.models import Notice
from ssc.notifications.rules import READ_KEPT_FOR, UNREAD_KEPT_FOR
from ssc.people.viewer import Viewer


async def read_up_to(session: Session, viewer: Viewer, notice_id: UUID) -> int:
    """Everything that had come when this notice did is read; answers how many are not. What came since stays new."""
    await session.rows(_READ, {"me": viewer.id, "up_to": notice_id, "now": clock.now()})
    ((unread,),) = await session.rows(_UNREAD, {"me": viewer.id})
    live.notice(session, [(viewer.id, "")])
    return int(unread)


async def seen(session: Session, viewer: Viewer, subject: str) -> Viewer:
    """The viewer looks at the thing itself: its notices are read. Answers her with what is left on the bell."""
    if not viewer.notices_unread:
        return viewer
    gone = await withdraw(session, subject, [viewer.id])
    return replace(viewer, notices_unread=max(0, viewer.notices_unread - len(gone))) if gone else viewer


async def forget(session: Session) -> None:
    """Deletes what nobody will look for any more."""
    now = clock.now()
    await session.execute(
        delete(Notice).where(or_(Notice.read_at < now - READ_KEPT_FOR, Notice.created_at < now - UNREAD_KEPT_FOR))
    )


_READ: LiteralString = """
WITH mine AS (
    SELECT id FROM notice WHERE member_id = %(me)s AND read_at IS NULL AND shown AND id <= %(up_to)s
    ORDER BY kind, subject FOR UPDATE
), done AS (
    UPDATE notice SET read_at = %(now)s, mail_at = NULL, push_at = NULL FROM mine WHERE notice.id = mine.id
    RETURNING notice.id
) SELECT count(*) FROM done
"""
_UNREAD: LiteralString = "SELECT count(*) FROM notice WHERE member_id = %(me)s AND read_at IS NULL AND shown"

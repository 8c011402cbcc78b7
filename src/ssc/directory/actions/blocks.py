"""Blocking: from then on both are silent to each other."""

from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from ssc.core import clock, errors, live
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.notifications import actions as notifications
from ssc.people.models import Block
from ssc.people.viewer import Viewer


async def block(session: Session, viewer: Viewer, member_id: UUID) -> None:
    """Blocks; once more changes nothing. 422 for oneself."""
    if member_id == viewer.id:
        raise errors.invalid(("handle", _("You cannot block yourself.")))
    row = {"member_id": viewer.id, "blocked_id": member_id, "created_at": clock.now()}
    await session.execute(insert(Block).values(row).on_conflict_do_nothing())
    await notifications.silence(session, viewer.id, member_id)
    _tell_both(session, viewer.id, member_id)


async def unblock(session: Session, viewer: Viewer, member_id: UUID) -> None:
    """Takes one's own block away; the other's stays."""
    await session.execute(delete(Block).where(Block.member_id == viewer.id, Block.blocked_id == member_id))
    _tell_both(session, viewer.id, member_id)


def _tell_both(session: Session, *member_ids: UUID) -> None:
    for member_id in member_ids:
        live.refresh(session, member_id)

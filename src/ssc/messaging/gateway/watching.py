"""Presence: who of those one asks for is here, as far as they let themselves be seen."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select

from ssc.core.db import Session
from ssc.people import queries as people
from ssc.people.models import Member
from ssc.people.viewer import Viewer


async def watched_of(session: Session, viewer: Viewer, handles: Collection[str]) -> dict[UUID, str]:
    """Of these those who show their presence, and whom the viewer may know; for all others nothing is told."""
    rows = await session.execute(
        select(Member.id, Member.handle).where(Member.handle.in_(handles), Member.presence, Member.id != viewer.id)
    )
    found = {member_id: handle for member_id, handle in rows if handle}
    seen = await people.reached(session, viewer, list(found))
    return {one.id: found[one.id] for one in seen}


def present(handles: Sequence[str], watched: dict[UUID, str], here: set[UUID]) -> list[tuple[str, bool]]:
    """The answer for each handle asked for: who hides looks as if away."""
    online = {watched[member_id] for member_id in here}
    return [(handle, handle in online) for handle in handles]

"""A member's calendar address: made anew, the old one leads nowhere."""

from sqlalchemy.dialects.postgresql import insert

from ssc.core import clock, ids
from ssc.core.db import Session
from ssc.events.models import CalendarFeed
from ssc.people.viewer import Viewer


async def renew_feed(session: Session, viewer: Viewer) -> str:
    """The address, shown this once."""
    secret = ids.secret()
    made = {"digest": ids.digest(secret), "created_at": clock.now()}
    statement = insert(CalendarFeed).values(member_id=viewer.id, **made)
    await session.execute(statement.on_conflict_do_update(index_elements=["member_id"], set_=made))
    return f"{session.settings.base_url}/calendar/{secret}.ics"


async def end_feed(session: Session, viewer: Viewer) -> None:
    """The address leads nowhere from now on."""
    held = await session.get(CalendarFeed, viewer.id)
    if held is not None:
        await session.delete(held)

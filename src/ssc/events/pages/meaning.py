"""Whom an organiser means by what she typed."""

from uuid import UUID

from ssc.core import errors
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.events.queries import attendees
from ssc.events.queries.events import Seen
from ssc.people.viewer import Viewer


async def meant(session: Session, viewer: Viewer, found: Seen, typed: str, *, at: str) -> UUID:
    """By handle, else by name; 422 at the field for nobody, and for several, who are named with their handles."""
    known = await attendees.member_meant(session, viewer, found, typed.removeprefix("@"))
    if known is not None:
        return known
    called = await attendees.members_called(session, viewer, typed)
    if len(called) == 1:
        return called[0].id
    if not called:
        raise errors.invalid((at, _("Nobody is known under this handle or name.")))
    names = ", ".join(f"{one.member.name} ({one.member.handle})" for one in called)
    raise errors.invalid((at, _("Several are called so; write the handle: {names}", names=names)))

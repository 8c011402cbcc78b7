"""Beginning to talk: a direct thread, one for each pair, and groups."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from ssc.core import errors
from ssc.core import live as delivery
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.core.limits import Limits
from ssc.messaging import contact, limiting
from ssc.messaging.actions import lines
from ssc.messaging.contact import Asked
from ssc.messaging.models import DirectPair, Thread, ThreadMember
from ssc.messaging.queries.contact import asked, of_viewer, pair_of
from ssc.messaging.queries.participants import requests_waiting
from ssc.people.viewer import Viewer


async def open_direct(session: Session, limits: Limits, viewer: Viewer, handle: str) -> tuple[UUID, bool]:
    """The direct thread with this member, and whether it is new. However many ask at once, it is one.

    404 for who is not there for the viewer; 403 `not-accepting` alike for a block, a minor, and who takes no messages.
    """
    (other,) = await asked(session, viewer, [handle])
    if other.id == viewer.id:
        raise errors.invalid(("member", _("This is you.")))
    low, high = sorted((viewer.id, other.id))
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"direct:{low}:{high}", 0))))
    known = await pair_of(session, viewer.id, other.id)
    if other.blocked or not contact.may_be_two(of_viewer(viewer), other):
        raise contact.not_accepting()
    if known is not None:
        await _come_back(session, viewer, known)
        return known, False
    opening = contact.opening(other, by_staff=viewer.is_staff)
    if opening == "refused":
        raise contact.not_accepting()
    await limiting.check_free(session, viewer)
    is_request = opening == "request"
    waiting = await requests_waiting(session, viewer.id) if is_request else 0
    await limiting.count_first_message(limits, viewer, request=is_request, waiting=waiting)
    return await _begin(session, viewer, other, is_request), True


async def open_group(
    session: Session, limits: Limits, viewer: Viewer, title: str, handles: Sequence[str], history: str = "all"
) -> UUID:
    """A group of the viewer's: who shares history with her is in it at once, others are invited.

    404 and 403 as for direct threads, for whoever of them; 20 groups and 50 invitations a day.
    """
    others = [one for one in await asked(session, viewer, handles) if one.id != viewer.id]
    openings = {one.id: contact.opening(one, by_staff=viewer.is_staff) for one in others}
    if "refused" in openings.values() or not contact.may_sit_together([of_viewer(viewer), *others]):
        raise contact.not_accepting()
    await limiting.check_free(session, viewer)
    await limits.take(limiting.GROUPS, str(viewer.id))
    if others:
        await limits.take(limiting.INVITATIONS, str(viewer.id), len(others))
    thread = Thread(kind="group", title=title, owner_id=viewer.id, history=history, last_seq=0, rev=0, member_count=0)
    session.add(thread)
    await session.flush()
    await lines.enter(session, thread, viewer.id, line=False)
    for one in others:
        if openings[one.id] == "open":
            await lines.enter(session, thread, one.id, line=False)
        else:
            await lines.invite(session, thread, one.id)
    await session.flush()
    return thread.id


async def _come_back(session: Session, viewer: Viewer, thread_id: UUID) -> None:
    """Who looks for the thread wants to see it: it leaves the archive, and a request that was declined waits again."""
    place = await session.get_one(ThreadMember, (thread_id, viewer.id), with_for_update=True)
    if place.request == "declined":
        place.request = "incoming"
        delivery.admit(session, viewer.id, f"thread:{thread_id}")
    place.archived_at = None


async def _begin(session: Session, viewer: Viewer, other: Asked, is_request: bool) -> UUID:
    thread = Thread(kind="direct", owner_id=viewer.id, member_count=2)
    session.add(thread)
    await session.flush()
    low, high = sorted((viewer.id, other.id))
    session.add(DirectPair(thread_id=thread.id, low_id=low, high_id=high))
    own, theirs = ("outgoing", "incoming") if is_request else (None, None)
    session.add(ThreadMember(thread_id=thread.id, member_id=viewer.id, request=own))
    session.add(ThreadMember(thread_id=thread.id, member_id=other.id, request=theirs))
    await session.flush()
    for member_id in (viewer.id, other.id):
        delivery.admit(session, member_id, thread.channel)
    return thread.id

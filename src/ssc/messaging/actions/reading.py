"""How far somebody has read: her own in all her tabs, and told to others only where both want that."""

from sqlalchemy import update

from ssc.core import errors, live
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.core.live import Publication
from ssc.messaging import encoding, rules
from ssc.messaging.models import ThreadMember
from ssc.messaging.queries.places import Place
from ssc.messaging.telling import withdraw
from ssc.people.viewer import Viewer


async def read_up_to(session: Session, viewer: Viewer, place: Place, seq: int) -> None:
    """Notes that the viewer has read up to `seq`; a smaller one than before marks as unread."""
    if seq > place.last_seq:
        raise errors.invalid(("seq", _("There is no such message in this thread.")))
    own = (ThreadMember.thread_id == place.id, ThreadMember.member_id == viewer.id)
    await session.execute(update(ThreadMember).where(*own).values(read_seq=seq))
    if seq == place.last_seq:
        await withdraw(session, place.id, [viewer.id])
    frame = encoding.frame("read", thread_id=str(place.id), handle=viewer.member.handle, seq=seq)
    if rules.shows_reading(viewer.member.read_receipts, place):  # which her own tabs follow too
        live.publish(session, Publication(rules.receipts_channel(place.id), frame, author=viewer.id))
    else:
        live.publish(session, Publication(live.channel_of(viewer.id), frame))

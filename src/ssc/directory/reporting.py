"""Members as they can be reported: what she says of herself, as whoever reports her sees it."""

from dataclasses import replace
from uuid import UUID

from ssc.core.blobs import Blobs
from ssc.core.db import Session
from ssc.core.i18n import words
from ssc.directory import actions
from ssc.moderation.targets import Found, Line, Target
from ssc.people import queries as people
from ssc.people.viewer import Viewer


async def _reach(session: Session, viewer: Viewer, handle: str) -> Found | None:
    """Whom the viewer may see, also where a block stands between the two: one may report whom one has blocked."""
    seen = await people.reached_by_handle(session, replace(viewer, blocked=frozenset()), handle)
    if seen is None:
        return None
    member = seen.member
    texts = [member.headline, member.bio, member.affiliation, *(member.links or ())]
    lines = [Line(member.name, text, reported=True) for text in texts if text]
    return Found(member.handle, member.name, seen.id, lines, url=f"/members/{member.handle}")


async def _remove(session: Session, blobs: Blobs, handle: str, _by: UUID) -> None:
    """What she wrote of herself is emptied, and her photo taken away; she may fill it in anew."""
    member = await people.by_handle(session, handle)
    if member is not None:
        await actions.empty_profile(session, blobs, member)


MEMBER = Target("member", words("Profile"), _reach, _remove)

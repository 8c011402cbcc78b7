"""How much of the directory one member reads: enough for anybody's purpose, not the whole of it in a day."""

from collections.abc import Collection
from uuid import UUID

from ssc.core import audit
from ssc.core.errors import Problem
from ssc.core.i18n import _
from ssc.core.limits import Limit
from ssc.core.process import Process
from ssc.people.viewer import Viewer

REQUESTS = Limit("directory-requests", 600, 3600)
PROFILES = Limit("directory-profiles", 2000, 24 * 3600)
UPLOADS = Limit("uploads", 60, 3600)
_TOLD = Limit("directory-told", 1, 24 * 3600)


async def count_request(process: Process, viewer: Viewer | None) -> None:
    """Counts one reading of the directory; 429 when the hour's are used up."""
    if viewer is None:
        return
    try:
        await process.limits.take(REQUESTS, str(viewer.id))
    except Problem as refused:
        await _tell_desk(process, viewer, "requests")
        refused.detail = _("You can ask the directory 600 times an hour.")
        raise


async def count_profiles(process: Process, viewer: Viewer | None, member_ids: Collection[UUID]) -> None:
    """Counts the profiles shown, each once a day; 429 when the day's are used up."""
    others = [str(one) for one in member_ids if viewer is not None and one != viewer.id]
    if viewer is None or not others:
        return
    try:
        await process.limits.take_each(PROFILES, str(viewer.id), others)
    except Problem as refused:
        await _tell_desk(process, viewer, "profiles")
        refused.detail = _("You can see the profiles of 2,000 members a day.")
        raise


async def _tell_desk(process: Process, viewer: Viewer, what: str) -> None:
    """Once a day, in a transaction that the refusal does not undo."""
    try:
        await process.limits.take(_TOLD, str(viewer.id))
    except Problem:
        return
    async with process.database.apart() as session:
        audit.write(session, viewer.id, "directory.limit", f"member:{viewer.id}", what=what)

"""What those are told who may vouch for somebody that asks to come back."""

from collections.abc import Sequence

from ssc.core.db import Session
from ssc.core.i18n import _, ngettext, words
from ssc.notifications.kinds import Kind, Quote, Told
from ssc.people.viewer import Viewer
from ssc.roster.recovering import queries

# One for all: whoever asks for many records at once rings nobody's bell many times (case 63).
SUBJECT = "recoveries"


def _asks(told: Told) -> str:
    if told.count == 1:
        return _("{name} asks to come back. Do you know them?", name=told.data.get("name", ""))
    return ngettext(
        "{n} person asks to come back. Do you know them?",
        "{n} people ask to come back. Do you know them?",
        told.count,
    )


def _title(told: Told) -> str:
    return _("Do you know them?")


async def _still_asked(session: Session, viewer: Viewer, subject: str) -> Sequence[Quote] | None:
    pleas = await queries.pleas_for(session, viewer)
    return () if any(not plea.vouched for plea in pleas) else None


VOUCHING = Kind(
    "vouching",
    words("People of your exchanges who ask to come back"),
    _asks,
    _title,
    push=True,
    look=_still_asked,
)
KINDS = (VOUCHING,)

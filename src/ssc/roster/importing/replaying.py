"""Single lines of a roster carried out later: when staff have decided whom a waiting person's lines are about."""

import json
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text

from ssc.core import errors
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.roster.importing.applying import apply_changes
from ssc.roster.importing.changes import find_changes
from ssc.roster.importing.exchanges import find_exchanges
from ssc.roster.importing.likely import no_candidates
from ssc.roster.importing.lines import Line
from ssc.roster.importing.persons import find_persons, settle
from ssc.roster.importing.running import ONE_AT_A_TIME
from ssc.roster.importing.staging import stage


async def replay(
    session: Session, lines: Sequence[Line], columns: Sequence[str], file_name: str, to: UUID | None
) -> UUID:
    """Applies lines of one person to the member `to`, or to a new one (None); whose id it answers.

    Takes nothing away but what a line itself withdraws. 409 while an import runs, or for a new exchange of which
    too little is known.
    """
    free = await session.scalar(text("SELECT pg_try_advisory_xact_lock_shared(:key)"), {"key": ONE_AT_A_TIME})
    if not free:
        raise errors.conflict(_("An import is running. Decide when it has ended."))
    await stage(session, iter(lines), _nobody)
    await find_exchanges(session)
    if await session.scalar(text("SELECT count(*) FROM roster_row WHERE faults IS NOT NULL")):
        raise errors.conflict(_("The exchange is not known any more. Import its roster again."))
    await find_persons(session)
    await session.execute(text("UPDATE roster_person SET member_id = :to, verdict = NULL"), {"to": to})
    await no_candidates(session)
    await settle(session)
    await find_changes(session, frozenset(columns), file_name, correcting=False)
    await apply_changes(session, json.dumps(sorted(columns)), file_name, rows_count=False)
    found = await session.scalar(text("SELECT member_id FROM roster_person"))
    assert isinstance(found, UUID)
    return found


async def _nobody(_count: int) -> None:
    """Few lines need no progress."""

"""The changes of an import carried out, each kind after what it stands on."""

from ssc.core import clock
from ssc.core.db import Session
from ssc.roster.importing.applying.derived import refresh_derived
from ssc.roster.importing.applying.exchanges import apply_exchanges, apply_senders
from ssc.roster.importing.applying.members import apply_members, forget_addresses
from ssc.roster.importing.applying.participations import apply_participations, keep_lines
from ssc.roster.importing.applying.waiting import keep_waiting


async def apply_changes(session: Session, columns: str, file_name: str, *, rows_count: bool = True) -> None:
    """Carries out what `find_changes` found. `columns` is a JSON list of the fields that the file has.

    `rows_count`: what was staged are rows of a file. What a decision puts together of several is not.
    """
    now = clock.now()
    await apply_exchanges(session, now)
    await apply_members(session, now)
    await apply_participations(session, now, file_name)
    if rows_count:
        await keep_lines(session, now, file_name)
    await forget_addresses(session)
    await apply_senders(session)
    await keep_waiting(session, now, columns, file_name)
    await refresh_derived(session)

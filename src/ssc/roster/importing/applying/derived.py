"""What follows from a change of members and exchanges: majority, countries, the directory."""

from sqlalchemy import text

from ssc.communities.actions import keep_cohorts, settle
from ssc.core.db import Session
from ssc.directory.actions import refresh as refresh_directory
from ssc.people import actions as people

MANY = 5000
"""From so many on, what is derived is derived anew for everybody."""

_TOUCHED = """
SELECT member_id FROM roster_change WHERE changed AND verdict IN ('known', 'new')
UNION SELECT member_id FROM roster_gone
"""

_VISITED = """
SELECT exchange_id FROM roster_change WHERE changed AND exchange_id IS NOT NULL
UNION SELECT exchange_id FROM roster_gone
"""

# Of those of whom something changed, who have joined: in whose chapters that may change who sits there.
_HERE = f"SELECT id FROM member WHERE joined_at IS NOT NULL AND id IN ({_TOUCHED})"  # noqa: S608  # our own words only

# A claimed profile shows its exchanges' hosts and years, so it changes with its mates' lines too.
_SHOWN = f"""
SELECT m.id FROM member m WHERE m.joined_at IS NOT NULL AND (m.id IN ({_TOUCHED}) OR EXISTS (
    SELECT FROM participation t WHERE t.member_id = m.id AND t.exchange_id IN ({_VISITED})))
"""  # noqa: S608  # our own words only


async def refresh_derived(session: Session) -> None:
    """What is derived of members and exchanges, where something changed."""
    touched = list(await session.scalars(text(_TOUCHED)))
    visited = list(await session.scalars(text(_VISITED)))
    if touched:
        await people.refresh_adulthood(session, touched if len(touched) < MANY else None)
    if touched:
        here = list(await session.scalars(text(_HERE)))
        await settle(session, here if len(here) < MANY else None)
    if visited:
        await people.refresh_exchanges(session, visited if len(visited) < MANY else None)
        shown = await session.scalars(text(_SHOWN))
        await refresh_directory(session, list(shown))
        await keep_cohorts(session, visited if len(visited) < MANY else None)

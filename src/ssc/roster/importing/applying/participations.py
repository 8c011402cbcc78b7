"""Who took part in what, the roster's own lines, and what is taken away."""

from datetime import datetime

from ssc.core.db import Session
from ssc.roster.importing.applying.statements import run
from ssc.roster.importing.staging import UUID7

_PARTICIPATIONS = f"""
INSERT INTO participation (id, member_id, exchange_id, role, field, created_at)
SELECT {UUID7}, g.member_id, g.exchange_id, coalesce(g.line->>'role', 'participant'), g.line->>'field', :now
FROM roster_change g WHERE g.verdict IN ('known', 'new') AND g.changed AND NOT g.withdrawn AND NOT g.took_part
"""  # noqa: S608  # our own words only

_CORRECTED_PARTICIPATIONS = """
UPDATE participation t SET role = coalesce(g.line->>'role', 'participant'), field = g.line->>'field'
FROM roster_change g
WHERE g.verdict = 'known' AND g.changed AND NOT g.withdrawn AND g.old IS NOT NULL
    AND t.member_id = g.member_id AND t.exchange_id = g.exchange_id
    AND (g.old->'role' IS DISTINCT FROM g.line->'role' OR g.old->'field' IS DISTINCT FROM g.line->'field')
"""

_ENTRIES = """
INSERT INTO roster_entry (member_id, exchange_id, line, row, file_name, updated_at)
SELECT member_id, exchange_id, line, last_row, :file_name, :now
FROM roster_change WHERE verdict IN ('known', 'new') AND NOT withdrawn AND NOT (counted AND old IS NULL)
ON CONFLICT (member_id, exchange_id) DO UPDATE SET line = excluded.line, row = excluded.row,
    file_name = excluded.file_name, updated_at = excluded.updated_at
WHERE (roster_entry.line, roster_entry.row, roster_entry.file_name)
    IS DISTINCT FROM (excluded.line, excluded.row, excluded.file_name)
"""

_IDENTITIES = """
INSERT INTO roster_identity (key, member_id)
SELECT DISTINCT ON (r.key) r.key, who.member_id
FROM roster_row r JOIN roster_person who ON who.person = r.person AND who.verdict IN ('known', 'new', 'none')
WHERE r.faults IS NULL ORDER BY r.key, r.row
ON CONFLICT (key) DO UPDATE SET member_id = excluded.member_id
WHERE roster_identity.member_id IS NULL AND excluded.member_id IS NOT NULL
"""

_GONE = """
CREATE TEMP TABLE roster_gone ON COMMIT DROP AS
SELECT member_id, exchange_id FROM roster_loss
UNION SELECT member_id, exchange_id FROM roster_change WHERE verdict = 'known' AND changed AND withdrawn
"""

_TAKEN_AWAY = (
    "DELETE FROM participation t USING roster_gone g WHERE t.member_id = g.member_id AND t.exchange_id = g.exchange_id",
    "DELETE FROM roster_entry e USING roster_gone g WHERE e.member_id = g.member_id AND e.exchange_id = g.exchange_id",
)


# Beside rows that count already stand those that staff gave her; new rows stand alone.
_BROUGHT = """
CREATE TEMP TABLE roster_brought ON COMMIT DROP AS
SELECT g.member_id, g.exchange_id, g.person, g.code, g.line, g.first_row = g.last_row AS alone,
    NOT g.took_part OR coalesce((
        SELECT bool_or(l.brought) FROM roster_line l WHERE l.member_id = g.member_id AND l.exchange_id = g.exchange_id
    ), g.old IS NOT NULL) AS brought
FROM roster_change g
WHERE g.verdict IN ('known', 'new') AND NOT g.counted AND g.exchange_id IS NOT NULL
"""

_LINES = (
    "DELETE FROM roster_line l USING roster_brought b "
    "WHERE l.member_id = b.member_id AND l.exchange_id = b.exchange_id",
    "DELETE FROM roster_line l USING roster_loss g WHERE l.member_id = g.member_id AND l.exchange_id = g.exchange_id",
    """INSERT INTO roster_line
        (member_id, exchange_id, digest, key, line, withdrawn, brought, row, file_name, applied_at)
    SELECT DISTINCT ON (b.member_id, b.exchange_id, r.digest) b.member_id, b.exchange_id, r.digest, r.key,
        CASE WHEN b.alone THEN b.line ELSE r.line END, r.withdrawn, b.brought, r.row, :file_name, :now
    FROM roster_brought b JOIN roster_row r ON r.person = b.person AND r.code = b.code AND r.faults IS NULL
    ORDER BY b.member_id, b.exchange_id, r.digest, r.row DESC""",
)


async def keep_lines(session: Session, now: datetime, file_name: str) -> None:
    """Keeps the rows that count from now on, for members who are decided."""
    for statement in (_BROUGHT, *_LINES):
        await run(session, statement, now=now, file_name=file_name)


async def apply_participations(session: Session, now: datetime, file_name: str) -> None:
    """Leaves in `roster_gone` what was taken away."""
    for statement in (_PARTICIPATIONS, _CORRECTED_PARTICIPATIONS, _ENTRIES, _IDENTITIES, _GONE, *_TAKEN_AWAY):
        await run(session, statement, now=now, file_name=file_name)

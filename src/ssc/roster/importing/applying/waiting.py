"""People who wait for a decision, and whom they may be."""

from datetime import datetime

from ssc.core.db import Session
from ssc.roster.importing.applying.statements import run
from ssc.roster.importing.staging import UUID7

_WAITING = f"""
INSERT INTO waiting_person (id, key, name, country, birth_date, lines, columns, file_name, created_at)
SELECT {UUID7}, who.key, who.name, who.country, who.birth_date,
    jsonb_agg(jsonb_build_object('row', p.last_row, 'code', p.code, 'withdrawn', p.withdrawn, 'line', p.line,
        'rows', (SELECT jsonb_agg(DISTINCT jsonb_build_array(encode(r.key, 'hex'), r.digest)) FROM roster_row r
            WHERE r.person = p.person AND r.code = p.code AND r.faults IS NULL)) ORDER BY p.first_row),
    CAST(:columns AS jsonb), :file_name, :now
FROM roster_person who JOIN roster_pair p ON p.person = who.person
WHERE who.verdict = 'waiting'
GROUP BY who.key, who.name, who.country, who.birth_date
ON CONFLICT (key) DO UPDATE SET name = excluded.name, lines = excluded.lines, columns = excluded.columns,
    file_name = excluded.file_name
"""  # noqa: S608  # our own words only

_DUPLICATES = f"""
INSERT INTO duplicate (id, member_id, waiting_id, score, likeness, created_at)
SELECT {UUID7}, n.member_id, n.waiting_id, n.score, n.likeness, :now FROM (
    SELECT DISTINCT ON (w.id, coalesce(c.member_id, o.member_id)) w.id AS waiting_id,
        coalesce(c.member_id, o.member_id) AS member_id, c.score, c.likeness
    FROM roster_candidate c JOIN roster_person who ON who.person = c.person AND who.verdict = 'waiting'
    JOIN waiting_person w ON w.key = who.key
    LEFT JOIN roster_person o ON o.person = c.other
    WHERE coalesce(c.member_id, o.member_id) IS NOT NULL
    ORDER BY w.id, coalesce(c.member_id, o.member_id), c.score DESC
) n ON CONFLICT DO NOTHING
"""  # noqa: S608  # our own words only


# The row of this file that she waited for now says something else of her: it was corrected, and nothing waits any more.
_CORRECTED = """
DELETE FROM waiting_person w USING roster_row r
WHERE w.member_id IS NULL AND w.file_name = :file_name AND jsonb_array_length(w.lines) = 1
    AND (w.lines->0->>'row')::int = r.row AND r.faults IS NULL AND r.key <> w.key
    AND (r.name = w.name OR w.lines->0->'line'->>'email' = ANY (r.emails))
    AND NOT EXISTS (SELECT FROM roster_row o WHERE o.key = w.key)
"""


async def keep_waiting(session: Session, now: datetime, columns: str, file_name: str) -> None:
    """Who waits already keeps her place; her lines are those of this file."""
    for statement in (_WAITING, _DUPLICATES):
        await run(session, statement, now=now, file_name=file_name, columns=columns)


async def forget_corrected(session: Session, file_name: str) -> None:
    """For a whole file: who waited for a row that was corrected since waits no more."""
    await run(session, _CORRECTED, file_name=file_name)

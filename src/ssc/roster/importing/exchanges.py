"""Which exchanges the staged rows name: those that are known, and those that are to be."""

from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import aliased

from ssc.core.db import Session
from ssc.programmes.models import Exchange, OrganisationName
from ssc.roster.importing.staging import UUID7
from ssc.roster.reading.folding import fold

_NEEDED = """
UPDATE roster_row r
SET faults = jsonb_build_array(jsonb_build_object(
    'column', n.lacks, 'fault', n.fault, 'values', jsonb_build_object('code', r.code)))
FROM (
    SELECT s.code,
        CASE WHEN bool_or(s.line ? 'programme') THEN 'fiscal_year' ELSE 'programme' END AS lacks,
        CASE WHEN bool_or(s.line ? 'programme') THEN 'year.needed' ELSE 'programme.needed' END AS fault
    FROM roster_row s
    WHERE s.faults IS NULL AND NOT EXISTS (SELECT FROM exchange e WHERE e.code = s.code)
    GROUP BY s.code
    HAVING NOT (bool_or(s.line ? 'programme') AND bool_or(s.line ? 'fiscal_year'))
) n
WHERE r.code = n.code AND r.faults IS NULL
"""

_CODES = f"""
CREATE TEMP TABLE roster_code ON COMMIT DROP AS
SELECT c.code, e.id IS NULL AS is_new, coalesce(e.id, {UUID7}) AS exchange_id,
    coalesce(e.fiscal_year, c.fiscal_year) AS fiscal_year
FROM (
    SELECT code, (array_agg((line->>'fiscal_year')::int ORDER BY row DESC)
        FILTER (WHERE line ? 'fiscal_year'))[1] AS fiscal_year
    FROM roster_row WHERE faults IS NULL GROUP BY code HAVING NOT bool_and(withdrawn)
        OR EXISTS (SELECT FROM exchange k WHERE k.code = roster_row.code)
) c LEFT JOIN exchange e ON e.code = c.code
"""  # noqa: S608  # our own words only


async def find_exchanges(session: Session) -> None:
    """Fills `roster_code`. Rows of a new exchange without programme or fiscal year turn bad."""
    await _find_made(session)
    await session.execute(text(_NEEDED))
    await session.execute(text(_CODES))
    await session.execute(text("ALTER TABLE roster_code ADD PRIMARY KEY (code)"))
    await session.execute(text("ANALYZE roster_code"))


async def _find_made(session: Session) -> None:
    """Rows without a code of their own belong to the exchange that is known by title, fiscal year and host."""
    made = await session.execute(
        text(
            "SELECT DISTINCT code, line->>'exchange_title' AS title, (line->>'fiscal_year')::int AS year, host_key "
            "FROM roster_row WHERE code_made AND faults IS NULL ORDER BY code"
        )
    )
    for code, title, year, host_key in made.all():
        known = await _known_as(session, title, year, host_key)
        if known and known != code:
            await session.execute(
                text("UPDATE roster_row SET code = :known WHERE code = :code AND code_made"),
                {"known": known, "code": code},
            )


async def _known_as(session: Session, title: str, year: int, host_key: str) -> Any:
    host = aliased(OrganisationName)
    rows = await session.execute(
        select(Exchange.code, Exchange.title)
        .join(host, host.organisation_id == Exchange.host_id)
        .where(Exchange.fiscal_year == year, host.key == host_key)
        .order_by(Exchange.code)
    )
    return next((code for code, known in rows if fold(known) == fold(title)), None)

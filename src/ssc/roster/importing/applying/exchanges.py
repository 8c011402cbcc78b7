"""Organisations and exchanges as the file names them."""

from datetime import datetime

from ssc.core.db import Session
from ssc.roster.importing.applying.statements import run
from ssc.roster.importing.staging import UUID7

# Only what concerns people who are decided; who waits brings nothing but her exchange's existence.
_ORGANISATIONS = f"""
CREATE TEMP TABLE roster_organisation ON COMMIT DROP AS
SELECT n.key, n.name, n.country, o.organisation_id IS NULL AS is_new, coalesce(o.organisation_id, {UUID7}) AS id
FROM (
    SELECT key, (array_agg(name ORDER BY row))[1] AS name,
        CASE WHEN bool_or(hosts) THEN 'JP' WHEN count(DISTINCT country) = 1 THEN min(country) END AS country
    FROM (
        SELECT row, host_key AS key, line->>'host' AS name, country, true AS hosts
        FROM roster_row WHERE faults IS NULL AND host_key IS NOT NULL
        UNION ALL
        SELECT r.row, s.key, s.name, r.country, false
        FROM roster_row r, unnest(r.sending_keys, ARRAY(SELECT jsonb_array_elements_text(r.line->'sending')))
            AS s(key, name)
        WHERE r.faults IS NULL AND r.line ? 'sending'
    ) named GROUP BY key
) n LEFT JOIN organisation_name o ON o.key = n.key
"""  # noqa: S608  # our own words only

_NEW_ORGANISATIONS = (
    "INSERT INTO organisation (id, name, country, created_at) "
    "SELECT id, name, country, :now FROM roster_organisation WHERE is_new",
    "INSERT INTO organisation_name (id, organisation_id, name, key) "  # noqa: S608  # our own words only
    f"SELECT {UUID7}, id, name, key FROM roster_organisation WHERE is_new",
)

# Of a known exchange new lines fill in what is unknown, corrected ones correct; of a new one the last line counts.
_EXCHANGES = """
CREATE TEMP TABLE roster_exchange ON COMMIT DROP AS
SELECT c.exchange_id, c.code, c.is_new, {columns}
FROM roster_code c
JOIN roster_pair p ON p.code = c.code
JOIN roster_person who ON who.person = p.person AND who.verdict <> 'none'
LEFT JOIN roster_change g ON g.person = p.person AND g.code = p.code
GROUP BY c.exchange_id, c.code, c.is_new
"""

_SAID = """
(array_agg({value} ORDER BY p.last_row DESC) FILTER (WHERE p.line ? '{field}' AND (c.is_new OR (
    g.old IS NOT NULL AND g.old->'{field}' IS DISTINCT FROM g.line->'{field}'))))[1] AS {field},
(array_agg({value} ORDER BY p.last_row DESC) FILTER (WHERE p.line ? '{field}'))[1] AS {field}_else
"""

_EXCHANGE_FIELDS = {
    "exchange_title": "p.line->>'exchange_title'",
    "programme": "p.line->>'programme'",
    "fiscal_year": "(p.line->>'fiscal_year')::int",
    "host": "p.host_key",
    "starts_on": "(p.line->>'starts_on')::date",
    "ends_on": "(p.line->>'ends_on')::date",
}

_NEW_EXCHANGES = """
INSERT INTO exchange
    (id, code, title, programme, fiscal_year, host_id, starts_on, ends_on, fields, countries, created_at)
SELECT x.exchange_id, x.code, coalesce(x.exchange_title, ''), x.programme, x.fiscal_year, o.id, x.starts_on,
    CASE WHEN x.ends_on >= x.starts_on OR x.starts_on IS NULL THEN x.ends_on END, '{}', '{}', :now
FROM roster_exchange x LEFT JOIN roster_organisation o ON o.key = x.host WHERE x.is_new
"""

_CORRECTED_EXCHANGES = """
UPDATE exchange e SET title = n.title, programme = n.programme, fiscal_year = n.fiscal_year, host_id = n.host_id,
    starts_on = n.starts_on, ends_on = CASE WHEN n.ends_on >= n.starts_on OR n.starts_on IS NULL THEN n.ends_on END
FROM (
    SELECT x.exchange_id, coalesce(x.exchange_title, nullif(k.title, ''), x.exchange_title_else, '') AS title,
        coalesce(x.programme, k.programme) AS programme, coalesce(x.fiscal_year, k.fiscal_year) AS fiscal_year,
        coalesce(o.id, k.host_id, f.id) AS host_id, coalesce(x.starts_on, k.starts_on, x.starts_on_else) AS starts_on,
        coalesce(x.ends_on, k.ends_on, x.ends_on_else) AS ends_on
    FROM roster_exchange x JOIN exchange k ON k.id = x.exchange_id
    LEFT JOIN roster_organisation o ON o.key = x.host LEFT JOIN roster_organisation f ON f.key = x.host_else
    WHERE NOT x.is_new
) n
WHERE e.id = n.exchange_id AND (e.title, e.programme, e.fiscal_year, e.host_id, e.starts_on, e.ends_on)
    IS DISTINCT FROM (n.title, n.programme, n.fiscal_year, n.host_id, n.starts_on, n.ends_on)
"""

_FIELDS = """
UPDATE exchange e SET fields = n.fields FROM (
    SELECT x.id, ARRAY(
        SELECT DISTINCT f FROM unnest(x.fields || array_agg(DISTINCT g.line->>'field')) f ORDER BY f) AS fields
    FROM roster_change g JOIN exchange x ON x.id = g.exchange_id
    WHERE g.changed AND NOT g.withdrawn AND g.line ? 'field' GROUP BY x.id
) n WHERE e.id = n.id AND e.fields <> n.fields
"""

_SENDING = """
INSERT INTO exchange_sending (exchange_id, organisation_id, position)
SELECT DISTINCT ON (g.exchange_id, o.id) g.exchange_id, o.id, r.row * 20 + s.position
FROM roster_change g
JOIN roster_row r ON r.person = g.person AND r.code = g.code AND r.faults IS NULL
CROSS JOIN LATERAL unnest(r.sending_keys) WITH ORDINALITY AS s(key, position)
JOIN roster_organisation o ON o.key = s.key
WHERE g.changed AND NOT g.withdrawn ORDER BY g.exchange_id, o.id, r.row
ON CONFLICT DO NOTHING
"""

_SENDING_NO_MORE = """
DELETE FROM exchange_sending s USING roster_change g, organisation_name n
WHERE g.changed AND g.old->'sending' IS DISTINCT FROM g.line->'sending' AND s.exchange_id = g.exchange_id
    AND n.organisation_id = s.organisation_id AND g.old->'sending' ? n.name
    AND NOT EXISTS (SELECT FROM roster_entry e WHERE e.exchange_id = s.exchange_id AND e.line->'sending' ? n.name)
"""


async def apply_exchanges(session: Session, now: datetime) -> None:
    """Makes what is new, corrects what lines correct."""
    said = ", ".join(_SAID.format(field=field, value=value) for field, value in _EXCHANGE_FIELDS.items())
    exchanges = _EXCHANGES.format(columns=said)
    for statement in (_ORGANISATIONS, *_NEW_ORGANISATIONS, exchanges, _NEW_EXCHANGES, _CORRECTED_EXCHANGES):
        await run(session, statement, now=now)


async def apply_senders(session: Session) -> None:
    """Fields and sending organisations, once the roster's lines are kept: what no line says any more goes."""
    for statement in (_FIELDS, _SENDING, _SENDING_NO_MORE):
        await run(session, statement)

"""The changes carried out: organisations, exchanges, members, addresses, participations, the roster's own lines."""

from sqlalchemy import text

from ssc.core import clock
from ssc.core.db import Session
from ssc.directory.actions import refresh as refresh_directory
from ssc.people import actions as people
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
"""  # noqa: S608

_NEW_ORGANISATIONS = (
    "INSERT INTO organisation (id, name, country, created_at) "
    "SELECT id, name, country, :now FROM roster_organisation WHERE is_new",
    "INSERT INTO organisation_name (id, organisation_id, name, key) "  # noqa: S608
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

_MEMBERS = """
INSERT INTO member (id, name, name_native, name_key, country, birth_date, adult_from, fields, languages, links, open_to,
    visibility, language, time_zone, contact, read_receipts, presence, do_not_contact, mail_opt_out, deceased,
    created_at, updated_at)
SELECT who.member_id, who.name, who.name_native, who.name_key, who.country, who.birth_date, DATE '0001-01-01', '{}',
    '{}', '{}', '{}', '{}', CASE who.country WHEN 'JP' THEN 'ja' ELSE 'en' END, 'Asia/Tokyo', 'shared-history',
    false, false,
    bool_or(coalesce((g.line->>'do_not_contact')::bool, false)),
    bool_or(coalesce((g.line->>'mail_opt_out')::bool, false)),
    bool_or(coalesce((g.line->>'deceased')::bool, false)), :now, :now
FROM roster_person who JOIN roster_change g ON g.person = who.person
WHERE who.verdict = 'new'
GROUP BY who.member_id, who.name, who.name_native, who.name_key, who.country, who.birth_date
"""

# Corrected: as the line now says, unless the member has changed it herself since she claimed her record.
# A new line only fills in; a flag is filled in when it says yes.
_CORRECTION = """
UPDATE member m SET {field} = n.value{also}, updated_at = :now FROM (
    SELECT DISTINCT ON (g.member_id) g.member_id, (g.line->>'{field}'){cast} AS value, g.name_key,
        (g.old->>'{field}'){cast} AS before, g.old IS NOT NULL AS corrected
    FROM roster_change g
    WHERE g.verdict = 'known' AND g.changed AND NOT g.withdrawn
        AND CASE WHEN g.old IS NULL THEN g.line ? '{field}'
            ELSE g.old->'{field}' IS DISTINCT FROM g.line->'{field}' AND (g.line ? '{field}' OR {may_empty}) END
    ORDER BY g.member_id, g.old IS NULL, g.last_row DESC
) n
WHERE m.id = n.member_id AND m.{field} IS DISTINCT FROM n.value AND CASE WHEN n.corrected
    THEN m.joined_at IS NULL OR m.{field} IS NOT DISTINCT FROM n.before ELSE {blank} END
"""
_CORRECTED = {
    "name": ("", ", name_key = n.name_key", "false", "false"),
    "name_native": ("", "", "true", "m.name_native IS NULL"),
    "country": ("", "", "false", "false"),
    "birth_date": ("::date", "", "false", "m.birth_date IS NULL"),
    "do_not_contact": ("::bool", "", "false", "n.value"),
    "mail_opt_out": ("::bool", "", "false", "n.value"),
    "deceased": ("::bool", "", "false", "n.value"),
}

_ADDRESSES = f"""
INSERT INTO email_address (id, member_id, address, key, is_primary, source, created_at)
SELECT {UUID7}, n.member_id, n.address, n.key, n.first AND NOT EXISTS (
    SELECT FROM email_address e WHERE e.member_id = n.member_id AND e.is_primary), 'roster', :now
FROM (
    SELECT who.member_id, a.address, a.key,
        row_number() OVER (PARTITION BY who.member_id ORDER BY a.position) = 1 AS first
    FROM roster_person who JOIN roster_address a ON a.person = who.person
    WHERE who.verdict IN ('known', 'new') AND EXISTS (
        SELECT FROM roster_change g WHERE g.person = who.person AND g.changed AND NOT g.withdrawn
            AND (g.old IS NULL OR a.address NOT IN (coalesce(g.old->>'email', ''), coalesce(g.old->>'email_2', ''))))
        AND NOT EXISTS (SELECT FROM email_address e WHERE e.member_id = who.member_id AND e.key = a.key)
        AND NOT EXISTS (SELECT FROM roster_entry e WHERE e.member_id = who.member_id AND (
            a.address IN (e.line->>'email', e.line->>'email_2') OR e.line->'also' ? a.address))
) n
"""  # noqa: S608

_ADDRESSES_NO_MORE = """
WITH former AS MATERIALIZED (
    SELECT g.member_id, address FROM roster_change g
    CROSS JOIN LATERAL (VALUES (g.old->>'email'), (g.old->>'email_2')) AS f(address)
    WHERE g.verdict = 'known' AND g.changed AND g.old IS NOT NULL AND address IS NOT NULL
        AND address NOT IN (coalesce(g.line->>'email', ''), coalesce(g.line->>'email_2', ''))
)
DELETE FROM email_address a USING former f
WHERE a.member_id = f.member_id AND a.address = f.address AND a.source = 'roster' AND a.confirmed_at IS NULL
    AND NOT EXISTS (SELECT FROM roster_entry e WHERE e.member_id = a.member_id AND (
        a.address IN (e.line->>'email', e.line->>'email_2') OR e.line->'also' ? a.address))
"""

_FIRST_ADDRESSES = """
UPDATE email_address a SET is_primary = true FROM (
    SELECT DISTINCT ON (e.member_id) e.id FROM email_address e
    JOIN roster_person who ON who.member_id = e.member_id AND who.verdict = 'known'
    WHERE NOT EXISTS (SELECT FROM email_address f WHERE f.member_id = e.member_id AND f.is_primary)
    ORDER BY e.member_id, e.id
) n WHERE a.id = n.id
"""

_PARTICIPATIONS = f"""
INSERT INTO participation (id, member_id, exchange_id, role, field, created_at)
SELECT {UUID7}, g.member_id, g.exchange_id, coalesce(g.line->>'role', 'participant'), g.line->>'field', :now
FROM roster_change g WHERE g.verdict IN ('known', 'new') AND g.changed AND NOT g.withdrawn AND NOT g.took_part
"""  # noqa: S608

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
FROM roster_change WHERE verdict IN ('known', 'new') AND NOT withdrawn
ON CONFLICT (member_id, exchange_id) DO UPDATE SET line = excluded.line, row = excluded.row,
    file_name = excluded.file_name, updated_at = excluded.updated_at
WHERE (roster_entry.line, roster_entry.row, roster_entry.file_name)
    IS DISTINCT FROM (excluded.line, excluded.row, excluded.file_name)
"""

_IDENTITIES = """
INSERT INTO roster_identity (key, member_id)
SELECT DISTINCT ON (r.key) r.key, who.member_id
FROM roster_row r JOIN roster_person who ON who.person = r.person AND who.verdict IN ('known', 'new')
WHERE r.faults IS NULL ORDER BY r.key, r.row ON CONFLICT (key) DO NOTHING
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

_WAITING = f"""
INSERT INTO waiting_person (id, key, name, country, birth_date, lines, columns, file_name, created_at)
SELECT {UUID7}, who.key, who.name, who.country, who.birth_date,
    jsonb_agg(jsonb_build_object('row', p.last_row, 'code', p.code, 'withdrawn', p.withdrawn, 'line', p.line)
        ORDER BY p.first_row),
    CAST(:columns AS jsonb), :file_name, :now
FROM roster_person who JOIN roster_pair p ON p.person = who.person
WHERE who.verdict = 'waiting'
GROUP BY who.key, who.name, who.country, who.birth_date
ON CONFLICT (key) DO UPDATE SET name = excluded.name, lines = excluded.lines, columns = excluded.columns,
    file_name = excluded.file_name
"""  # noqa: S608

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
"""  # noqa: S608


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
# A claimed profile shows its exchanges' hosts and years, so it changes with its mates' lines too.
_SHOWN = f"""
SELECT m.id FROM member m WHERE m.joined_at IS NOT NULL AND (m.id IN ({_TOUCHED}) OR EXISTS (
    SELECT FROM participation t WHERE t.member_id = m.id AND t.exchange_id IN ({_VISITED})))
"""  # noqa: S608


async def apply_changes(session: Session, columns: str, file_name: str) -> None:
    """Carries out what `find_changes` found. `columns` is a JSON list of the fields that the file has."""
    now = clock.now()
    for statement in (_ORGANISATIONS, *_NEW_ORGANISATIONS):
        await _run(session, statement, now=now)
    said = ", ".join(_SAID.format(field=field, value=value) for field, value in _EXCHANGE_FIELDS.items())
    for statement in (_EXCHANGES.format(columns=said), _NEW_EXCHANGES, _CORRECTED_EXCHANGES, _MEMBERS):
        await _run(session, statement, now=now)
    for field, (cast, also, may_empty, blank) in _CORRECTED.items():
        correction = _CORRECTION.format(field=field, cast=cast, also=also, may_empty=may_empty, blank=blank)
        await _run(session, correction, now=now)
    for statement in (
        _ADDRESSES,
        _PARTICIPATIONS,
        _CORRECTED_PARTICIPATIONS,
        _ENTRIES,
        _IDENTITIES,
        _GONE,
        *_TAKEN_AWAY,
    ):
        await _run(session, statement, now=now, file_name=file_name)
    for statement in (_ADDRESSES_NO_MORE, _FIRST_ADDRESSES, _FIELDS, _SENDING, _SENDING_NO_MORE):
        await _run(session, statement, now=now)
    for statement in (_WAITING, _DUPLICATES):
        await _run(session, statement, now=now, file_name=file_name, columns=columns)
    await _refresh(session)


async def _run(session: Session, statement: str, **values: object) -> None:
    used = {name: value for name, value in values.items() if f":{name}" in statement}
    await session.execute(text(statement), used)


async def _refresh(session: Session) -> None:
    """What is derived of members and exchanges, where something changed."""
    touched = list(await session.scalars(text(_TOUCHED)))
    visited = list(await session.scalars(text(_VISITED)))
    if touched:
        await people.refresh_adulthood(session, touched if len(touched) < MANY else None)
    if visited:
        await people.refresh_exchanges(session, visited if len(visited) < MANY else None)
        shown = await session.scalars(text(_SHOWN))
        await refresh_directory(session, list(shown))

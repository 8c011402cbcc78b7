"""Members and their addresses as the file has them."""

import json
from datetime import datetime

from ssc.core.db import Session
from ssc.places import zones
from ssc.roster.importing.applying.statements import run
from ssc.roster.importing.staging import UUID7

_MEMBERS = """
INSERT INTO member (id, name, name_native, name_key, country, birth_date, adult_from, fields, languages, links, open_to,
    visibility, language, time_zone, contact, read_receipts, presence, do_not_contact, mail_opt_out, deceased,
    created_at, updated_at)
SELECT who.member_id, who.name, who.name_native, who.name_key, who.country, who.birth_date, DATE '0001-01-01', '{}',
    '{}', '{}', '{}', '{}', CASE who.country WHEN 'JP' THEN 'ja' ELSE 'en' END,
    coalesce(CAST(:zones AS jsonb)->>who.country, 'Asia/Tokyo'), 'shared-history', false, false,
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
    "country": (
        "",
        ", time_zone = CASE WHEN m.joined_at IS NULL THEN coalesce(CAST(:zones AS jsonb)->>n.value, m.time_zone)"
        " ELSE m.time_zone END",
        "false",
        "false",
    ),
    "birth_date": ("::date", "", "false", "m.birth_date IS NULL"),
    "do_not_contact": ("::bool", "", "false", "n.value"),
    "mail_opt_out": ("::bool", "", "false", "n.value"),
    "deceased": ("::bool", "", "false", "n.value"),
}

_ADDRESSES = f"""
INSERT INTO email_address (id, member_id, address, key, is_primary, source, created_at)
SELECT {UUID7}, n.member_id, n.address, n.key, row_number() OVER (PARTITION BY n.member_id ORDER BY n.position) = 1
    AND NOT EXISTS (SELECT FROM email_address e WHERE e.member_id = n.member_id AND e.is_primary), 'roster', :now
FROM (
    SELECT DISTINCT ON (who.member_id, a.key) who.member_id, a.address, a.key, a.position
    FROM roster_person who JOIN roster_address a ON a.person = who.person
    WHERE who.verdict IN ('known', 'new') AND EXISTS (
        SELECT FROM roster_change g WHERE g.person = who.person AND g.changed AND NOT g.withdrawn
            AND (g.old IS NULL OR a.address NOT IN (coalesce(g.old->>'email', ''), coalesce(g.old->>'email_2', ''))))
        AND NOT EXISTS (SELECT FROM email_address e WHERE e.member_id = who.member_id AND e.key = a.key)
        AND NOT EXISTS (SELECT FROM roster_entry e WHERE e.member_id = who.member_id AND (
            a.address IN (e.line->>'email', e.line->>'email_2') OR e.line->'also' ? a.address))
    ORDER BY who.member_id, a.key, a.position
) n
"""  # noqa: S608  # our own words only

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


async def apply_members(session: Session, now: datetime) -> None:
    """New members; corrections of known ones; addresses that are new."""
    zones_held = json.dumps(zones.of_countries())
    await run(session, _MEMBERS, now=now, zones=zones_held)
    for field, (cast, also, may_empty, blank) in _CORRECTED.items():
        correction = _CORRECTION.format(field=field, cast=cast, also=also, may_empty=may_empty, blank=blank)
        await run(session, correction, now=now, zones=zones_held)
    await run(session, _ADDRESSES, now=now)


async def forget_addresses(session: Session) -> None:
    """Takes back the addresses that no line has any more, once the roster's lines are kept."""
    for statement in (_ADDRESSES_NO_MORE, _FIRST_ADDRESSES):
        await run(session, statement)

"""What the file changes: its lines against the roster's own as last imported, and what it takes away."""

from sqlalchemy import text

from ssc.core.db import Session

# Of several rows about a person in an exchange the later one counts; all their addresses are hers (`also`).
_PAIRS = """
CREATE TEMP TABLE roster_pair ON COMMIT DROP AS
SELECT r.person, r.code, min(r.row) AS first_row, max(r.row) AS last_row,
    (array_agg(r.line ORDER BY r.row))[1] AS first_line,
    CASE count(*) WHEN 1 THEN (array_agg(r.line))[1] ELSE (
        SELECT m.line || CASE WHEN m.also IS NULL THEN '{}' ELSE jsonb_build_object('also', m.also) END FROM (
            SELECT l.line, (
                SELECT jsonb_agg(DISTINCT a.address ORDER BY a.address)
                FROM roster_row s, unnest(s.emails) AS a(address)
                WHERE s.person = r.person AND s.code = r.code AND s.faults IS NULL
                    AND a.address NOT IN (coalesce(l.line->>'email', ''), coalesce(l.line->>'email_2', ''))
            ) AS also
            FROM (
                SELECT jsonb_object_agg(said.key, said.value ORDER BY s.row) AS line
                FROM roster_row s, jsonb_each(s.line) said
                WHERE s.person = r.person AND s.code = r.code AND s.faults IS NULL
            ) l
        ) m
    ) END AS line,
    (array_agg(r.withdrawn ORDER BY r.row DESC))[1] AS withdrawn,
    (array_agg(r.name_key ORDER BY r.row DESC))[1] AS name_key,
    (array_agg(r.host_key ORDER BY r.row DESC) FILTER (WHERE r.host_key IS NOT NULL))[1] AS host_key,
    array_agg(DISTINCT r.digest) AS digests
FROM roster_row r WHERE r.faults IS NULL GROUP BY r.person, r.code
"""

_DIGESTS = """
UPDATE roster_row SET digest = hashtextextended(withdrawn || line::text || CAST(:columns AS text[])::text, 0)
WHERE faults IS NULL
"""

# Rows that count already change nothing, whatever else counts beside them by a decision of staff; unless the file had
# another row here that is not in it any more. A new line changes somebody known unless all it says is known of her.
_CHANGES = """
CREATE TEMP TABLE roster_change ON COMMIT DROP AS
SELECT f.*, CASE
    WHEN f.verdict <> 'known' THEN f.verdict = 'new'
    WHEN f.counted THEN false
    WHEN f.withdrawn THEN f.took_part
    WHEN f.old IS NOT NULL THEN f.old <> f.line
    ELSE NOT f.took_part
        OR (m.birth_date IS NULL AND f.line ? 'birth_date') OR (m.name_native IS NULL AND f.line ? 'name_native')
        OR EXISTS (SELECT FROM roster_address a WHERE a.person = f.person AND NOT EXISTS (
            SELECT FROM email_address e WHERE e.member_id = f.member_id AND e.key = a.key))
    END AS changed
FROM (
    SELECT p.person, p.code, p.first_row, p.last_row, p.first_line, p.withdrawn, p.name_key,
        who.verdict, who.member_id, c.exchange_id, e.line AS old, coalesce(k.counted, false) AS counted,
        CASE WHEN k.counted AND e.line IS NOT NULL THEN e.line ELSE
            CASE WHEN e.line IS NULL THEN p.line ELSE (e.line - CAST(:columns AS text[])) || p.line END
            || CASE WHEN NOT e.line ? 'also' OR e.line IS NULL THEN '{}' ELSE jsonb_build_object('also', (
                SELECT coalesce(jsonb_agg(DISTINCT a.address ORDER BY a.address), '[]')
                FROM jsonb_array_elements_text((e.line->'also') || coalesce(p.line->'also', '[]')) AS a(address)
                WHERE a.address NOT IN (coalesce(p.line->>'email', ''), coalesce(p.line->>'email_2', ''))
            )) END END AS line,
        t.id IS NOT NULL AS took_part
    FROM roster_pair p
    JOIN roster_person who ON who.person = p.person
    LEFT JOIN roster_code c ON c.code = p.code
    LEFT JOIN roster_entry e ON e.member_id = who.member_id AND e.exchange_id = c.exchange_id
    LEFT JOIN participation t ON t.member_id = who.member_id AND t.exchange_id = c.exchange_id
    LEFT JOIN LATERAL (
        SELECT count(*) FILTER (WHERE l.digest = ANY (p.digests)) = cardinality(p.digests)
            AND bool_and(l.digest = ANY (p.digests) OR l.file_name <> :file_name) AS counted
        FROM roster_line l WHERE l.member_id = who.member_id AND l.exchange_id = c.exchange_id
    ) k ON true
) f LEFT JOIN member m ON m.id = f.member_id
"""

# See the package's sentence on what takes a participation away.
_LOSSES = """
CREATE TEMP TABLE roster_loss ON COMMIT DROP AS
WITH unlisted AS MATERIALIZED (
    SELECT who.person, who.first_row, who.name_key, e.member_id, e.exchange_id, e.row, e.file_name, x.code,
        x.fiscal_year
    FROM roster_person who
    JOIN roster_entry e ON e.member_id = who.member_id
    JOIN exchange x ON x.id = e.exchange_id
    WHERE who.verdict = 'known' AND NOT EXISTS (
        SELECT FROM roster_change c WHERE c.member_id = e.member_id AND c.exchange_id = e.exchange_id)
),
others AS MATERIALIZED (
    SELECT o.exchange_id, count(*) AS known, count(c.exchange_id) AS listed
    FROM roster_entry o
    LEFT JOIN roster_change c ON c.exchange_id = o.exchange_id AND c.member_id = o.member_id AND NOT c.withdrawn
    WHERE o.exchange_id IN (SELECT exchange_id FROM unlisted)
        AND NOT EXISTS (SELECT FROM unlisted u WHERE u.exchange_id = o.exchange_id AND u.member_id = o.member_id)
    GROUP BY o.exchange_id
)
SELECT u.person, u.first_row, u.member_id, u.exchange_id, u.code
FROM unlisted u LEFT JOIN others o ON o.exchange_id = u.exchange_id
WHERE NOT EXISTS (
        SELECT FROM roster_row b WHERE b.faults IS NOT NULL AND (b.name_key = '' AND b.email_keys = '{}'
            OR b.name_key = u.name_key
            OR b.email_keys && ARRAY(SELECT a.key FROM roster_address a WHERE a.person = u.person)))
    AND (
        (EXISTS (SELECT FROM roster_change c WHERE c.exchange_id = u.exchange_id AND NOT c.withdrawn)
            AND coalesce(o.listed * 2 >= o.known, true))
        OR (
            EXISTS (
                SELECT FROM roster_change c JOIN roster_code y ON y.code = c.code
                WHERE c.person = u.person AND c.old IS NULL AND NOT c.took_part AND NOT c.withdrawn
                    AND y.fiscal_year = u.fiscal_year)
            AND (o.known IS NULL OR (u.file_name = :file_name AND EXISTS (
                SELECT FROM roster_row r WHERE r.row = u.row AND r.person = u.person)))
        )
    )
"""

_RESULTS = """
CREATE TEMP TABLE roster_result ON COMMIT DROP AS
SELECT r.row, r.name, who.verdict, CASE who.verdict WHEN 'known' THEN who.member_id WHEN 'new' THEN who.member_id END
    AS member_id, coalesce(r.faults, '[]') AS errors,
    CASE
        WHEN r.faults IS NOT NULL THEN 'bad'
        WHEN who.verdict = 'waiting' THEN 'waiting'
        WHEN who.verdict = 'new' AND r.row = who.first_row THEN 'created'
        WHEN l.lost IS NOT NULL THEN 'updated'
        WHEN who.verdict = 'none' OR NOT c.changed THEN 'unchanged'
        WHEN r.row <> c.first_row AND r.line = c.first_line THEN 'unchanged'
        ELSE 'updated'
    END AS outcome,
    CASE WHEN r.faults IS NULL AND who.verdict = 'known' AND (c.changed OR l.lost IS NOT NULL) THEN
        coalesce((
            SELECT jsonb_object_agg(k.key, jsonb_build_array(c.old->k.key, c.line->k.key))
            FROM jsonb_object_keys(c.old || c.line) AS k(key)
            WHERE c.changed AND NOT c.withdrawn AND c.old->k.key IS DISTINCT FROM c.line->k.key), '{}')
        || CASE WHEN l.lost IS NOT NULL THEN jsonb_build_object('exchange_code', jsonb_build_array(
                l.lost, CASE WHEN c.old IS NULL AND NOT c.withdrawn THEN c.code END))
            WHEN c.withdrawn THEN jsonb_build_object('exchange_code', jsonb_build_array(c.code, NULL))
            WHEN c.old IS NULL AND NOT c.took_part THEN jsonb_build_object('exchange_code',
                jsonb_build_array(NULL, c.code))
            ELSE '{}' END
        ELSE '{}' END AS changes
FROM roster_row r
LEFT JOIN roster_person who ON who.person = r.person AND r.faults IS NULL
LEFT JOIN roster_change c ON c.person = r.person AND c.code = r.code AND r.faults IS NULL
LEFT JOIN LATERAL (
    SELECT string_agg(lost.code, ', ' ORDER BY lost.code) AS lost FROM roster_loss lost
    WHERE lost.person = r.person AND lost.first_row = r.row AND r.faults IS NULL
) l ON true
"""


_NO_LOSSES = _LOSSES.rstrip() + " AND false"


_DIGEST = """
SELECT count(*) || ' ' || coalesce(sum(hashtextextended(code || withdrawn || line::text, 0)::numeric), 0)
FROM roster_row WHERE faults IS NULL
"""


async def digest_of_rows(session: Session) -> str:
    """What two files share that say the same, in whatever format and order."""
    return str(await session.scalar(text(_DIGEST)))


async def find_changes(session: Session, columns: frozenset[str], file_name: str, *, correcting: bool) -> None:
    """Fills `roster_change`, `roster_loss` and, with an outcome for every row, `roster_result`.

    `correcting`: the lines may be an edition that corrects an earlier one, and so take something away. Single lines of
    a file are none, nor is a file that was imported before: else a second run might take away what the first could not.
    """
    await session.execute(text(_DIGESTS), {"columns": sorted(columns)})
    await session.execute(text(_PAIRS))
    await session.execute(text("ANALYZE roster_pair"))
    await session.execute(text(_CHANGES), {"columns": sorted(columns), "file_name": file_name})
    await session.execute(text("CREATE INDEX ON roster_change (person, code)"))
    await session.execute(text("CREATE INDEX ON roster_change (exchange_id, member_id)"))
    await session.execute(text("ANALYZE roster_change"))
    await session.execute(text(_LOSSES if correcting else _NO_LOSSES), {"file_name": file_name})
    await session.execute(text("CREATE INDEX ON roster_loss (person)"))
    await session.execute(text(_RESULTS))

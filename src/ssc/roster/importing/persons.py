"""Which persons the staged rows are about: members who are known, new ones, and those who may be somebody known."""

from sqlalchemy import text

from ssc.core.db import Session
from ssc.roster.importing.staging import UUID7

_PERSONS = """
CREATE TEMP TABLE roster_person ON COMMIT DROP AS
SELECT person, min(row) AS first_row, (array_agg(name ORDER BY row))[1] AS name,
    (array_agg(name_key ORDER BY row))[1] AS name_key,
    (array_agg(name_native ORDER BY row) FILTER (WHERE name_native IS NOT NULL))[1] AS name_native,
    (array_agg(country ORDER BY row))[1] AS country,
    (array_agg(birth_date ORDER BY row) FILTER (WHERE birth_date IS NOT NULL))[1] AS birth_date,
    (array_agg(key ORDER BY row))[1] AS key, array_agg(DISTINCT code) AS codes,
    (SELECT bool_and(l.withdrawn) FROM (
        SELECT DISTINCT ON (s.code) s.withdrawn FROM roster_row s
        WHERE s.person = roster_row.person AND s.faults IS NULL ORDER BY s.code, s.row DESC) l) AS withdrawn,
    NULL::uuid AS member_id, NULL::text AS verdict
FROM roster_row WHERE faults IS NULL GROUP BY person
"""

_ADDRESSES = """
CREATE TEMP TABLE roster_address ON COMMIT DROP AS
SELECT DISTINCT ON (r.person, a.key) r.person, a.key, a.address, r.row * 2 + a.position AS position
FROM roster_row r CROSS JOIN LATERAL unnest(r.emails, r.email_keys) WITH ORDINALITY AS a(address, key, position)
WHERE r.faults IS NULL ORDER BY r.person, a.key, r.row
"""

_INDEXES = (
    "ALTER TABLE roster_person ADD PRIMARY KEY (person)",
    "CREATE INDEX ON roster_person (name_key)",
    "CREATE INDEX ON roster_address (person)",
    "CREATE INDEX ON roster_address (key)",
    "ANALYZE roster_person",
    "ANALYZE roster_address",
)

# Each way of being certain, the surest first; whom one has found the next does not ask about.
_BY_LINE = """
SELECT r.person, min(i.member_id::text)::uuid AS member_id
FROM roster_row r JOIN roster_identity i ON i.key = r.key
WHERE r.faults IS NULL AND i.member_id IS NOT NULL GROUP BY r.person
"""

_BY_ADDRESS = """
SELECT DISTINCT ON (p.person) p.person, m.id AS member_id
FROM roster_person p
JOIN roster_address a ON a.person = p.person
JOIN email_address e ON e.key = a.key
JOIN member m ON m.id = e.member_id
WHERE p.member_id IS NULL AND (m.name_key = p.name_key OR m.birth_date = p.birth_date)
ORDER BY p.person, (m.name_key = p.name_key) DESC, m.joined_at NULLS LAST, m.id
"""

# Another name under an address that nobody else has, in the same exchange: the name was corrected. Where several have
# the address, here or on record, it is a mailbox that people share.
_BY_CORRECTION = """
SELECT p.person, min(m.id::text)::uuid AS member_id
FROM roster_person p
JOIN roster_address a ON a.person = p.person
JOIN email_address e ON e.key = a.key
JOIN member m ON m.id = e.member_id AND m.country = p.country
JOIN roster_entry t ON t.member_id = m.id
JOIN roster_code c ON c.exchange_id = t.exchange_id AND c.code = ANY (p.codes)
WHERE p.member_id IS NULL AND (m.birth_date IS NULL OR p.birth_date IS NULL)
    AND NOT EXISTS (SELECT FROM roster_address o WHERE o.key = a.key AND o.person <> p.person)
    AND NOT EXISTS (SELECT FROM email_address o WHERE o.key = a.key AND o.member_id <> m.id)
    AND NOT EXISTS (SELECT FROM roster_person o WHERE o.member_id = m.id)
GROUP BY p.person HAVING count(DISTINCT m.id) = 1
"""

_BY_NAME = """
SELECT DISTINCT ON (p.person) p.person, m.id AS member_id
FROM roster_person p
JOIN member m ON m.name_key = p.name_key AND m.country = p.country
WHERE p.member_id IS NULL
    AND (NOT EXISTS (SELECT FROM roster_address a WHERE a.person = p.person)
        OR NOT EXISTS (SELECT FROM email_address e WHERE e.member_id = m.id))
    AND (m.birth_date = p.birth_date OR ((m.birth_date IS NULL OR p.birth_date IS NULL) AND EXISTS (
        SELECT FROM participation t JOIN exchange x ON x.id = t.exchange_id
        WHERE t.member_id = m.id AND x.code = ANY (p.codes))))
ORDER BY p.person, (m.birth_date = p.birth_date) DESC NULLS LAST, m.id
"""


_SAME = """
CREATE TEMP TABLE roster_same ON COMMIT DROP AS
SELECT person, first FROM (
    SELECT person, min(person) OVER (PARTITION BY member_id) AS first FROM roster_person WHERE member_id IS NOT NULL
) s WHERE person <> first
"""

_UNITE = (
    "UPDATE roster_row r SET person = s.first FROM roster_same s WHERE s.person = r.person",
    "UPDATE roster_address a SET person = s.first FROM roster_same s WHERE s.person = a.person",
    "DELETE FROM roster_person p USING roster_same s WHERE s.person = p.person",
    "DROP TABLE roster_same",
)


# Who waits goes on waiting, even if what the file told meanwhile makes her look otherwise: she is in staff's hands.
_STILL_WAITING = (
    """CREATE TEMP TABLE roster_still ON COMMIT DROP AS
    SELECT person, key, min(person) OVER (PARTITION BY key) AS first FROM (
        SELECT DISTINCT ON (r.person) r.person, w.key
        FROM roster_row r JOIN (
            SELECT p.key, decode(k.pair->>0, 'hex') AS row_key FROM waiting_person p,
                jsonb_array_elements(p.lines) l(entry), jsonb_array_elements(l.entry->'rows') k(pair)
            WHERE p.member_id IS NULL
        ) w ON w.row_key = r.key
        WHERE r.faults IS NULL ORDER BY r.person, w.key
    ) s""",
    """UPDATE roster_person p SET member_id = NULL, verdict = 'waiting', key = s.key
    FROM roster_still s WHERE s.person = p.person""",
    "CREATE TEMP TABLE roster_same ON COMMIT DROP AS SELECT person, first FROM roster_still WHERE person <> first",
    *_UNITE,
    "DROP TABLE roster_still",
)


# Who took no part and was nobody is nobody when the same file comes again, whoever else has her address by now.
_STILL_NOBODY = """
UPDATE roster_person p SET verdict = 'none' WHERE member_id IS NULL AND NOT EXISTS (
    SELECT FROM roster_row r LEFT JOIN roster_identity i ON i.key = r.key
    WHERE r.person = p.person AND r.faults IS NULL AND (i.key IS NULL OR i.member_id IS NOT NULL))
"""


async def find_persons(session: Session, *, again: bool = False) -> None:
    """Fills `roster_person` and `roster_address`; `member_id` of whom is certainly known, a verdict of who waits.

    `again`: these very rows were imported before.
    """
    await session.execute(text("CREATE INDEX ON roster_row (person, code)"))
    await session.execute(text(_PERSONS))
    await session.execute(text(_ADDRESSES))
    for statement in _INDEXES:
        await session.execute(text(statement))
    for certain in (_BY_LINE, _BY_ADDRESS, _BY_CORRECTION, _BY_NAME):
        await session.execute(
            text(
                f"UPDATE roster_person p SET member_id = f.member_id FROM ({certain}) f "  # noqa: S608  # our own words only
                "WHERE f.person = p.person AND p.member_id IS NULL AND p.verdict IS NULL"
            )
        )
        if again and certain is _BY_LINE:
            await session.execute(text(_STILL_NOBODY))
    for statement in _STILL_WAITING:
        await session.execute(text(statement))


_VERDICTS = """
UPDATE roster_person p SET verdict = CASE
    WHEN member_id IS NOT NULL THEN 'known'
    WHEN withdrawn THEN 'none'
    WHEN EXISTS (SELECT FROM roster_candidate c WHERE c.person = p.person) THEN 'waiting'
    ELSE 'new' END
WHERE verdict IS NULL
"""


async def settle(session: Session) -> None:
    """A verdict for everybody: known, waiting, new, or none (a stranger who took no part).

    Rows that turned out to be about one member become one person.
    """
    for statement in (_SAME, *_UNITE, _VERDICTS):
        await session.execute(text(statement))
    await session.execute(text(f"UPDATE roster_person SET member_id = {UUID7} WHERE verdict = 'new'"))  # noqa: S608  # our own words only
    await session.execute(text("ANALYZE roster_person"))

"""Who among the persons of a file may be somebody known: pairs worth comparing, compared."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text

from ssc.core.db import Session
from ssc.roster.importing.rules import Likeness, Person, compare

SHARED = 20
"""An address of more people than these is a mailbox of an office, and says nothing of who somebody is."""

CROWD = 60
"""A birth date of more people of a country than these is a placeholder, and says nothing either."""

# Pairs of a person who is not certain with a member, or with an earlier such person of the file, that share an
# address, a name, or a birth date and a similar name. Each block is bounded, or a file of one name would be squared.
_PAIRS = f"""
WITH crowd AS MATERIALIZED (
    SELECT birth_date, country FROM (
        SELECT birth_date, country FROM roster_person WHERE birth_date IS NOT NULL
        UNION ALL SELECT birth_date, country FROM member WHERE birth_date IS NOT NULL
    ) born GROUP BY birth_date, country HAVING count(*) > {CROWD}
),
unsure AS MATERIALIZED (
    SELECT p.*, (p.birth_date, p.country) IN (SELECT birth_date, country FROM crowd) AS crowded
    FROM roster_person p WHERE member_id IS NULL AND verdict IS NULL
),
shared AS MATERIALIZED (SELECT key FROM roster_address GROUP BY key HAVING count(*) > {SHARED}),
pair AS (
    SELECT p.person, e.member_id, NULL::int AS other
    FROM unsure p JOIN roster_address a ON a.person = p.person
    JOIN LATERAL (SELECT member_id FROM email_address WHERE key = a.key LIMIT {SHARED}) e ON true
    WHERE a.key NOT IN (SELECT key FROM shared)
    UNION
    SELECT p.person, m.id, NULL
    FROM unsure p JOIN LATERAL (
        SELECT id FROM member WHERE name_key = p.name_key
        ORDER BY birth_date = p.birth_date DESC NULLS LAST, country = p.country DESC, id LIMIT {SHARED}) m ON true
    UNION
    SELECT p.person, m.id, NULL
    FROM unsure p JOIN LATERAL (
        SELECT id FROM member WHERE name_native = p.name_native AND country = p.country
        ORDER BY birth_date = p.birth_date DESC NULLS LAST, id LIMIT {SHARED}) m ON true
    WHERE p.name_native IS NOT NULL
    UNION
    SELECT p.person, m.id, NULL FROM unsure p
    JOIN member m ON m.birth_date = p.birth_date AND m.country = p.country AND similarity(m.name_key, p.name_key) > 0.4
    WHERE NOT p.crowded
    UNION
    SELECT p.person, NULL, o.person FROM unsure p JOIN roster_address a ON a.person = p.person
    JOIN roster_address b ON b.key = a.key AND b.person < a.person JOIN unsure o ON o.person = b.person
    WHERE a.key NOT IN (SELECT key FROM shared)
    UNION
    SELECT p.person, NULL, o.person FROM unsure p JOIN LATERAL (
        SELECT q.person FROM roster_person q
        WHERE q.name_key = p.name_key AND q.person < p.person AND q.member_id IS NULL AND q.verdict IS NULL
        ORDER BY q.birth_date = p.birth_date DESC NULLS LAST, q.person LIMIT {SHARED}) o ON true
    UNION
    SELECT p.person, NULL, o.person FROM unsure p
    JOIN unsure o ON o.birth_date = p.birth_date AND o.country = p.country AND o.person < p.person
        AND (o.name_native = p.name_native OR similarity(o.name_key, p.name_key) > 0.4)
    WHERE NOT p.crowded
)
SELECT pair.person, pair.member_id, pair.other, o.withdrawn AS other_withdrawn,
    p.name_key, p.name_native, p.country, p.birth_date, p.codes,
    ARRAY(SELECT key FROM roster_address a WHERE a.person = p.person) AS keys,
    coalesce(m.name_key, o.name_key) AS other_name_key, coalesce(m.name_native, o.name_native) AS other_name_native,
    coalesce(m.country, o.country) AS other_country, coalesce(m.birth_date, o.birth_date) AS other_birth_date,
    CASE WHEN m.id IS NULL THEN o.codes ELSE ARRAY(
        SELECT x.code FROM participation t JOIN exchange x ON x.id = t.exchange_id WHERE t.member_id = m.id
    ) END AS other_codes,
    CASE WHEN m.id IS NULL THEN ARRAY(SELECT key FROM roster_address a WHERE a.person = o.person)
        ELSE ARRAY(SELECT key FROM email_address e WHERE e.member_id = m.id) END AS other_keys
FROM pair JOIN roster_person p ON p.person = pair.person
LEFT JOIN member m ON m.id = pair.member_id LEFT JOIN roster_person o ON o.person = pair.other
ORDER BY pair.person, pair.other NULLS FIRST, pair.member_id
"""  # noqa: S608  # our own words only

_CANDIDATES = """
CREATE TEMP TABLE roster_candidate (
    person int, member_id uuid, other int, score int, likeness jsonb
) ON COMMIT DROP
"""


_STILL_WITHDRAWN = """
UPDATE roster_person SET withdrawn = (
    SELECT bool_and(l.withdrawn) FROM (
        SELECT DISTINCT ON (r.code) r.withdrawn FROM roster_row r
        WHERE r.person = :same AND r.faults IS NULL ORDER BY r.code, r.row DESC) l)
WHERE person = :same
"""


@dataclass
class _Settled:
    """What the comparisons came to, in the order of the file."""

    members: dict[int, UUID] = field(default_factory=dict)
    same_as: dict[int, int] = field(default_factory=dict)
    candidates: dict[int, list[tuple[UUID | None, int | None, Likeness]]] = field(default_factory=dict)

    absent: set[int] = field(default_factory=set)
    """Persons of the file who took no part: nobody is like them, but they may be somebody."""

    def take(self, person: int, found: Sequence[tuple[UUID | None, int | None, Likeness]]) -> None:
        certain = [f for f in found if f[2].verdict == "certain"]
        likely = [f for f in found if f[2].verdict == "likely" and self._there(f[1])]
        if certain:
            self._is(person, *max(certain, key=lambda f: f[2].score)[:2])
        elif likely:
            self.candidates[person] = [self._resolved(*f) for f in likely]

    def _is(self, person: int, member: UUID | None, other: int | None) -> None:
        if member is not None:
            self.members[person] = member
        elif other is not None:
            self.same_as[person] = self.same_as.get(other, other)

    def _there(self, other: int | None) -> bool:
        return other is None or other not in self.absent or other in self.members or other in self.same_as

    def _resolved(self, member: UUID | None, other: int | None, likeness: Likeness) -> Any:
        """Another person of the file may have turned out to be somebody: then it is she who is meant."""
        if other is None:
            return member, None, likeness
        other = self.same_as.get(other, other)
        if other in self.members:
            return self.members[other], None, likeness
        if other in self.candidates:
            return (*self.candidates[other][0][:2], likeness)
        return None, other, likeness


async def no_candidates(session: Session) -> None:
    """Makes `roster_candidate`, for who is decided."""
    await session.execute(text(_CANDIDATES))


async def compare_persons(session: Session) -> None:
    """Fills `roster_candidate`, and settles in `roster_person` and `roster_row` what comparing made certain."""
    await no_candidates(session)
    settled, found, current = _Settled(), list[tuple[UUID | None, int | None, Likeness]](), 0
    async for pair in await session.stream(text(_PAIRS)):
        if pair.person != current:
            settled.take(current, found)
            found, current = [], pair.person
        found.append((pair.member_id, pair.other, _compared(pair)))
        if pair.other_withdrawn:
            settled.absent.add(pair.other)
    settled.take(current, found)
    await _store(session, settled)


def _compared(pair: Row[Any]) -> Likeness:
    one = _person(pair.name_key, pair.name_native, pair.country, pair.birth_date, pair.keys, pair.codes)
    return compare(
        one,
        _person(
            pair.other_name_key,
            pair.other_name_native,
            pair.other_country,
            pair.other_birth_date,
            pair.other_keys,
            pair.other_codes,
        ),
    )


def _person(name: str, native: str | None, country: str, born: Any, keys: list[str], codes: list[str]) -> Person:
    return Person(name, native or "", country, born, frozenset(keys), frozenset(codes))


async def _store(session: Session, settled: _Settled) -> None:
    if settled.members:
        await session.execute(
            text("UPDATE roster_person SET member_id = :member WHERE person = :person"),
            [{"person": person, "member": member} for person, member in settled.members.items()],
        )
    if settled.same_as:
        rows = [{"person": person, "same": same} for person, same in settled.same_as.items()]
        await session.execute(text("UPDATE roster_row SET person = :same WHERE person = :person"), rows)
        await session.execute(text("UPDATE roster_address SET person = :same WHERE person = :person"), rows)
        await session.execute(text("DELETE FROM roster_person WHERE person = :person"), rows)
        await session.execute(text(_STILL_WITHDRAWN), rows)
    candidates = {
        (person, member, other): likeness
        for person, listed in settled.candidates.items()
        for member, other, likeness in listed
    }
    if candidates:
        await session.execute(
            text("INSERT INTO roster_candidate VALUES (:person, :member, :other, :score, CAST(:likeness AS jsonb))"),
            [
                {"person": person, "member": member, "other": other, "score": likeness.score,
                 "likeness": json.dumps(dict(likeness.words))}
                for (person, member, other), likeness in candidates.items()
            ],
        )  # fmt: skip

"""Mailings: one letter to many, stored by one statement a thousand, counted while they leave and ever after."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from ssc.core import clock, ids, jobs
from ssc.core.db import Session
from ssc.core.mail.claiming import IN_TURN
from ssc.core.mail.models import BOUNCED, FAILED, MAILING, SENT, STOPPED, UNSURE, WITHDRAWN, Wording
from ssc.core.mail.writing import Letter

AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Reader:
    """Who gets a mailing's letter, in which language, and what fills the marks for her."""

    member_id: UUID
    address: str
    language: str
    fills: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """What became of a mailing's letters; each is counted once."""

    waiting: int
    sent: int
    bounced: int
    stopped: int
    withdrawn: int
    failed: int
    unsure: int
    left: int

    @property
    def letters(self) -> int:
        return self.waiting + self.sent + self.bounced + self.stopped + self.withdrawn + self.failed + self.unsure


async def put_into_words(session: Session, mailing_id: UUID, letters: Iterable[Letter]) -> None:
    """Keeps what a mailing says, a letter each language; what it says already stays."""
    for letter in letters:
        row = {
            "id": ids.new(),
            "mailing_id": mailing_id,
            "kind": letter.kind,
            "about": letter.about,
            "language": letter.language,
            "subject": letter.subject[:300],
            "text": letter.text,
            "html": letter.html,
            "headers": letter.headers,
            "created_at": clock.now(),
        }
        await session.execute(insert(Wording).values(row).on_conflict_do_nothing())


async def send_to(session: Session, mailing_id: UUID, readers: Sequence[Reader]) -> int:
    """Queues the mailing's letters to these; answers how many are new. Who has one of it already gets no second."""
    rows = await session.execute(
        select(Wording.language, Wording.id, Wording.kind, Wording.about).where(Wording.mailing_id == mailing_id)
    )
    wordings = {row.language: row for row in rows}
    made = 0
    for start in range(0, len(readers), AT_ONCE):
        some = readers[start : start + AT_ONCE]
        made += await session.change(
            _SEND,
            {
                "ids": [ids.new() for _one in some],
                "members": [one.member_id for one in some],
                "addresses": [one.address for one in some],
                "languages": [one.language for one in some],
                "fills": [json.dumps(one.fills) for one in some],
                "wordings": [wordings[one.language].id for one in some],
                "kinds": [wordings[one.language].kind for one in some],
                "abouts": [wordings[one.language].about for one in some],
                "mailing": mailing_id,
                "priority": MAILING,
                "now": clock.now(),
            },
        )
    return made


async def begin(session: Session) -> None:
    """What was queued leaves; once for all of a mailing's readers."""
    await jobs.defer(session, "mail.deliver", in_turn=IN_TURN)


async def report_of(session: Session, mailing_id: UUID) -> Report:
    ((counts,),) = await session.rows(_REPORT, {"mailing": mailing_id})
    of = {state: int(number) for state, number in (counts or {}).items()}
    ended = {state: of.get(state, 0) for state in (SENT, BOUNCED, STOPPED, WITHDRAWN, FAILED, UNSURE)}
    left = of.get("left", 0)
    return Report(waiting=sum(of.values()) - sum(ended.values()) - left, left=left, **ended)


async def call_back(session: Session, mailing_id: UUID) -> int:
    """Of a mailing that is stopped, what has not left does not leave; answers how many."""
    values = {"mailing": mailing_id, "now": clock.now()}
    return await session.change(_CALL_BACK, values) + await session.change(_CALL_BACK_TAKEN, values)


async def withdraw_unwanted(session: Session, member_id: UUID, about: Sequence[str]) -> None:
    """She wants no more mailings about these: what has not left does not leave."""
    values = {"member": member_id, "about": list(about), "now": clock.now()}
    await session.change(_WITHDRAW, values)
    await session.change(_WITHDRAW_TAKEN, values)


async def note_left(session: Session, mailing_id: UUID, member_id: UUID) -> None:
    """By this letter's way out she left: its report says how many did."""
    await session.change(_NOTE_LEFT, {"mailing": mailing_id, "member": member_id, "now": clock.now()})


async def forget(session: Session, before: datetime) -> None:
    """Old letters go from the log; a mailing's report still counts them."""
    await session.change(_FORGET, {"before": before})


_SEND: LiteralString = """
INSERT INTO outgoing_letter (id, to_address, member_id, kind, language, subject, text, html, headers, about, priority,
    mailing_id, wording_id, fills, state, outcome, attempts, due_at, changed_at, created_at)
SELECT r.id, r.address, r.member_id, r.kind, r.language, '', '', '', '{}', r.about, %(priority)s,
    %(mailing)s, r.wording_id, r.fills::jsonb, 'queued', '', 0, %(now)s, %(now)s, %(now)s
FROM unnest(
    %(ids)s::uuid[], %(addresses)s::text[], %(members)s::uuid[], %(kinds)s::text[], %(abouts)s::text[],
    %(languages)s::text[], %(wordings)s::uuid[], %(fills)s::text[]
) AS r(id, address, member_id, kind, about, language, wording_id, fills)
ON CONFLICT (mailing_id, member_id) WHERE mailing_id IS NOT NULL DO NOTHING
"""
_REPORT: LiteralString = """
SELECT jsonb_object_agg(state, number) FROM (
    SELECT state, sum(number) AS number FROM (
        SELECT state, count(*) AS number FROM outgoing_letter WHERE mailing_id = %(mailing)s GROUP BY state
        UNION ALL
        SELECT 'left', count(*) FROM outgoing_letter WHERE mailing_id = %(mailing)s AND left_at IS NOT NULL
        UNION ALL
        SELECT t.key, t.value::bigint FROM mail_wording w, jsonb_each_text(w.tally) t WHERE w.mailing_id = %(mailing)s
    ) AS parts GROUP BY state
) AS whole
"""
# First what waits. Then what a delivery has taken, but not what it writes of just now: that is handed over, and a
# delivery locks in no order.
_CALL_BACK: LiteralString = """
UPDATE outgoing_letter SET state = 'withdrawn', sent_at = %(now)s, outcome = 'the mailing was stopped'
WHERE mailing_id = %(mailing)s AND state = 'queued'
"""
_CALL_BACK_TAKEN: LiteralString = """
UPDATE outgoing_letter SET state = 'withdrawn', sent_at = %(now)s, outcome = 'the mailing was stopped'
WHERE state = 'claimed' AND id IN (
    SELECT id FROM outgoing_letter WHERE mailing_id = %(mailing)s AND state = 'claimed' FOR UPDATE SKIP LOCKED
)
"""
_WITHDRAW: LiteralString = """
UPDATE outgoing_letter SET state = 'withdrawn', sent_at = %(now)s, outcome = 'no longer wanted'
WHERE member_id = %(member)s AND mailing_id IS NOT NULL AND state = 'queued' AND about = ANY (%(about)s)
"""
_WITHDRAW_TAKEN: LiteralString = """
UPDATE outgoing_letter SET state = 'withdrawn', sent_at = %(now)s, outcome = 'no longer wanted'
WHERE state = 'claimed' AND id IN (
    SELECT id FROM outgoing_letter
    WHERE member_id = %(member)s AND mailing_id IS NOT NULL AND state = 'claimed' AND about = ANY (%(about)s)
    FOR UPDATE SKIP LOCKED
)
"""
_NOTE_LEFT: LiteralString = """
UPDATE outgoing_letter SET left_at = coalesce(left_at, %(now)s)
WHERE mailing_id = %(mailing)s AND member_id = %(member)s
"""
_FORGET: LiteralString = """
WITH gone AS (
    DELETE FROM outgoing_letter WHERE sent_at < %(before)s RETURNING wording_id, state, left_at
), counted AS (
    SELECT wording_id, state AS key, count(*) AS number FROM gone WHERE wording_id IS NOT NULL GROUP BY 1, 2
    UNION ALL
    SELECT wording_id, 'left', count(*) FROM gone WHERE wording_id IS NOT NULL AND left_at IS NOT NULL GROUP BY 1
), tallied AS (
    SELECT c.wording_id, jsonb_object_agg(c.key, c.number + coalesce((w.tally ->> c.key)::bigint, 0)) AS tally
    FROM counted c JOIN mail_wording w ON w.id = c.wording_id GROUP BY 1
)
UPDATE mail_wording w SET tally = w.tally || t.tally FROM tallied t WHERE w.id = t.wording_id
"""

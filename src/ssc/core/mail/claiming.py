"""Which delivery has a letter: each step is durable before the next, so that a killed worker's letters are known."""

import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, LiteralString
from uuid import UUID

from sqlalchemy import select, update

from ssc.core import clock, jobs
from ssc.core.db import Session
from ssc.core.mail.bounces import BOUNCES_FORGOTTEN_AFTER, BOUNCES_TO_STOP
from ssc.core.mail.models import CLAIMED, FAILED, HANDING, MAILING, QUEUED, UNSURE, OutgoingLetter, Wording
from ssc.core.mail.stencils import WordingStencil
from ssc.core.mail.writing import Parcel
from ssc.core.process import Process

# How long after each failure it is tried again; then it is given up, visibly.
RETRIES = tuple(timedelta(seconds=s) for s in (15, 60, 300, 1800, 7200, 21600, 43200, 86400))
AT_ONCE, AT_MOST = 40, 400
HANDED_WITHIN = timedelta(minutes=3)
IN_TURN = "mail"


class Claims:
    """What one delivery takes: first what is for one person, then of mailings as many as may leave in this minute."""

    def __init__(self, process: Process, mine: UUID) -> None:
        self._process, self._mine = process, mine
        self._stencils: dict[UUID, WordingStencil] = {}
        self._room = 0
        self._taken, self._since = 0, 0.0

    async def take_back(self) -> None:
        """What a killed worker left: claimed is queued again; handed over with nobody to hear the answer is unsure."""
        now, letter = clock.now(), OutgoingLetter
        async with self._process.database.transaction() as session:
            await session.execute(
                update(letter)
                .where(letter.state == CLAIMED, letter.claim != self._mine)
                .values(state=QUEUED, claim=None)
            )
            await session.execute(
                update(letter)
                .where(letter.state == HANDING, letter.changed_at < now - HANDED_WITHIN)
                .values(state=UNSURE, sent_at=now, outcome="the worker was stopped while handing it over")
            )

    async def next(self) -> list[Parcel]:
        async with self._process.database.transaction() as session:
            number = self._soon_gone()
            if not (rows := await self._claimed(session, 0, MAILING - 1, number)):
                self._room = self._room or max(0, self._process.settings.mailing_rate - await _left(session))
                rows = await self._claimed(session, MAILING, MAILING, min(number, self._room))
                self._room -= len(rows)
            self._taken, self._since = len(rows), time.perf_counter()
            return await self._parcels(session, rows)

    def _soon_gone(self) -> int:
        """As many as leave in half a second, going by the last."""
        rate = self._taken / max(1e-3, time.perf_counter() - self._since)
        return max(AT_ONCE, min(AT_MOST, int(rate / 2)))

    async def _claimed(self, session: Session, first: int, last: int, number: int) -> list[Any]:
        values = {"mine": self._mine, "now": clock.now(), "first": first, "last": last, "number": number}
        bounces = {"since": clock.now() - BOUNCES_FORGOTTEN_AFTER, "too_many": BOUNCES_TO_STOP}
        return await session.rows(_CLAIM, values | bounces, prepare=True) if number else []

    async def _parcels(self, session: Session, rows: list[Any]) -> list[Parcel]:
        unknown = {row.wording_id for row in rows} - self._stencils.keys() - {None}
        if unknown:
            for wording in await session.scalars(select(Wording).where(Wording.id.in_(unknown))):
                self._stencils[wording.id] = WordingStencil(wording, self._process.settings)
        return [self._parcel(row) for row in rows]

    def _parcel(self, row: Any) -> Parcel:
        values = row._asdict()
        stencil = self._stencils.get(values.pop("wording_id"))
        return Parcel(**values, claim=self._mine, stencil=stencil)


async def put_back(process: Process, parcels: Sequence[Parcel], *, later: bool) -> None:
    """What was taken and not tried waits again: its turn comes anew, or `later`, when the server is out of trouble."""
    if not parcels:
        return
    now, letter = clock.now(), OutgoingLetter
    values: dict[str, Any] = {"state": QUEUED, "claim": None, "changed_at": now}
    if later:
        values["due_at"] = now + RETRIES[0]
    mine = (letter.id.in_([one.id for one in parcels]), letter.claim == parcels[0].claim, letter.state == CLAIMED)
    async with process.database.transaction() as session:
        await session.execute(update(letter).where(*mine).values(**values))
        if later:
            await jobs.defer(session, "mail.deliver", at=values["due_at"], in_turn=IN_TURN)


async def postpone(process: Process, parcel: Parcel, why: str) -> bool:
    """Tries it again after a while; after the last time False, and it is given up. Nothing where it is another's."""
    async with process.database.transaction() as session:
        if parcel.attempts >= len(RETRIES):
            await close(session, parcel, FAILED, why)
            return False
        due = clock.now() + RETRIES[parcel.attempts]
        values: dict[str, Any] = {"state": QUEUED, "claim": None, "due_at": due, "changed_at": clock.now()}
        values |= {"attempts": parcel.attempts + 1, "outcome": why[:300]}
        mine = (OutgoingLetter.id == parcel.id, OutgoingLetter.claim == parcel.claim)
        held = OutgoingLetter.state.in_((CLAIMED, HANDING))
        await session.execute(update(OutgoingLetter).where(*mine, held).values(**values))
        await jobs.defer(session, "mail.deliver", at=due, in_turn=IN_TURN)
    return True


async def close(session: Session, parcel: Parcel, state: str, outcome: str) -> None:
    keeps_words = state == FAILED
    values = {"id": parcel.id, "claim": parcel.claim, "state": state, "outcome": outcome[:300], "now": clock.now()}
    driver = await session.driver()
    await driver.execute(_CLOSE, {**values, "kept": keeps_words}, prepare=True)


async def is_due(session: Session) -> bool:
    letter = OutgoingLetter
    found = select(letter.id).where(letter.state == QUEUED, letter.due_at <= clock.now()).limit(1)
    return await session.scalar(found) is not None


async def _left(session: Session) -> int:
    """How many letters of mailings left in the last minute: counted, so that a restart forgets nothing."""
    ((left,),) = await session.rows(_LEFT, {"since": clock.now() - timedelta(minutes=1)})
    return int(left)


_LEFT: LiteralString = "SELECT count(*) FROM outgoing_letter WHERE mailing_id IS NOT NULL AND sent_at > %(since)s"
_CLAIM: LiteralString = """
WITH due AS (
    SELECT id FROM outgoing_letter
    WHERE state = 'queued' AND due_at <= %(now)s AND priority BETWEEN %(first)s AND %(last)s
    ORDER BY priority, due_at LIMIT %(number)s FOR UPDATE SKIP LOCKED
), taken AS (
    UPDATE outgoing_letter o SET state = 'claimed', claim = %(mine)s, changed_at = %(now)s
    FROM due WHERE o.id = due.id RETURNING o.*
)
SELECT t.id, t.kind, t.to_address, t.language, t.subject, t.text, t.html, t.headers, t.created_at, t.attempts,
    t.wording_id, t.fills, t.pictures, coalesce(b.score >= %(too_many)s AND b.last_at > %(since)s, false) AS stopped
FROM taken t LEFT JOIN mail_bounce b ON b.address = lower(t.to_address)
ORDER BY t.priority, t.due_at, t.id
"""
# Not waited for to reach the disk: a killed worker does not take the database with it.
_CLOSE: LiteralString = """
UPDATE outgoing_letter SET state = %(state)s, outcome = %(outcome)s, sent_at = %(now)s, changed_at = %(now)s,
    text = CASE WHEN %(kept)s THEN text ELSE '' END, html = CASE WHEN %(kept)s THEN html ELSE '' END,
    pictures = CASE WHEN %(kept)s THEN pictures ELSE '{}' END
FROM (SELECT set_config('synchronous_commit', 'off', true)) AS quick
WHERE id = %(id)s AND claim = %(claim)s AND state IN ('claimed', 'handing')
"""

"""Delivery: one job at a time takes what is queued, by a few connections, each letter once.

A letter passes `queued → claimed → handing → sent`, each step durable before the next. A worker killed before
`handing` has sent nothing: the letter is queued again. Killed while it hands over (from the first octet of the
content to the server's answer) nobody can know whether it arrived: such a letter is not sent again, since a second
mail is worse, but shown as `unsure` in the mail log, from which staff may send it again under the same Message-ID.
"""

import asyncio
import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, LiteralString
from uuid import UUID

from sqlalchemy import delete, select, update

from ssc.core import clock, ids, jobs
from ssc.core.db import Session
from ssc.core.mail import transport
from ssc.core.mail.bounces import forget_bounces, record_bounce, stopped
from ssc.core.mail.models import (
    BOUNCED,
    CLAIMED,
    FAILED,
    HANDING,
    QUEUED,
    SENT,
    STOPPED,
    UNSURE,
    OutgoingLetter,
)
from ssc.core.mail.transport import Later, Line, Refused, Unreachable
from ssc.core.process import Process

log = logging.getLogger("ssc.mail")

# How long after each failure it is tried again; then it is given up, visibly.
RETRIES = tuple(timedelta(seconds=s) for s in (15, 60, 300, 1800, 7200, 21600, 43200, 86400))
CONNECTIONS = 4
AT_ONCE = 40
HANDED_WITHIN = timedelta(minutes=3)
WORDS_KEPT_FOR = timedelta(days=14)
LOG_KEPT_FOR = timedelta(days=90)
IN_TURN = "mail"

book = jobs.Book()


@book.job("mail.deliver")
async def deliver(process: Process, letter: str = "") -> None:
    """Sends what is due, those first for which somebody waits. `letter`: in jobs of older versions, not needed."""
    mine = ids.new()
    await _take_back(process, mine)
    async with transport.lines(process.settings, CONNECTIONS) as lines:
        while claimed := await _claim(process, mine):
            if not await _send_all(process, lines, claimed):
                return


@book.every("* * * * *", "mail.sweep")
async def sweep(process: Process) -> None:
    """Whatever became of a letter's own job: once a minute somebody looks."""
    async with process.database.transaction() as session:
        if await session.scalar(select(OutgoingLetter.id).where(_due()).limit(1)):
            await jobs.defer(session, "mail.deliver", in_turn=IN_TURN)


@book.every("41 3 * * *", "mail.forget")
async def forget(process: Process) -> None:
    """Words of letters given up are kept for a while, to be sent again; the log is kept for ninety days."""
    now = clock.now()
    letter = OutgoingLetter
    async with process.database.transaction() as session:
        await session.execute(
            update(letter).where(letter.text != "", letter.sent_at < now - WORDS_KEPT_FOR).values(text="", html="")
        )
        await session.execute(delete(letter).where(letter.sent_at < now - LOG_KEPT_FOR))
        await forget_bounces(session)


async def _take_back(process: Process, mine: UUID) -> None:
    """What a killed worker left: claimed is queued again; handed over with nobody left to hear the answer is unsure."""
    now, letter = clock.now(), OutgoingLetter
    async with process.database.transaction() as session:
        await session.execute(
            update(letter).where(letter.state == CLAIMED, letter.claim != mine).values(state=QUEUED, claim=None)
        )
        await session.execute(
            update(letter)
            .where(letter.state == HANDING, letter.changed_at < now - HANDED_WITHIN)
            .values(state=UNSURE, sent_at=now, outcome="the worker was stopped while handing it over")
        )


async def _claim(process: Process, mine: UUID) -> list[OutgoingLetter]:
    letter = OutgoingLetter
    async with process.database.transaction() as session:
        rows = await session.scalars(
            select(letter)
            .where(_due())
            .order_by(letter.priority, letter.due_at, letter.id)
            .limit(AT_ONCE)
            .with_for_update(skip_locked=True)
        )
        claimed = list(rows)
        for row in claimed:
            row.state, row.claim, row.changed_at = CLAIMED, mine, clock.now()
    return claimed


async def _send_all(process: Process, lines: list[Line], letters: list[OutgoingLetter]) -> bool:
    """False when the server is in trouble: what was not tried is queued again for a little later."""
    waiting = iter(letters)
    sent = await asyncio.gather(*(_use(process, line, waiting) for line in lines))
    rest = list(waiting)
    for row in rest:
        await _postpone(process, row, "", counted=False)
    return all(sent)


async def _use(process: Process, line: Line, waiting: Iterator[OutgoingLetter]) -> bool:
    for row in waiting:
        try:
            await _send(process, line, row)
        except Unreachable as trouble:
            log.warning("the mail server is in trouble: %s", trouble)
            await _postpone(process, row, str(trouble))
            return False
        except Exception:  # one letter that breaks us must not keep the others
            log.exception("letter %s could not be sent", row.id)
            await _postpone(process, row, "a fault of ours; the log says which")
    return True


async def _send(process: Process, line: Line, row: OutgoingLetter) -> None:
    async with process.database.reading() as session:
        if await stopped(session, row.to_address):
            await _close(session, row, STOPPED, "the address bounces")
            return
    try:
        await line.offer(row)
        if not await _is_handing(process, row):
            await line.take_back()
            return
        await _unbroken(line, row)
    except Refused as refused:
        await _bounced(process, row, refused)
        return
    except Later as later:
        await _postpone(process, row, str(later))
        return
    async with process.database.reading() as session:
        await _close(session, row, SENT, "")


async def _unbroken(line: Line, row: OutgoingLetter) -> None:
    """A worker that is told to stop still hears what becomes of the letter in its hands."""
    handing = asyncio.ensure_future(line.hand_over(row))
    try:
        await asyncio.shield(handing)
    except asyncio.CancelledError:
        await asyncio.wait([handing], timeout=2)
        raise


async def _is_handing(process: Process, row: OutgoingLetter) -> bool:
    """Durable before the first octet; False where another delivery has taken the letter, or it was withdrawn."""
    async with process.database.reading() as session:
        values = {"id": row.id, "claim": row.claim, "now": clock.now()}
        return bool(await session.rows(_HANDING, values, prepare=True))


async def _bounced(process: Process, row: OutgoingLetter, refused: Refused) -> None:
    async with process.database.transaction() as session:
        if refused.of_address:
            await record_bounce(session, row.to_address, hard=True)
        await _close(session, row, BOUNCED, str(refused))


async def _postpone(process: Process, row: OutgoingLetter, why: str, *, counted: bool = True) -> None:
    async with process.database.transaction() as session:
        if counted and row.attempts >= len(RETRIES):
            log.error("letter %s of kind %s is given up: %s", row.id, row.kind, why)
            await _close(session, row, FAILED, why)
            return
        due = clock.now() + RETRIES[row.attempts if counted else 0]
        values: dict[str, Any] = {"state": QUEUED, "claim": None, "due_at": due, "changed_at": clock.now()}
        if counted:
            values |= {"attempts": row.attempts + 1, "outcome": why[:300]}
        await session.execute(update(OutgoingLetter).where(OutgoingLetter.id == row.id).values(**values))
        await jobs.defer(session, "mail.deliver", at=due, in_turn=IN_TURN)


async def _close(session: Session, row: OutgoingLetter, state: str, outcome: str) -> None:
    keeps_words = state == FAILED
    values = {"id": row.id, "claim": row.claim, "state": state, "outcome": outcome[:300], "now": clock.now()}
    await session.rows(_CLOSE, {**values, "kept": keeps_words}, prepare=True)


def _due() -> Any:
    return (OutgoingLetter.state == QUEUED) & (OutgoingLetter.due_at <= clock.now())


# Each stands alone, and is not waited for to reach the disk: a killed worker does not take the database with it, and
# should both die in the same half second, the letter counts as unsure.
_HANDING: LiteralString = """
UPDATE outgoing_letter SET state = 'handing', changed_at = %(now)s
FROM (SELECT set_config('synchronous_commit', 'off', true)) AS quick
WHERE id = %(id)s AND claim = %(claim)s AND state = 'claimed' RETURNING id
"""
_CLOSE: LiteralString = """
UPDATE outgoing_letter SET state = %(state)s, outcome = %(outcome)s, sent_at = %(now)s, changed_at = %(now)s,
    text = CASE WHEN %(kept)s THEN text ELSE '' END, html = CASE WHEN %(kept)s THEN html ELSE '' END
FROM (SELECT set_config('synchronous_commit', 'off', true)) AS quick
WHERE id = %(id)s AND claim = %(claim)s RETURNING id
"""

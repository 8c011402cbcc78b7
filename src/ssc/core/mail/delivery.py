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
from itertools import chain

from sqlalchemy import update

from ssc.core import clock, ids, jobs
from ssc.core.db import Session
from ssc.core.mail import claiming, mailings, transport
from ssc.core.mail.bounces import forget_bounces, record_bounce
from ssc.core.mail.claiming import IN_TURN, Claims
from ssc.core.mail.models import BOUNCED, SENT, STOPPED, OutgoingLetter
from ssc.core.mail.transport import Later, Line, Refused, Unreachable
from ssc.core.mail.writing import Parcel
from ssc.core.process import Process

log = logging.getLogger("ssc.mail")

CONNECTIONS = 4
WORDS_KEPT_FOR = timedelta(days=14)
LOG_KEPT_FOR = timedelta(days=90)

book = jobs.Book()


@book.job("mail.deliver")
async def deliver(process: Process, letter: str = "") -> None:
    """Sends what is due, those first for which somebody waits. `letter`: in jobs of older versions, not needed."""
    claims = Claims(process, ids.new())
    await claims.take_back()
    async with transport.lines(process.settings, CONNECTIONS) as lines:
        while claimed := await claims.next():
            if not await _send_all(process, lines, claimed):
                return


@book.every("* * * * *", "mail.sweep")
async def sweep(process: Process) -> None:
    """Whatever became of a letter's own job, and for what waited for its minute: once a minute somebody looks."""
    async with process.database.transaction() as session:
        if await claiming.is_due(session):
            await jobs.defer(session, "mail.deliver", in_turn=IN_TURN)


@book.every("41 3 * * *", "mail.forget")
async def forget(process: Process) -> None:
    """Words of letters given up are kept for a while, to be sent again; the log is kept for ninety days."""
    now = clock.now()
    letter = OutgoingLetter
    async with process.database.transaction() as session:
        await session.execute(
            update(letter)
            .where(letter.text != "", letter.sent_at < now - WORDS_KEPT_FOR)
            .values(text="", html="", pictures={})
        )
        await mailings.forget(session, now - LOG_KEPT_FOR)
        await forget_bounces(session)


async def _send_all(process: Process, lines: list[Line], letters: list[Parcel]) -> bool:
    """False when the server is in trouble: what was not tried is queued again for a little later."""
    waiting = iter(letters)
    sent = await asyncio.gather(*(_use(process, line, waiting) for line in lines))
    rest = list(waiting)
    for parcel in rest:
        await claiming.postpone(process, parcel, "", counted=False)
    return all(sent)


async def _use(process: Process, line: Line, waiting: Iterator[Parcel]) -> bool:
    """One connection to the database as long as nothing breaks."""
    for parcel in waiting:
        async with process.database.reading() as session:
            if not await _send_in_turn(process, session, line, chain([parcel], waiting)):
                return False
    return True


async def _send_in_turn(process: Process, session: Session, line: Line, waiting: Iterator[Parcel]) -> bool:
    """Until all are sent, or one broke us; False when the server is in trouble."""
    for parcel in waiting:
        try:
            await _send(process, session, line, parcel)
        except Unreachable as trouble:
            log.warning("the mail server is in trouble: %s", trouble)
            await _postpone(process, parcel, str(trouble))
            return False
        except Exception:  # one letter that breaks us must not keep the others
            log.exception("letter %s could not be sent", parcel.id)
            await _postpone(process, parcel, "a fault of ours; the log says which")
            return True
    return True


async def _send(process: Process, session: Session, line: Line, parcel: Parcel) -> None:
    if parcel.stopped:
        await claiming.close(session, parcel, STOPPED, "the address bounces")
        return
    try:
        await line.offer(parcel)
        if not await claiming.is_handing(session, parcel):
            await line.take_back()
            return
        await _unbroken(line, parcel)
    except Refused as refused:
        await _bounced(process, parcel, refused)
    except Later as later:
        await _postpone(process, parcel, str(later))
    else:
        await claiming.close(session, parcel, SENT, "")


async def _unbroken(line: Line, parcel: Parcel) -> None:
    """A worker that is told to stop still hears what becomes of the letter in its hands."""
    handing = asyncio.ensure_future(line.hand_over(parcel))
    try:
        await asyncio.shield(handing)
    except asyncio.CancelledError:
        await asyncio.wait([handing], timeout=2)
        raise


async def _bounced(process: Process, parcel: Parcel, refused: Refused) -> None:
    async with process.database.transaction() as session:
        if refused.of_address:
            await record_bounce(session, parcel.to_address, hard=True)
        await claiming.close(session, parcel, BOUNCED, str(refused))


async def _postpone(process: Process, parcel: Parcel, why: str) -> None:
    if not await claiming.postpone(process, parcel, why):
        log.error("letter %s of kind %s is given up: %s", parcel.id, parcel.kind, why)

"""Delivery: one job at a time takes what is queued, by a few connections, each letter once.

A letter passes `queued → claimed → handing → sent`, each step durable before the next. A worker killed before
`handing` has sent nothing: the letter is queued again. Killed while it hands over (from the first octet of the
content until the server's answer is noted) nobody can know whether it arrived: such a letter, one a connection at
most, is not sent again, since a second mail is worse, but shown as `unsure` in the mail log and in its mailing's
report; staff may send it again under the same Message-ID.
"""

import asyncio
import logging
import time
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import update

from ssc import tasks
from ssc.core import clock, ids, jobs
from ssc.core.mail import claiming, mailings, transport
from ssc.core.mail.bounces import forget_bounces, record_bounce, stopped
from ssc.core.mail.claiming import IN_TURN, Claims
from ssc.core.mail.ledger import Ledger
from ssc.core.mail.models import BOUNCED, SENT, STOPPED, OutgoingLetter
from ssc.core.mail.transport import Later, Line, Refused, Unreachable
from ssc.core.mail.writing import Parcel
from ssc.core.process import Process

log = logging.getLogger("ssc.mail")

CONNECTIONS = 4
WHILE_S = 2.0
WORDS_KEPT_FOR = timedelta(days=14)
LOG_KEPT_FOR = timedelta(days=90)

book = jobs.Book()


@book.job("mail.deliver")
async def deliver(process: Process, letter: str = "") -> None:
    """Sends what is due, those first for which somebody waits. `letter`: in jobs of older versions, not needed."""
    mine = ids.new()
    claims, round_ = Claims(process, mine), Round(process, Ledger(process, mine))
    await claims.take_back()
    async with transport.lines(process.settings, CONNECTIONS) as lines:
        try:
            while claimed := await claims.next():
                if not await round_.send_all(lines, claimed):
                    return
        finally:
            await asyncio.shield(round_.ledger.settle())


@book.every("* * * * *", "mail.sweep")
async def sweep(process: Process) -> None:
    """Whatever became of a letter's own job, and for what waited for its minute: once a minute somebody looks."""
    async with process.database.transaction() as session:
        if await claiming.is_due(session):
            await jobs.defer(session, "mail.deliver", in_turn=IN_TURN)


@book.every("41 3 * * *", "mail.forget")
async def forget(process: Process) -> None:
    """Letters given up are kept whole for a while, to be sent again; the log is kept for ninety days."""
    now = clock.now()
    letter = OutgoingLetter
    async with process.database.transaction() as session:
        await session.execute(
            update(letter)
            .where(letter.text != "", letter.sent_at < now - WORDS_KEPT_FOR)
            .values(text="", html="", pictures={})
        )
        await session.execute(
            update(letter)
            .where(~letter.address_kept, letter.to_address != "", letter.sent_at < now - WORDS_KEPT_FOR)
            .values(to_address="")
        )
        await mailings.forget(session, now - LOG_KEPT_FOR)
        await forget_bounces(session)


class Round:
    """One delivery's way through its letters."""

    def __init__(self, process: Process, ledger: Ledger) -> None:
        self._process, self.ledger = process, ledger
        self._stopped: set[str] = set()  # addresses of which it has learnt that they bounce

    async def send_all(self, lines: list[Line], letters: list[Parcel]) -> bool:
        """False when the server is in trouble: what was not tried is queued again for a little later.

        What is not tried after a while goes back too: whoever waits for a link waits behind no slow server's queue.
        """
        waiting, until = iter(letters), time.monotonic() + WHILE_S
        using = [asyncio.ensure_future(self._use(line, waiting, until)) for line in lines]
        try:
            sent = await asyncio.gather(*using)
        except BaseException:  # of one line: the others end what is in their hands before the lines are closed
            await tasks.end(*using, again_s=3)
            raise
        await claiming.put_back(self._process, list(waiting), later=not all(sent))
        await self.ledger.settle()  # what has left is counted before more may leave
        return all(sent)

    async def _use(self, line: Line, waiting: Iterator[Parcel], until: float) -> bool:
        """Until all are sent, or the time is over; False when the server is in trouble."""
        for parcel in waiting:
            try:
                await self._send(line, parcel)
            except Unreachable as trouble:
                log.warning("the mail server is in trouble: %s", trouble)
                await self._postpone(parcel, str(trouble))
                return False
            except Exception:  # one letter that breaks us must not keep the others
                log.exception("letter %s could not be sent", parcel.id)
                await self._postpone(parcel, "a fault of ours; the log says which")
            if time.monotonic() > until:
                break
        return True

    async def _send(self, line: Line, parcel: Parcel) -> None:
        if parcel.stopped or parcel.to_address.lower() in self._stopped:
            self.ledger.end(parcel, STOPPED, "the address bounces")
            return
        try:
            await line.offer(parcel)
            if not await self.ledger.begin(parcel):
                await line.take_back()
                return
            await self._unbroken(line, parcel)
        except Refused as refused:
            await self._bounced(parcel, refused)
        except Later as later:
            await self._postpone(parcel, str(later))
        else:
            self.ledger.end(parcel, SENT)

    async def _unbroken(self, line: Line, parcel: Parcel) -> None:
        """A worker that is told to stop still hears what becomes of the letter in its hands, and writes it down."""
        handing = asyncio.ensure_future(line.hand_over(parcel))
        try:
            await asyncio.shield(handing)
        except asyncio.CancelledError:
            try:
                await asyncio.wait([handing], timeout=2)
            finally:  # a server that says nothing is not waited for, nor does its line outlive us
                await tasks.end(handing)
                if not handing.cancelled() and handing.exception() is None:
                    self.ledger.end(parcel, SENT)
            raise

    async def _bounced(self, parcel: Parcel, refused: Refused) -> None:
        async with self._process.database.transaction() as session:
            if refused.of_address:
                await record_bounce(session, parcel.to_address, hard=True)
                if await stopped(session, parcel.to_address):
                    self._stopped.add(parcel.to_address.lower())
            await claiming.close(session, parcel, BOUNCED, str(refused))

    async def _postpone(self, parcel: Parcel, why: str) -> None:
        if not await claiming.postpone(self._process, parcel, why):
            log.error("letter %s of kind %s is given up: %s", parcel.id, parcel.kind, why)

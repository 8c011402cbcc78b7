"""Work behind the scenes: letters for what was missed, digests, and forgetting what is old."""

import logging
from datetime import datetime
from uuid import UUID

from ssc.core import jobs
from ssc.core.process import Process
from ssc.notifications import actions
from ssc.notifications.actions.digesting import NOBODY

log = logging.getLogger("ssc.notifications")

book = jobs.Book()

RINGS = 5


class Unheard(Exception):
    """The push service did not take it: the job is tried again, with growing pauses."""


@book.job("notifications.mail_missed")
async def mail_missed(process: Process) -> None:
    """Writes everything that is due, one letter a transaction: killed half-way, nothing is lost and nothing doubled.

    One that breaks us is put off, and keeps no other.
    """
    while True:
        try:
            async with process.database.transaction() as session:
                written = await actions.write_next(session, process.live)
        except Exception:
            log.exception("a letter about what was missed could not be written")
            async with process.database.transaction() as session:
                written = await actions.put_off_next(session)
        if not written:
            return


@book.job("notifications.push")
async def push(process: Process, mail_at: str | None = None) -> None:
    """Decides who is rung; `mail_at`: when the letters about the same are due."""
    if mail_at is not None:
        async with process.database.transaction() as session:
            await jobs.defer(session, "notifications.mail_missed", at=datetime.fromisoformat(mail_at))
    while True:
        async with process.database.transaction() as session:
            if not await actions.push_next(session, process.live):
                return


@book.job("notifications.ring", attempts=RINGS, wait=10)
async def ring(process: Process, subscription: str, payload: dict[str, str]) -> None:
    """One device; a push service in trouble is tried again, and a device that stays silent is forgotten in the end."""
    async with process.database.transaction() as session:
        heard = await actions.ring(session, process.outgoing, UUID(subscription), payload)
    if not heard:
        raise Unheard


@book.every("*/5 * * * *", "notifications.sweep")
async def sweep(process: Process) -> None:
    """What was put off: to the end of quiet hours, after a pause."""
    await push(process)
    await mail_missed(process)


@book.every("23 * * * *", "notifications.digest")
async def digest(process: Process) -> None:
    """One that breaks us is passed over, and keeps no other."""
    member = NOBODY
    while True:
        try:
            async with process.database.transaction() as session:
                found = await actions.write_next_digest(session, member)
        except Exception:
            log.exception("a digest could not be written")
            async with process.database.transaction() as session:
                found = await actions.due_after(session, member)
        if found is None:
            return
        member = found


@book.every("37 3 * * *", "notifications.forget")
async def forget(process: Process) -> None:
    async with process.database.transaction() as session:
        await actions.forget(session)

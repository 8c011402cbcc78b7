"""What a delivery writes down of its letters: for all lines at once whatever has gathered, in one statement."""

import asyncio
import logging
from collections.abc import Iterable
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

from ssc.core import clock
from ssc.core.mail.models import HANDING, QUEUED
from ssc.core.mail.writing import Parcel
from ssc.core.process import Process

log = logging.getLogger("ssc.mail")


class Note(NamedTuple):
    letter: UUID
    state: str
    outcome: str


class Ledger:
    """Durable notes of one delivery. Each line waits until it stands that its letter is being handed over; that it was
    taken is written while the line offers the next."""

    def __init__(self, process: Process, mine: UUID) -> None:
        self._process, self._mine = process, mine
        self._notes: list[Note] = []
        self._begun: dict[UUID, asyncio.Future[bool]] = {}
        self._writing: asyncio.Task[None] | None = None

    async def begin(self, parcel: Parcel) -> bool:
        """Durable before the first octet; False where another delivery has taken the letter."""
        begun = asyncio.get_running_loop().create_future()
        self._begun[parcel.id] = begun
        self._note(Note(parcel.id, HANDING, ""))
        try:
            return bool(await begun)
        except asyncio.CancelledError:  # the worker is told to stop, and nothing was said to the server
            self._unsay(parcel.id)
            raise

    def end(self, parcel: Parcel, state: str, outcome: str = "") -> None:
        """What became of it. Should that not get written, the letter counts as unsure, and is not sent again."""
        self._note(Note(parcel.id, state, outcome[:300]))

    async def settle(self) -> None:
        """When it returns, all of it is written. What could not be written before is tried once more."""
        if self._writing is not None:
            await asyncio.wait([self._writing])
        await self._write()

    def _unsay(self, letter: UUID) -> None:
        unwritten = [note for note in self._notes if note.letter == letter]
        if unwritten:
            self._notes.remove(unwritten[0])
            del self._begun[letter]
        else:
            self._note(Note(letter, QUEUED, ""))

    def _note(self, note: Note) -> None:
        self._notes.append(note)
        self._set_writing()

    def _set_writing(self) -> None:
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
            self._writing.add_done_callback(_heard)

    async def _write(self) -> None:
        while self._notes:
            some, self._notes = self._notes, []
            begun = {note.letter: self._begun.pop(note.letter) for note in some if note.state == HANDING}
            try:
                rows = await self._process.database.write(_NOTE, self._values(some))
            except BaseException as trouble:
                self._fail(some, begun, trouble)
                raise
            mine = {row.id for row in rows}
            for letter, heard in begun.items():
                if not heard.done():
                    heard.set_result(letter in mine)

    def _fail(self, some: list[Note], begun: dict[UUID, asyncio.Future[bool]], trouble: BaseException) -> None:
        """What was taken is tried to be written once more at the end; what was to begin does not."""
        self._notes = [note for note in some if note.state != HANDING] + self._notes
        for heard in begun.values():
            if not heard.done():
                heard.set_exception(trouble if isinstance(trouble, Exception) else ConnectionError("stopped"))

    def _values(self, notes: list[Note]) -> dict[str, Any]:
        letters, states, outcomes = zip(*notes, strict=True)
        return {
            "ids": _array(map(str, letters)),
            "states": _array(states),
            "outcomes": _array(map(_quoted, outcomes)),
            "mine": self._mine,
            "now": clock.now(),
        }


def _array(spelled: Iterable[str]) -> str:
    """As PostgreSQL reads it: the driver's own way with lists took a quarter of a note."""
    return "{" + ",".join(spelled) + "}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _heard(writing: asyncio.Task[None]) -> None:
    """Who waited for it has heard; the rest is tried again when the delivery settles."""
    if not writing.cancelled() and (trouble := writing.exception()) is not None:
        log.warning("what became of letters could not be written: %s", trouble)


# Not waited for to reach the disk: a killed worker does not take the database with it.
_NOTE: LiteralString = """
UPDATE outgoing_letter o SET state = n.state, changed_at = %(now)s,
    outcome = CASE WHEN n.state IN ('handing', 'queued') THEN o.outcome ELSE n.outcome END,
    sent_at = CASE WHEN n.state IN ('handing', 'queued') THEN o.sent_at ELSE %(now)s END,
    to_address = CASE WHEN NOT o.address_kept AND n.state IN ('sent', 'bounced', 'stopped') THEN ''
        ELSE o.to_address END,
    text = CASE WHEN n.state IN ('handing', 'queued') THEN o.text ELSE '' END,
    html = CASE WHEN n.state IN ('handing', 'queued') THEN o.html ELSE '' END,
    pictures = CASE WHEN n.state IN ('handing', 'queued') THEN o.pictures ELSE '{}' END
FROM (SELECT set_config('synchronous_commit', 'off', true)) AS quick,
    unnest(%(ids)s::uuid[], %(states)s::text[], %(outcomes)s::text[]) AS n(id, state, outcome)
WHERE o.id = n.id AND o.claim = %(mine)s
    AND (o.state = 'claimed' OR n.state <> 'handing' AND o.state IN ('handing', 'unsure'))
RETURNING o.id
"""

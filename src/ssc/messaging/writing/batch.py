"""A batch: what waits is checked under the threads' locks, numbered, stored and encoded together.

What nothing stands against, which is nearly all of what people say in the great rooms, is stored by one statement.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from psycopg.errors import UniqueViolation

from ssc.core import clock, ids
from ssc.core.db import Database, Session
from ssc.core.live import Act, Publication
from ssc.messaging import encoding, words
from ssc.messaging.telling import GREAT, SMALL, Written, tell_of
from ssc.messaging.writing import judging, statements
from ssc.messaging.writing.sending import Key, Refusal, Sending, Stored

Outcome = Stored | Refusal
"""What became of a sending; None instead: its thread is held by somebody else, try again."""


class Raced(Exception):
    """A file was attached elsewhere between the look and the change: the batch is to be tried anew."""


@dataclass
class Ledger:
    """A locked thread, and how far it has come within this batch."""

    history: str
    last_seq: int
    rev: int

    def next(self) -> tuple[int, int]:
        self.last_seq, self.rev = self.last_seq + 1, self.rev + 1
        return self.last_seq, self.rev


@dataclass(frozen=True)
class Accepted:
    """A sending with its numbers. `row`: what CHECK found of its author and its thread."""

    sending: Sending
    seq: int
    rev: int
    row: Any
    mentioned: dict[str, UUID]
    at: datetime
    id: UUID

    @cached_property
    def html(self) -> str:
        return self.sending.rendered.html(self.mentioned)

    @property
    def shape(self) -> dict[str, Any]:
        """`shapes.Message`, in its order: models would cost as much as all the rest."""
        sending, row = self.sending, self.row
        files = {file["id"]: file for file in row.files} if sending.attachments else {}
        return {
            "id": str(self.id),
            "thread_id": str(sending.thread_id),
            "seq": self.seq,
            "rev": self.rev,
            "client_id": sending.client_id,
            "kind": "text",
            "author": encoding.author(row.handle, row.name, row.photo),
            "body": sending.body,
            "html": self.html,
            "reply_to": sending.reply_to,
            "attachments": [encoding.attachment(files[str(one)]) for one in sending.attachments],
            "reactions": {},
            "created_at": clock.rfc3339(self.at),
            "edited_at": None,
            "deleted": False,
        }

    @property
    def columns(self) -> dict[str, Any]:
        return {"seq": self.seq, "rev": self.rev, **_columns(self.sending, self.id, self.html)}

    @property
    def is_told(self) -> bool:
        """Whether everybody in the thread is told of it."""
        return self.row.kind in SMALL and self.row.member_count <= GREAT

    @property
    def written(self) -> Written:
        sending, requested = self.sending, self.row.request is not None
        return Written(
            sending.thread_id, self.row.kind, self.seq, sending.author_id, tuple(self.mentioned.values()), requested
        )


@dataclass
class Batch:
    """What one transaction does."""

    sendings: Sequence[Sending]
    outcomes: list[Outcome | None] = field(default_factory=list)
    news: list[Publication | Act] = field(default_factory=list)
    told: set[UUID] = field(default_factory=set)
    """Threads in which everybody is told of everything."""
    _accepted: dict[Key, Accepted] = field(default_factory=dict)
    _ledgers: dict[UUID, Ledger] = field(default_factory=dict)
    _now: datetime = field(default_factory=clock.now)

    async def store_ready(self, database: Database) -> bool:
        """All of it at once; False: something has to be looked at more closely, and nothing was stored."""
        made = [ids.new() for _sending in self.sendings]
        sent = [
            {"n": number, **_columns(sending, made[number], sending.rendered.html())}
            for number, sending in enumerate(self.sendings)
        ]
        values = {
            "sent": encoding.json(sent).decode(),
            "told": " ".join(SMALL),
            "great": GREAT,
            "now": self._now,
        }
        try:
            rows = await database.write(statements.STORE_READY, values)
        except UniqueViolation:  # a repetition
            return False
        self.outcomes = [self._accept(self.sendings[row.n], row.seq, row.rev, row, {}, made[row.n]) for row in rows]
        return bool(rows)

    async def store(self, session: Session, *, patient: bool) -> None:
        """All of it. `patient`: waits for threads that others hold, instead of leaving them out."""
        threads = list({sending.thread_id for sending in self.sendings})
        await self._lock(session, threads, patient)
        rows = await self._look(session) if self._ledgers else [None] * len(self.sendings)
        held = frozenset() if patient else frozenset(threads) - self._ledgers.keys()
        self.outcomes = [
            None if sending.thread_id in held else self._outcome(sending, row)
            for sending, row in zip(self.sendings, rows, strict=True)
        ]
        if self._accepted:
            await self._write(session, list(self._accepted.values()))

    async def _lock(self, session: Session, threads: list[UUID], patient: bool) -> None:
        statement = statements.LOCK if patient else statements.LOCK_FREE
        for row in await session.rows(statement, {"threads": threads}, prepare=True):
            self._ledgers[row.id] = Ledger(row.history, row.last_seq, row.rev)

    async def _look(self, session: Session) -> list[Any]:
        asked = {
            "today": clock.today_in_japan(),
            "now": self._now,
            "sent": encoding.json([{"n": number, **_asked(one)} for number, one in enumerate(self.sendings)]).decode(),
        }
        return await session.rows(statements.CHECK, asked, prepare=True)

    def _outcome(self, sending: Sending, row: Any) -> Outcome:
        ledger = self._ledgers.get(sending.thread_id)
        if ledger is None or row.member_id is None:
            return judging.missing
        if row.known_seq is not None:
            same = row.known_sent is not None and bytes(row.known_sent) == sending.digest
            return Stored(row.known_seq, row.known_rev) if same else judging.reused
        if (twin := self._accepted.get(sending.key)) is not None:
            return Stored(twin.seq, twin.rev) if twin.sending.digest == sending.digest else judging.reused
        readable = row.joined_seq + 1 if ledger.history == "since-joining" else 1
        refused = judging.refusal(sending, row, ledger.last_seq, readable)
        if refused is not None:
            return refused
        mentioned = {handle: UUID(member) for handle, member in (row.mentioned or {}).items()}
        return self._accept(sending, *ledger.next(), row, mentioned, ids.new())

    def _accept(
        self, sending: Sending, seq: int, rev: int, row: Any, mentioned: dict[str, UUID], message_id: UUID
    ) -> Stored:
        self._accepted[sending.key] = one = Accepted(sending, seq, rev, row, mentioned, self._now, message_id)
        shape = one.shape
        message = encoding.json(shape)
        withheld = encoding.frame("message", message=encoding.withheld(shape))
        channel = f"thread:{sending.thread_id}"
        self.news.append(Publication(channel, encoding.message_frame(message), rev, sending.author_id, withheld))
        if seq == 1 and row.kind == "direct":  # of a conversation that nobody has spoken in, the other knows nothing
            self.news.append(Act(row.other_id, "admit", channel))
        return Stored(seq, rev, message)

    async def _write(self, session: Session, accepted: list[Accepted]) -> None:
        values = {"now": self._now, "stored": encoding.json([one.columns for one in accepted]).decode()}
        await session.change(statements.STORE, values, prepare=True)
        await self._mention(session, accepted)
        await self._attach(session, accepted)
        told = [one for one in accepted if one.is_told]
        self.told.update(one.sending.thread_id for one in told)
        await tell_of(session, [one.written for one in accepted if one.is_told or one.mentioned])

    async def _mention(self, session: Session, accepted: list[Accepted]) -> None:
        found = [(one.sending.thread_id, one.seq, member) for one in accepted for member in one.mentioned.values()]
        if found:
            threads, seqs, members = map(list, zip(*found, strict=True))
            await session.change(statements.MENTION, {"threads": threads, "seqs": seqs, "members": members})

    async def _attach(self, session: Session, accepted: list[Accepted]) -> None:
        found = [
            (one.sending.thread_id, one.seq, file, position)
            for one in accepted
            for position, file in enumerate(one.sending.attachments)
        ]
        if found:
            threads, seqs, files, positions = map(list, zip(*found, strict=True))
            values = {"threads": threads, "seqs": seqs, "files": files, "positions": positions}
            if await session.change(statements.ATTACH, values) != len(found):
                raise Raced


def _asked(sending: Sending) -> dict[str, Any]:
    return {
        "thread_id": sending.thread_id,
        "author_id": sending.author_id,
        "client_id": sending.client_id,
        "names": " ".join(sending.names),
        "files": " ".join(map(str, sending.attachments)),
    }


def _columns(sending: Sending, message_id: UUID, html: str) -> dict[str, Any]:
    """What a message's row is made of, but for its numbers."""
    return {
        "thread_id": sending.thread_id,
        "author_id": sending.author_id,
        "client_id": sending.client_id,
        "id": message_id,
        "digest": sending.digest.hex(),
        "body": sending.body,
        "html": html,
        "reply_to": sending.reply_to,
        "tokens": words.lexemes(sending.thread_id, sending.body),
    }

"""The one writer of a process: it takes whatever waits, stores it in one transaction, and tells each sender."""

import asyncio
import logging
from collections import deque
from collections.abc import Coroutine, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from psycopg import DataError, IntegrityError
from sqlalchemy import exc

from ssc.core.process import Process
from ssc.messaging.writing.batch import Batch, Outcome, Raced
from ssc.messaging.writing.sending import Sending, Stored

log = logging.getLogger("ssc.messaging")

BATCH = 256
GATHERING_S = 0.002
PATIENT = 4
"""Threads that others hold are waited for one by one, by so many at once, and by nobody else."""

_REMEMBERED = 10_000

# What one message may bring upon a whole batch. It is then stored one by one, and who is bad is refused alone.
_OF_ONE = (DataError, IntegrityError, exc.DataError, exc.IntegrityError, Raced)


@dataclass(eq=False)
class _Waiting:
    sending: Sending
    future: "asyncio.Future[Outcome]"


class Writer:
    """Nothing runs while nothing waits. While one batch is committed, the next one gathers."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._queue: deque[_Waiting] = deque()
        self._held: dict[UUID, deque[_Waiting]] = {}
        self._told: set[UUID] = set()
        self._patient = asyncio.Semaphore(PATIENT)
        self._tasks: set[asyncio.Task[None]] = set()
        self._draining = False
        self._last = 1
        self._enough = asyncio.Event()

    async def send(self, sending: Sending) -> Stored:
        """Durable when this returns. Raises `Problem` where it may not be; a repetition answers what is stored."""
        return as_stored(await self.enqueue(sending))

    def enqueue(self, sending: Sending) -> "asyncio.Future[Outcome]":
        """For who sends one after the other without waiting: they are stored in this order."""
        waiting = _Waiting(sending, asyncio.get_running_loop().create_future())
        self._take(waiting)
        return waiting.future

    async def finish(self) -> None:
        """Returns when all that was sent has been stored or refused."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _take(self, waiting: _Waiting) -> None:
        held = self._held.get(waiting.sending.thread_id)
        if held is not None:
            held.append(waiting)  # behind those that wait for the thread already
            return
        self._queue.append(waiting)
        if len(self._queue) >= self._last // 2:
            self._enough.set()
        if not self._draining:
            self._draining = True
            self._start(self._drain())

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work, name="writer")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drain(self) -> None:
        try:
            while self._queue:
                await self._gather()
                batch = [self._queue.popleft() for _ in range(min(BATCH, len(self._queue)))]
                self._last = len(batch)
                self._hold_back(await self._store(batch, patient=False))
        finally:
            self._draining = False

    async def _gather(self) -> None:
        """Where many send at once the next are on their way already: half as many as last time are waited for.

        Small batches cost as much as great ones: without this a thread in which 64 write took half of what it takes.
        Who writes alone waits for nobody.
        """
        if len(self._queue) >= self._last // 2:
            return
        self._enough.clear()
        alarm = asyncio.get_running_loop().call_later(GATHERING_S, self._enough.set)
        await self._enough.wait()
        alarm.cancel()

    def _hold_back(self, left: Sequence[_Waiting]) -> None:
        """Threads that somebody holds (an edit, an import) keep nobody else waiting: each waits by itself."""
        for thread_id in dict.fromkeys(waiting.sending.thread_id for waiting in left):
            behind = [waiting for waiting in self._queue if waiting.sending.thread_id == thread_id]
            mine = [waiting for waiting in left if waiting.sending.thread_id == thread_id]
            self._queue = deque(waiting for waiting in self._queue if waiting.sending.thread_id != thread_id)
            self._held[thread_id] = deque([*mine, *behind])
            self._start(self._wait_for(thread_id))

    async def _wait_for(self, thread_id: UUID) -> None:
        queue = self._held[thread_id]
        try:
            while queue:
                async with self._patient:
                    batch = [queue.popleft() for _ in range(min(BATCH, len(queue)))]
                    await self._store(batch, patient=True)
        finally:
            del self._held[thread_id]

    async def _store(self, batch: Sequence[_Waiting], *, patient: bool) -> list[_Waiting]:
        """Stores and answers; what is left waits for threads that others hold."""
        try:
            return await self._together(batch, patient)
        except _OF_ONE as fault:
            if len(batch) == 1:
                _fail(batch, fault)
                return []
            log.warning("a batch of %d is stored one by one: %s", len(batch), type(fault).__name__)
        except BaseException as fault:
            _fail(batch, fault)
            if not isinstance(fault, Exception):
                raise
            return []
        return [left for waiting in batch for left in await self._store([waiting], patient=patient)]

    async def _together(self, batch: Sequence[_Waiting], patient: bool) -> list[_Waiting]:
        made = Batch([waiting.sending for waiting in batch])
        if patient or not self._may_be_ready(made.sendings) or not await made.store_ready(self._process.database):
            made = Batch(made.sendings)
            async with self._process.database.writing() as session:
                await made.store(session, patient=patient)
            self._told |= made.told
        left = list(_answer(zip(batch, made.outcomes, strict=True)))
        await self._process.live.emit(made.news)  # which never raises
        return left

    def _may_be_ready(self, sendings: Sequence[Sending]) -> bool:
        """Whether it is worth trying to store them by one statement."""
        if len(self._told) > _REMEMBERED:
            self._told.clear()
        return all(one.is_plain and one.thread_id not in self._told for one in sendings) and len(sendings) == len(
            {one.key for one in sendings}
        )


def as_stored(outcome: Outcome) -> Stored:
    """What was stored; raises the refusal, in the language of who calls."""
    if isinstance(outcome, Stored):
        return outcome
    raise outcome()


def _answer(outcomes: Iterable[tuple[_Waiting, Outcome | None]]) -> Iterable[_Waiting]:
    for waiting, outcome in outcomes:
        if outcome is None:
            yield waiting
        elif not waiting.future.done():  # a sender that has gone hears nothing, and what she sent stands
            waiting.future.set_result(outcome)


def _fail(batch: Sequence[_Waiting], fault: BaseException) -> None:
    for waiting in batch:
        if not waiting.future.done():
            waiting.future.set_exception(fault if isinstance(fault, Exception) else ConnectionError("stopped"))

"""What was sent and is not acknowledged: it is sent again over every new line, with the same `client_id`."""

import asyncio
from collections import deque
from dataclasses import dataclass

from ssc.client.problems import ClubProblem
from ssc.client.shapes import Ack, Frame

AGAIN_S = 1.0


@dataclass(eq=False)
class _Outgoing:
    frame: Frame
    done: "asyncio.Future[Ack]"


class Outbox:
    """Keeps the order in which things were sent."""

    def __init__(self) -> None:
        self._open: dict[str, _Outgoing] = {}
        self._unsent: deque[str] = deque()
        self._filled = asyncio.Event()

    def put(self, frame: Frame) -> "asyncio.Future[Ack]":
        """Done when it is durable. The same `client_id` again is the same message."""
        client_id: str = frame["client_id"]
        outgoing = self._open.get(client_id)
        if outgoing is None:
            outgoing = self._open[client_id] = _Outgoing(frame, asyncio.get_running_loop().create_future())
            self._unsend(client_id)
        return outgoing.done

    async def next(self) -> Frame:
        """What is to be sent next; waits for it."""
        while True:
            while self._unsent:
                outgoing = self._open.get(self._unsent.popleft())
                if outgoing is not None:
                    return outgoing.frame
            self._filled.clear()
            await self._filled.wait()

    def begin_again(self) -> None:
        """On a new line, nobody knows which of them arrived."""
        self._unsent = deque(self._open)
        self._filled.set()

    def acknowledge(self, ack: Ack) -> None:
        outgoing = self._open.pop(ack["client_id"], None)
        if outgoing is not None and not outgoing.done.done():
            outgoing.done.set_result(ack)

    def refuse(self, client_id: str, problem: ClubProblem) -> None:
        """Only what the club could not do just now is tried again."""
        if problem.slug == "unavailable" and client_id in self._open:
            self.postpone(client_id)
            return
        outgoing = self._open.pop(client_id, None)
        if outgoing is not None and not outgoing.done.done():
            outgoing.done.set_exception(problem)

    def postpone(self, client_id: str) -> None:
        asyncio.get_running_loop().call_later(AGAIN_S, self._unsend, client_id)

    def give_up(self, failure: BaseException) -> None:
        for outgoing in self._open.values():
            if not outgoing.done.done():
                outgoing.done.set_exception(failure)
                outgoing.done.exception()  # seen: who awaits it no more shall not be told on the console
        self._open.clear()

    def forget(self, client_id: str) -> None:
        """Whoever sent it waits no more."""
        self._open.pop(client_id, None)

    def _unsend(self, client_id: str) -> None:
        self._unsent.append(client_id)
        self._filled.set()

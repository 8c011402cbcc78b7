"""Faults: what the framework would answer in its own words, or not at all, becomes a problem like any other."""

import logging

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ssc.core import errors, logs
from ssc.core.errors import Problem
from ssc.web import problems

log = logging.getLogger("ssc.web")


class Faults:
    """An ASGI layer inside the guard and around the framework, whose own layers answer before our handlers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        watched = _Watched(scope, receive, send)
        try:
            await self.app(scope, receive, watched.pass_on)
        except Exception as fault:
            log.error("unexpected", exc_info=fault)
            if not watched.started:
                await watched.answer(Problem(errors.BROKEN), logs.request_id.get())


class _Watched:
    """One answer on its way out."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope, self.receive, self.send = scope, receive, send
        self.started = False
        self._replaced = False

    async def pass_on(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            if _is_the_frameworks_413(message):
                self._replaced = True
                await self.answer(Problem(errors.TOO_LARGE))
                return
        if not self._replaced:
            await self.send(message)

    async def answer(self, problem: Problem, instance: str | None = None) -> None:
        answered = problems.answer(Request(self.scope, self.receive), problem, instance)
        await answered(self.scope, self.receive, self.send)


def _is_the_frameworks_413(message: Message) -> bool:
    """It sends plain text as soon as a body is too large, wherever that is noticed."""
    kind = dict(message["headers"]).get(b"content-type", b"")
    return bool(message["status"] == 413 and kind.startswith(b"text/plain"))

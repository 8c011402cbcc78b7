"""Kept pages: what is the same for every visitor is rendered once and served from memory until it changes."""

import hashlib
import time
from collections import OrderedDict
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ssc.core import i18n
from ssc.core.config import Settings

KEEP = b"ssc-keep"
"""The header by which a route allows its answer to be kept; its value is the topic by which it is forgotten."""

_MOST = 500
_LONGEST_S = 300.0

Key = tuple[str, bytes, str]
Pairs = list[tuple[bytes, bytes]]


@dataclass(frozen=True)
class _Answer:
    topic: bytes
    etag: bytes
    headers: Pairs
    body: bytes
    until: float


class Shelf:
    """The pages kept by this process. Other processes' changes reach it within five minutes at the latest."""

    def __init__(self) -> None:
        self._answers: OrderedDict[Key, _Answer] = OrderedDict()

    def forget(self, topic: str) -> None:
        """Drops every page that a route kept under `topic`: call it after the commit that changed it."""
        self._answers = OrderedDict((k, a) for k, a in self._answers.items() if a.topic != topic.encode())

    def find(self, key: Key) -> _Answer | None:
        answer = self._answers.get(key)
        return answer if answer is not None and answer.until > time.monotonic() else None

    def put(self, key: Key, topic: bytes, headers: Pairs, body: bytes) -> _Answer:
        etag = b'"' + hashlib.sha256(body).hexdigest()[:32].encode() + b'"'
        kept = [pair for pair in headers if pair[0] not in (KEEP, b"content-length", b"etag")]
        answer = _Answer(topic, etag, [*kept, (b"etag", etag)], body, time.monotonic() + _LONGEST_S)
        self._answers[key] = answer
        while len(self._answers) > _MOST:
            self._answers.popitem(last=False)
        return answer


class Kept:
    """An ASGI layer inside the guard: answers visitors from the shelf, and puts there what routes allow."""

    def __init__(self, app: ASGIApp, settings: Settings, shelf: Shelf) -> None:
        self.app = app
        self.shelf = shelf
        self.cookie = settings.session_cookie.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        asked = dict(scope["headers"])
        if self.cookie in asked.get(b"cookie", b"") or b"authorization" in asked:
            await self.app(scope, receive, send)
            return
        key = (scope["path"], scope["query_string"], i18n.language())
        answer = self.shelf.find(key)
        if answer is not None:
            await _serve(answer, asked.get(b"if-none-match", b""), scope["method"], send)
            return
        if scope["method"] == "HEAD":
            await self.app(scope, receive, send)
            return
        await _Taking(self.shelf, key, asked.get(b"if-none-match", b""), send).run(self.app, scope, receive)


class _Taking:
    """One answer on its way out; held back only where the route said that it may be kept."""

    def __init__(self, shelf: Shelf, key: Key, known: bytes, send: Send) -> None:
        self.shelf, self.key, self.known, self.send = shelf, key, known, send
        self.start: Message | None = None
        self.topic = b""
        self.body = b""

    async def run(self, app: ASGIApp, scope: Scope, receive: Receive) -> None:
        await app(scope, receive, self._pass)

    async def _pass(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            topic = dict(message["headers"]).get(KEEP)
            if topic and message["status"] == 200:
                self.start, self.topic = message, topic
                return
            message["headers"] = [pair for pair in message["headers"] if pair[0] != KEEP]
        if self.start is None:
            await self.send(message)
            return
        self.body += message.get("body", b"")
        if not message.get("more_body"):
            answer = self.shelf.put(self.key, self.topic, self.start["headers"], self.body)
            await _serve(answer, self.known, "GET", self.send)


async def _serve(answer: _Answer, known: bytes, method: str, send: Send) -> None:
    same = answer.etag in [tag.strip().removeprefix(b"W/") for tag in known.split(b",")]
    body = b"" if same else answer.body
    length = [] if same else [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 304 if same else 200, "headers": answer.headers + length})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body})

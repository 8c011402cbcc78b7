"""Kept pages: what is the same for every visitor is rendered once and served from memory until it changes."""

import secrets
import time
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ssc.core import i18n, logs
from ssc.core.config import Settings
from ssc.core.shelf import PACKED, Answer, Key, Pairs, Shelf
from ssc.web import access
from ssc.web.headers import security_headers
from ssc.web.packing import Packing, takes_gzip

KEEP = b"ssc-keep"
"""The header by which a route allows its answer to be kept; its value names the topics by which it is forgotten."""

_PLAIN = frozenset((b"host", b"accept-language", b"if-none-match", b"if-modified-since", b"accept-encoding"))
_OTHERWISE = frozenset((b"cookie", b"authorization", b"content-type", b"content-length", b"transfer-encoding"))


class Front:
    """The outermost ASGI layer: a plain question of a visitor gets its kept answer at once, whole as it stands.

    Plain is a GET for a host of ours without body, cookie or credentials: of those there is nothing that the layers
    behind would look at besides. Everything else goes on to them.
    """

    def __init__(self, app: ASGIApp, settings: Settings, shelf: Callable[[], Shelf]) -> None:
        self.app = app
        self.shelf = shelf
        self.hosts = frozenset(host.encode() for host in settings.hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or b"hl=" in scope["query_string"]:
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        asked = self._plain(scope)
        answer = self.shelf().find(_key(scope, _language(asked))) if asked is not None else None
        if asked is None or answer is None:
            await self.app(scope, receive, send)
            return
        identity = secrets.token_hex(8)
        token = logs.request_id.set(identity)
        try:
            status = await _serve(answer, asked, send, identity.encode())
            access.note("GET", answer.route, status, began)
        finally:
            logs.request_id.reset(token)

    def _plain(self, scope: Scope) -> dict[bytes, bytes] | None:
        """Those headers on which the answer hangs; None where there is more to look at."""
        found: dict[bytes, bytes] = {}
        for name, value in scope["headers"]:
            if name in _OTHERWISE:
                return None
            if name in _PLAIN:
                if name in found:
                    return None
                found[name] = value
        return found if found.get(b"host") in self.hosts else None


class Keeping:
    """An ASGI layer inside the guard: puts on the shelf what routes allow, with the headers of every answer."""

    def __init__(self, app: ASGIApp, settings: Settings, shelf: Callable[[], Shelf]) -> None:
        self.app = app
        self.shelf = shelf
        self.cookie = settings.session_cookie.encode()
        self.dress = security_headers(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or not self._of_a_visitor(scope):
            await self.app(scope, receive, send)
            return
        answer = self.shelf().find(_key(scope, i18n.language()))
        if answer is None:
            await _Taking(self, scope, send).run(receive)
            return
        scope["route"] = Route(answer.route)
        await _serve(answer, _asked(scope), send, body=scope["method"] == "GET")

    def _of_a_visitor(self, scope: Scope) -> bool:
        asked = dict(scope["headers"])
        return self.cookie not in asked.get(b"cookie", b"") and b"authorization" not in asked


class Route:
    """Under which pattern a kept answer is counted."""

    def __init__(self, path: str) -> None:
        self.path = path


class _Taking:
    """One answer on its way out; held back only where the route said that it may be kept."""

    def __init__(self, keeping: Keeping, scope: Scope, send: Send) -> None:
        self.keeping, self.scope, self.send = keeping, scope, send
        packs = scope["method"] == "GET" and takes_gzip(_asked(scope).get(b"accept-encoding"))
        self.pass_on = Packing(send).send if packs else send
        self.shelf = keeping.shelf()
        self.edition = self.shelf.edition()
        self.start: Message | None = None
        self.topics = ""
        self.body = b""

    async def run(self, receive: Receive) -> None:
        await self.keeping.app(self.scope, receive, self._pass)

    async def _pass(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            topics = dict(message["headers"]).get(KEEP)
            message["headers"] = [pair for pair in message["headers"] if pair[0] != KEEP]
            if topics and message["status"] == 200 and self.scope["method"] == "GET":
                self.start, self.topics = message, topics.decode()
                return
        if self.start is None:
            await self.pass_on(message)
            return
        self.body += message.get("body", b"")
        if not message.get("more_body"):
            await _serve(self._kept(self.start["headers"]), _asked(self.scope), self.send)

    def _kept(self, headers: Pairs) -> Answer:
        present = {name for name, _value in headers}
        dressed = [*headers, *(pair for pair in self.keeping.dress if pair[0] not in present)]
        key, route = _key(self.scope, i18n.language()), getattr(self.scope.get("route"), "path", "unrouted")
        return self.shelf.put(key, self.edition, self.topics, route, dressed, self.body)


def _key(scope: Scope, language: str) -> Key:
    return scope["path"], scope["query_string"], language


def _language(asked: dict[bytes, bytes] | None) -> str:
    wanted = (asked or {}).get(b"accept-language")
    return i18n.negotiate(wanted.decode("latin-1")) if wanted else i18n.SOURCE


def _asked(scope: Scope) -> dict[bytes, bytes]:
    """The conditions of the request; several lines of tags are one list."""
    known = b",".join(value for name, value in scope["headers"] if name == b"if-none-match")
    since = dict(scope["headers"]).get(b"if-modified-since", b"")
    packing = b",".join(value for name, value in scope["headers"] if name == b"accept-encoding")
    pairs = ((b"if-none-match", known), (b"if-modified-since", since), (b"accept-encoding", packing))
    return {name: value for name, value in pairs if value}


def _is_known(answer: Answer, asked: dict[bytes, bytes]) -> bool:
    """RFC 9110, 13.2.2: the instant is asked only where no tag is named. Whoever has our page gives our own back."""
    known = asked.get(b"if-none-match")
    if known is None:
        return answer.modified is not None and asked.get(b"if-modified-since") == answer.modified
    tags = [tag.strip().removeprefix(b"W/").removesuffix(b'"').removesuffix(PACKED) for tag in known.split(b",")]
    return answer.etag.removesuffix(b'"') in tags


async def _serve(
    answer: Answer, asked: dict[bytes, bytes], send: Send, identity: bytes = b"", *, body: bool = True
) -> int:
    """Sends it, or that it is known already; with `identity` as the request's own."""
    same = _is_known(answer, asked)
    whole = (answer.headers, answer.body) if same or not takes_gzip(asked.get(b"accept-encoding")) else answer.packed()
    status, headers = (304, answer.known) if same else (200, whole[0])
    if identity:
        headers = [*headers, (b"x-request-id", identity)]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": whole[1] if body and not same else b""})
    return status

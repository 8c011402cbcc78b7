"""The guard before everything: host, origin, language, request id, headers that every answer bears."""

import ipaddress
import re
import secrets
import time
from collections.abc import Iterable
from urllib.parse import urlsplit

from python_multipart.multipart import parse_options_header
from starlette.datastructures import Headers
from starlette.requests import Request, cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ssc.core import clock, errors, i18n, logs
from ssc.core.config import Settings
from ssc.core.errors import Kind, Problem
from ssc.web import access, problems
from ssc.web.headers import security_headers

LANGUAGE_COOKIE = "ssc_language"
BY_LINK = ("/unsubscribe/",)  # RFC 8058: the link is the authority, and mail programs press it from anywhere
OPERATIONS = ("/healthz", "/readyz", "/metrics")
_ASKED_FOR = re.compile(rb"(?:^|&)hl=([A-Za-z-]{2,12})(?:&|$)")
_SAFE = ("GET", "HEAD", "OPTIONS")


class Guard:
    """An ASGI layer. Refuses foreign hosts (421) and cross-site changes (403) before any route is asked."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.own_origins = {f"{_scheme(settings)}://{host}" for host in settings.hosts}
        self.proxies = [ipaddress.ip_network(n.strip()) for n in settings.trusted_proxies.split(",") if n.strip()]
        self.headers = security_headers(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        began = time.perf_counter()
        identity = secrets.token_hex(8)
        token = logs.request_id.set(identity)
        scope.setdefault("state", {})["address"] = self._address(scope, headers)
        cookies = cookie_parser(_cookies(headers))
        i18n.use(_language(scope["query_string"], headers, cookies))
        clock.use_zone(None)  # what came before on this connection may have been another's
        status = 500

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._dress(message, identity, scope["state"].get("headers", ()))
            await send(message)

        try:
            refusal = self._refusal(scope, headers, cookies)
            if refusal is None:
                await self.app(scope, receive, answer)
            else:
                await problems.answer(Request(scope, receive), Problem(refusal))(scope, receive, answer)
        finally:
            access.note(scope["method"], _route(scope), status, began)
            logs.request_id.reset(token)

    def _refusal(self, scope: Scope, headers: Headers, cookies: dict[str, str]) -> Kind | None:
        if scope["path"] in OPERATIONS:
            return None
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self.settings.hosts:
            return errors.MISDIRECTED
        if scope["method"] not in _SAFE and self._of_a_browser(scope, cookies) and self._foreign(headers):
            return errors.CROSS_SITE
        if _in_other_letters(headers.get("content-type", "")):
            return errors.NOT_PARSABLE
        return None

    def _of_a_browser(self, scope: Scope, cookies: dict[str, str]) -> bool:
        """A form of another site may post to a page without a cookie too: to sign a visitor in as somebody else."""
        return self.settings.session_cookie in cookies or not scope["path"].startswith(("/api/", *BY_LINK))

    def _foreign(self, headers: Headers) -> bool:
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site in ("cross-site", "same-site"):
            return True
        if origin == "null" and site == "same-origin":
            return False  # from a page whose address holds a token: its policy `no-referrer` hides the origin too
        return origin is not None and origin.lower() not in self.own_origins

    def _address(self, scope: Scope, headers: Headers) -> str:
        """The caller's network address. `X-Forwarded-For` counts only as far as proxies of ours wrote it."""
        address = (scope.get("client") or ("127.0.0.1", 0))[0]
        if not self.proxies:
            return str(address)
        for hop in reversed([h.strip() for h in ",".join(headers.getlist("x-forwarded-for")).split(",")]):
            if not self._is_proxy(address) or not _is_address(hop):
                break
            address = hop
        return str(address)

    def _is_proxy(self, address: str) -> bool:
        return _is_address(address) and any(ipaddress.ip_address(address) in network for network in self.proxies)

    def _dress(self, message: Message, identity: str, late: Iterable[tuple[bytes, bytes]]) -> None:
        """Adds our headers but where a route has set its own, e.g. the sandbox of uploads; and cookies last.

        `late`: what `request.state.headers` holds, for what is known only once the transaction is durable.
        """
        headers = [*message.get("headers", ()), *late]
        present = {name for name, _value in headers}
        headers += [pair for pair in self.headers if pair[0] not in present]
        headers.append((b"x-request-id", identity.encode()))
        message["headers"] = headers


def network_of(address: str) -> str:
    """What counts as one address for limits: IPv4 as it is, IPv6 by its /64."""
    if not _is_address(address):
        return address
    parsed = ipaddress.ip_address(address)
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(parsed.ipv4_mapped or ipaddress.ip_network((parsed, 64), strict=False).network_address)
    return str(parsed)


def _in_other_letters(content_type: str) -> bool:
    """A form says of itself in which codec it is to be read; one of Python's own makes half surrogates, or fails."""
    kind, options = parse_options_header(content_type)
    return kind == b"multipart/form-data" and options.get(b"charset", b"utf-8").lower() not in (b"utf-8", b"utf8")


def _language(query: bytes, headers: Headers, cookies: dict[str, str]) -> str:
    """By the address (`?hl=ja`, as sitemaps name each language's page), the choice made before, or the browser."""
    asked = _ASKED_FOR.search(query)
    if asked and i18n.is_known(asked[1].decode()):
        return asked[1].decode()
    return cookies.get(LANGUAGE_COOKIE) or i18n.negotiate(headers.get("accept-language", ""))


def _cookies(headers: Headers) -> str:
    return "; ".join(headers.getlist("cookie"))[:8192]


def _scheme(settings: Settings) -> str:
    return urlsplit(settings.base_url).scheme


def _route(scope: Scope) -> str:
    return getattr(scope.get("route"), "path", None) or (
        "/static" if scope["path"].startswith("/static") else "unrouted"
    )


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True

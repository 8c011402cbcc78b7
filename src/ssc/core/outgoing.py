"""Requests to addresses that members give: to public hosts only, looked up once, bounded in time and size (case 57)."""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

import httpx

SECONDS = 10
LIMIT = 1 << 20

Address = IPv4Address | IPv6Address
Lookup = Callable[[str, int], Awaitable[list[str]]]


class Refused(Exception):
    """Nothing is sent there: not https, or not a public host."""


class Unanswered(Exception):
    """It took too long, said too much, or was not there."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


def is_public(address: Address) -> bool:
    """Whether it is an address of the whole internet, also where one hides in another."""
    if isinstance(address, IPv6Address):
        hidden = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if hidden is not None:
            return is_public(hidden)
        if any(address in network for network in _TRANSLATED):
            return False
    return address.is_global and not address.is_multicast


async def _looked_up(host: str, port: int) -> list[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(place[0]) for _family, _type, _protocol, _name, place in found]


@dataclass(frozen=True)
class Outgoing:
    """The way out. Tests let it reach a server of their own."""

    allows: Callable[[Address], bool] = is_public
    ports: frozenset[int] = frozenset({443})
    lookup: Lookup = _looked_up
    trust: ssl.SSLContext | None = None

    async def post(self, url: str, content: bytes, headers: Mapping[str, str]) -> Answer:
        """Posts, and follows no redirect. Whatever answers, it is over after ten seconds or a megabyte."""
        host, port = self._place(url)
        try:
            async with asyncio.timeout(SECONDS):
                return await self._post(url, host, await self._pinned(host, port), content, headers)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, TimeoutError, ssl.SSLError, ValueError) as lost:
            raise Unanswered(f"{host}: {lost or type(lost).__name__}") from lost

    def _place(self, url: str) -> tuple[str, int]:
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port or 443
        except ValueError as broken:
            raise Refused("not an address") from broken
        if parts.scheme != "https" or not host or parts.username or port not in self.ports:
            raise Refused("not an https address of a public host")
        return host, port

    async def _pinned(self, host: str, port: int) -> str:
        """The one address that is used, since a second look-up may be answered with another. One of ours spoils all."""
        found = [ip_address(place.partition("%")[0]) for place in await self.lookup(host, port)]
        if not found or not all(self.allows(address) for address in found):
            raise Refused("not a public host")
        return str(found[0])

    async def _post(self, url: str, host: str, address: str, content: bytes, headers: Mapping[str, str]) -> Answer:
        given = httpx.URL(url)
        named = {"host": given.netloc.decode(), "accept-encoding": "identity", **headers}
        # The certificate is held against the name that was given, not the number that is called.
        asked = httpx.Request(
            "POST",
            given.copy_with(host=address),
            content=content,
            headers=named,
            extensions={"sni_hostname": host, "timeout": httpx.Timeout(SECONDS).as_dict()},
        )
        context = self.trust or ssl.create_default_context()
        async with httpx.AsyncClient(verify=context, trust_env=False) as client:
            answer = await client.send(asked, stream=True, follow_redirects=False)
            async with aclosing(answer):
                return Answer(answer.status_code, dict(answer.headers), await _bounded(answer))


async def _bounded(answer: httpx.Response) -> bytes:
    body = b""
    async for piece in answer.aiter_raw():
        body += piece
        if len(body) > LIMIT:
            raise Unanswered("says too much")
    return body


# Gateways that lead from IPv6 to any IPv4 address, private ones too.
_TRANSLATED = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"), ip_network("::/96"))

"""Requests to addresses that members give never reach what is ours (case 57)."""

import dataclasses
import ssl
from collections.abc import AsyncIterator
from ipaddress import ip_address
from pathlib import Path

import pytest

from ssc.core import outgoing
from ssc.core.outgoing import Outgoing, Refused, Unanswered, is_public
from tests.certificates import Certificate, self_signed
from tests.core.https import HttpsServer, https_server


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    return self_signed(tmp_path)


@pytest.fixture
async def server(certificate: Certificate) -> AsyncIterator[HttpsServer]:
    async with https_server(certificate.context) as running:
        yield running


def ours(server: HttpsServer, trust: ssl.SSLContext | None) -> Outgoing:
    """As in production, but that the test's own server counts as public."""
    return Outgoing(allows=lambda address: True, ports=frozenset({server.port}), trust=trust)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "10.0.0.1",
            "172.16.5.4",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
        ),
        *("192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
        *(
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "2001:db8::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
        ),
        *(
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2002:a00:1::",
            "::127.0.0.1",
            "2001:0:0:0:0:0:80ff:fffe",
        ),
    ],
)
async def test_no_address_of_ours_is_called(address: str) -> None:
    async def lookup(host: str, port: int) -> list[str]:
        return ["93.184.215.14", address]

    assert not is_public(ip_address(address))
    with pytest.raises(Refused):
        await Outgoing(lookup=lookup).post("https://push.example/x", b"", {})


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14"])
def test_addresses_of_the_internet_may_be_called(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        *(
            "http://push.example/x",
            "ftp://push.example/",
            "file:///etc/passwd",
            "https://",
            "https:///x",
            "//push.example",
        ),
        *("https://push.example:22/", "https://user@push.example/", "https://[::1", "https://push.example:x/", ""),
        *("https://127.0.0.1/", "https://[::1]/", "https://localhost/", "https://2130706433/", "https://0x7f.1/"),
    ],
)
async def test_only_https_to_the_usual_port_of_a_public_host(url: str) -> None:
    with pytest.raises(Refused):
        await Outgoing().post(url, b"", {})


async def test_a_name_is_looked_up_once_and_that_address_is_called(
    server: HttpsServer, certificate: Certificate
) -> None:
    """Else the second answer of its name server would lead elsewhere. The certificate still is for the name."""
    looked_up: list[str] = []

    async def lookup(host: str, port: int) -> list[str]:
        looked_up.append(host)
        return ["127.0.0.1"] if len(looked_up) == 1 else ["192.0.2.1"]

    way = dataclasses.replace(ours(server, certificate.trust), lookup=lookup)
    answer = await way.post(f"https://localhost:{server.port}/abc?d=e", b"content", {"ttl": "60"})
    assert (answer.status, looked_up) == (201, ["localhost"])
    [(headers, body)] = server.asked
    assert (headers["request"], headers["host"], headers["ttl"], body) == (
        "POST /abc?d=e HTTP/1.1",
        f"localhost:{server.port}",
        "60",
        b"content",
    )


async def test_a_certificate_for_another_name_or_of_nobody_is_refused(
    server: HttpsServer, certificate: Certificate
) -> None:
    async def lookup(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    trusting = dataclasses.replace(ours(server, certificate.trust), lookup=lookup)
    with pytest.raises(Unanswered):
        await trusting.post(f"https://other.example:{server.port}/", b"", {})
    with pytest.raises(Unanswered):
        await dataclasses.replace(trusting, trust=None).post(f"https://localhost:{server.port}/", b"", {})
    assert server.asked == []


async def test_no_redirect_is_followed(server: HttpsServer, certificate: Certificate) -> None:
    server.answers, server.more = [302], "location: http://169.254.169.254/latest/\r\n"
    answer = await ours(server, certificate.trust).post(f"https://localhost:{server.port}/", b"", {})
    assert (answer.status, len(server.asked)) == (302, 1)


async def test_whoever_is_slow_or_says_too_much_is_left(
    server: HttpsServer, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    way, url = ours(server, certificate.trust), f"https://localhost:{server.port}/"
    server.body = b"x" * (outgoing.LIMIT + 1)
    with pytest.raises(Unanswered, match="too much"):
        await way.post(url, b"", {})
    server.body, server.silent = b"", True
    monkeypatch.setattr(outgoing, "SECONDS", 0.3)
    with pytest.raises(Unanswered):
        await way.post(url, b"", {})

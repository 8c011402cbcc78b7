"""What a club that is served hears and what it does not: bad heads, endless ones, bodies too large."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from tests.cli import commands
from tests.cli.commands import connected
from tests.databases import copied


@pytest.fixture(scope="module")
def lasting(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[commands.Served]:
    """One server for the tests that leave it as it was."""
    folder = tmp_path_factory.mktemp("lasting")
    with copied(server) as url:
        settings = {"SSC_DATABASE_URL": url, "SSC_DATA_DIR": str(folder / "data"), "SSC_ENV": "test"}
        with commands.serving(settings=settings, folder=folder) as opened:
            yield opened


def test_a_port_in_use_is_said_in_one_line(
    lasting: commands.Served, served_by: Mapping[str, str], tmp_path: Path
) -> None:
    done = commands.run("serve", "--port", str(lasting.port), settings=served_by, folder=tmp_path)
    said = f"Error: Port {lasting.port} on 127.0.0.1 is in use. Choose another with --port or SSC_PORT.\n"
    assert (done.returncode, done.stderr) == (1, said)


def test_a_head_of_ordinary_size_is_answered_and_an_endless_one_is_not(lasting: commands.Served) -> None:
    """Case 59: uvicorn by itself takes 60 MB of header. The limit holds for one huge header and for many."""
    host = f"Host: localhost:{lasting.port}\r\n".encode()
    assert talk(lasting, b"GET /healthz HTTP/1.1\r\n" + host + b"X-Big: " + b"a" * 16_000 + b"\r\n\r\n") == 200
    assert talk(lasting, b"GET /healthz HTTP/1.1\r\n" + host + b"X-Big: " + b"a" * 200_000) == 431
    assert talk(lasting, b"GET /healthz HTTP/1.1\r\n" + host + b"A: b\r\n" * 20_000) == 431
    assert talk(lasting, b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n" + host + b"\r\n") == 431
    assert talk(lasting, b"nonsense\r\n\r\n") == 400
    assert httpx.get(lasting.url + "/healthz").status_code == 200


@pytest.mark.parametrize(
    "head",
    [
        b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost:PORT\r\nX\x00Y: 1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost:PORT\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"POST / HTTP/1.1\r\nHost: localhost:PORT\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost:PORT\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost:PORT\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
)
def test_a_malformed_or_ambiguous_head_is_400(head: bytes, lasting: commands.Served) -> None:
    """Two lengths, or a length and chunks, are how a request is smuggled past a proxy."""
    assert talk(lasting, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n") == 200
    assert talk(lasting, head.replace(b"PORT", str(lasting.port).encode())) == 400


def test_the_server_does_not_say_what_it_is_made_of(lasting: commands.Served) -> None:
    assert "server" not in httpx.get(lasting.url + "/healthz").headers


def test_one_connection_carries_many_requests_whose_heads_together_pass_the_limit(lasting: commands.Served) -> None:
    with httpx.Client(base_url=lasting.url, headers={"X-Big": "a" * 8_000}) as client:
        assert {client.get("/healthz").status_code for _ in range(20)} == {200}


def test_a_body_is_refused_while_it_is_read_and_not_after(lasting: commands.Served) -> None:
    """Chunked, so that no length is announced: 413 comes long before the end of what would be 100 MB."""
    head = f"POST /language HTTP/1.1\r\nHost: localhost:{lasting.port}\r\nTransfer-Encoding: chunked\r\n"
    head += "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    with connected(lasting) as client:
        client.sendall(head.encode())
        sent = 0
        with suppress(OSError):
            while sent < 100 << 20:
                client.sendall(b"10000\r\n" + b"a" * 0x10000 + b"\r\n")
                sent += 0x10000
                if sent == 2 << 20:
                    assert client.recv(4096).split(b" ")[1] == b"413"
        assert 1 << 20 < sent < 16 << 20
    assert httpx.get(lasting.url + "/healthz").status_code == 200


def talk(served: commands.Served, request: bytes) -> int:
    """The status of the answer to these bytes."""
    with connected(served) as client:
        with suppress(ConnectionResetError, BrokenPipeError):  # it answered before it had heard all
            client.sendall(request)
        return int(client.recv(4096).split(b" ")[1])

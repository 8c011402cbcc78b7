"""A club that is served, by real processes: opened, killed, opened again, ended, and shielded from bad heads."""

import signal
import socket
import stat
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from redis import Redis

from tests.cli import commands
from tests.databases import copied

pytestmark = pytest.mark.long

ALL_READY = {"status": "ok", "checks": {"database": True, "migrations": True, "pubsub": True}}


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Mapping[str, str]:
    return {"SSC_DATABASE_URL": database_url, "SSC_DATA_DIR": str(tmp_path / "data"), "SSC_ENV": "test"}


@pytest.fixture
def served(settings: Mapping[str, str], tmp_path: Path) -> Iterator[commands.Served]:
    with commands.serving(settings=settings, folder=tmp_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def lasting(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[commands.Served]:
    """One server for the tests that leave it as it was."""
    folder = tmp_path_factory.mktemp("lasting")
    with copied(server) as url:
        settings = {"SSC_DATABASE_URL": url, "SSC_DATA_DIR": str(folder / "data"), "SSC_ENV": "test"}
        with commands.serving(settings=settings, folder=folder) as opened:
            yield opened


def test_a_newcomers_first_start_and_every_later_one(tmp_path: Path) -> None:
    """Nothing but a folder: database, migrations, demo. Killed, it opens again on the same port."""
    settings = {"SSC_DATA_DIR": str(tmp_path / "data")}
    with commands.serving(settings=settings, folder=tmp_path, anew=True) as first:
        assert httpx.get(first.url + "/readyz").json() == ALL_READY
        assert [line for line in first.told if "demo.example" in line] != []
        assert f"The club is open: http://localhost:{first.port}" in first.told
        first.end(signal.SIGKILL)
        with commands.serving(settings=settings, folder=tmp_path, port=first.port, anew=True) as second:
            assert httpx.get(second.url + "/readyz").json() == ALL_READY
            assert [line for line in second.told if "Making" in line] == []
            assert second.end() == 0


def test_several_commands_run_beside_a_serving_process(
    served: commands.Served, settings: Mapping[str, str], tmp_path: Path
) -> None:
    several = [commands.run("migrate", settings=settings, folder=tmp_path) for _ in range(2)]
    assert [done.returncode for done in several] == [0, 0]
    assert httpx.get(served.url + "/healthz").status_code == 200


@pytest.mark.parametrize("sig", [signal.SIGTERM, signal.SIGINT])
def test_told_to_end_it_ends_however_idle_or_slow_its_clients_are(served: commands.Served, sig: int) -> None:
    """Case 12 as far as there are no sockets yet."""
    with connected(served) as idle, connected(served) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
        assert httpx.get(served.url + "/healthz").status_code == 200
        assert served.end(sig) == 0
        assert idle.recv(10) == b""


def test_workers_share_a_valkey_that_goes_with_them(settings: Mapping[str, str], tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="v-") as short:  # the path of a socket must be
        own = {**settings, "TMPDIR": short}
        with commands.serving("--workers", "2", settings=own, folder=tmp_path, anew=True) as served:
            assert wait_for(lambda: httpx.get(served.url + "/readyz").json() == ALL_READY)
            assert "The workers share a Valkey started for them; in production SSC_VALKEY_URL names one." in served.told
            [valkey] = Path(short).glob("ssc-valkey-*/valkey.sock")
            assert stat.S_IMODE(valkey.parent.stat().st_mode) == 0o700
            with Redis(unix_socket_path=str(valkey)) as client:
                assert client.ping()
            assert served.end() == 0
        assert list(Path(short).glob("ssc-valkey-*")) == []


def test_in_production_several_workers_need_a_valkey_of_ones_own(settings: Mapping[str, str], tmp_path: Path) -> None:
    safe = {
        "SSC_ENV": "production",
        "SSC_BASE_URL": "https://club.example.org",
        "SSC_SECRET_KEY": "a-key-of-more-than-thirty-two-characters",
        "SSC_MAIL_URL": "smtp://127.0.0.1:9",
        "SSC_MAIL_FROM": "club@example.org",
        "SSC_PORT": str(commands.free_port()),
    }
    done = commands.run("serve", "--workers", "2", settings={**settings, **safe}, folder=tmp_path)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        2,
        "Error: Several workers need SSC_VALKEY_URL in production.",
    )


def test_workers_of_a_killed_parent_give_the_port_back(settings: Mapping[str, str], tmp_path: Path) -> None:
    with commands.serving("--workers", "2", settings=settings, folder=tmp_path, anew=True) as first:
        assert wait_for(lambda: httpx.get(first.url + "/healthz").status_code == 200)
        first.end(signal.SIGKILL)
        port = first.port
        with commands.serving("--workers", "2", settings=settings, folder=tmp_path, port=port, anew=True) as second:
            assert wait_for(lambda: httpx.get(second.url + "/readyz").json() == ALL_READY)
            assert second.end() == 0


def test_a_port_in_use_is_said_in_one_line(
    lasting: commands.Served, settings: Mapping[str, str], tmp_path: Path
) -> None:
    done = commands.run("serve", "--port", str(lasting.port), settings=settings, folder=tmp_path)
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


def connected(served: commands.Served) -> socket.socket:
    return socket.create_connection(("127.0.0.1", served.port), timeout=20)


def talk(served: commands.Served, request: bytes) -> int:
    """The status of the answer to these bytes."""
    with connected(served) as client:
        with suppress(ConnectionResetError, BrokenPipeError):  # it answered before it had heard all
            client.sendall(request)
        return int(client.recv(4096).split(b" ")[1])


def wait_for(happened: Callable[[], bool], seconds: float = 90) -> bool:
    """Asks until it is so; a refused connection means not yet."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if happened():
                return True
        except httpx.HTTPError:
            pass
        time.sleep(0.05)
    return False

"""A club that is served, by real processes: opened, killed, opened again, and ended."""

import signal
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx
import pytest

from tests.cli import commands
from tests.cli.commands import ALL_READY, connected

pytestmark = pytest.mark.long


@pytest.fixture
def served(served_by: Mapping[str, str], tmp_path: Path) -> Iterator[commands.Served]:
    with commands.serving(settings=served_by, folder=tmp_path) as opened:
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
    served: commands.Served, served_by: Mapping[str, str], tmp_path: Path
) -> None:
    several = [commands.run("migrate", settings=served_by, folder=tmp_path) for _ in range(2)]
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

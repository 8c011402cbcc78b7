"""A club that several processes serve: what they share, and what is left when their parent is killed."""

import signal
import stat
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import httpx
import pytest
from redis import Redis

from tests.cli import commands
from tests.cli.commands import ALL_READY

pytestmark = pytest.mark.long


def test_workers_share_a_valkey_that_goes_with_them(served_by: Mapping[str, str], tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="v-") as short:  # the path of a socket must be
        own = {**served_by, "TMPDIR": short}
        with commands.serving("--workers", "2", settings=own, folder=tmp_path, anew=True) as served:
            assert wait_for(lambda: httpx.get(served.url + "/readyz").json() == ALL_READY)
            assert "The workers share a Valkey started for them; in production SSC_VALKEY_URL names one." in served.told
            [valkey] = Path(short).glob("ssc-valkey-*/valkey.sock")
            assert stat.S_IMODE(valkey.parent.stat().st_mode) == 0o700
            with Redis(unix_socket_path=str(valkey)) as client:
                assert client.ping()
            assert served.end() == 0
        assert list(Path(short).glob("ssc-valkey-*")) == []


def test_in_production_several_workers_need_a_valkey_of_ones_own(served_by: Mapping[str, str], tmp_path: Path) -> None:
    safe = {
        "SSC_ENV": "production",
        "SSC_BASE_URL": "https://club.example.org",
        "SSC_SECRET_KEY": "a-key-of-more-than-thirty-two-characters",
        "SSC_MAIL_URL": "smtp://127.0.0.1:9",
        "SSC_MAIL_FROM": "club@example.org",
        "SSC_PORT": str(commands.free_port()),
    }
    done = commands.run("serve", "--workers", "2", settings={**served_by, **safe}, folder=tmp_path)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        2,
        "Error: Several workers need SSC_VALKEY_URL in production.",
    )


def test_workers_of_a_killed_parent_give_the_port_back(served_by: Mapping[str, str], tmp_path: Path) -> None:
    with commands.serving("--workers", "2", settings=served_by, folder=tmp_path, anew=True) as first:
        assert wait_for(lambda: httpx.get(first.url + "/healthz").status_code == 200)
        first.end(signal.SIGKILL)
        port = first.port
        with commands.serving("--workers", "2", settings=served_by, folder=tmp_path, port=port, anew=True) as second:
            assert wait_for(lambda: httpx.get(second.url + "/readyz").json() == ALL_READY)
            assert second.end() == 0


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

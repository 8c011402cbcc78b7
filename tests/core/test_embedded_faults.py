"""The embedded server after accidents: killed commands and servers, damaged files, reused process numbers."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from ssc.core import embedded
from ssc.core.embedded.watcher import identity
from tests.core.embedded_club import Club, eventually, new_club
from tests.core.embedded_command import Command, visit

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds the processes to kill in /proc")


@pytest.fixture(scope="module")
def model() -> Iterator[Club]:
    with new_club() as club:
        with embedded.running(club.data, fsync=False):
            pass
        yield club


@pytest.fixture
def club(model: Club) -> Iterator[Club]:
    """A club whose database was made already, and is not running."""
    with new_club() as club:
        subprocess.run(["cp", "-Rp", model.data, club.data], check=True)
        yield club


@contextmanager
def stranger_beside(club: Club) -> Iterator[subprocess.Popen[bytes]]:
    """A living process of the very account that runs the server, which has nothing to do with it."""
    owner = club.cluster.stat()
    process = subprocess.Popen(["sleep", "600"], **identity(owner.st_uid, owner.st_gid))
    try:
        yield process
        assert process.poll() is None, "a stranger was killed"
    finally:
        process.kill()
        process.wait()


def test_the_server_of_a_killed_command_stops(club: Club) -> None:
    command = Command(club.data)
    said = command.says()
    command.is_killed()
    eventually(club.is_at_rest)
    with embedded.running(club.data, fsync=False) as url:
        assert visit(url)["visits"] == said["visits"] + 1


def test_the_server_of_a_killed_command_and_watcher_is_adopted_and_stopped_by_the_next(club: Club) -> None:
    command = Command(club.data)
    said = command.says()
    os.kill(club.watcher(), signal.SIGKILL)
    command.is_killed()
    with embedded.running(club.data, fsync=False) as url:
        assert visit(url)["started"] == said["started"]
        eventually(club.is_watched)
    assert not club.is_served()


def test_a_killed_command_does_not_take_the_server_from_another(club: Club) -> None:
    command = Command(club.data)
    with embedded.running(club.data, fsync=False) as url:
        said = command.says()
        command.is_killed()
        latecomer = Command(club.data)
        assert latecomer.says()["started"] == visit(url)["started"] == said["started"]
        latecomer.leaves()
        assert club.is_served()
    assert not club.is_served()


def test_a_killed_server_is_started_again_under_the_same_address_for_those_who_stayed(club: Club) -> None:
    with embedded.running(club.data, fsync=False) as url:
        before = visit(url)
        os.kill(club.postmaster(), signal.SIGKILL)
        eventually(lambda: not club.is_served())
        with embedded.running(club.data, fsync=False) as same_url:
            after = visit(same_url)
        assert (after["visits"], after["url"]) == (before["visits"] + 1, url)
        assert visit(url)["started"] == after["started"] > before["started"]
    assert not club.is_served()


def _leave_as_it_was(club: Club, stranger: int) -> None:
    assert club.pid_file.exists()


def _empty(club: Club, stranger: int) -> None:
    club.pid_file.write_bytes(b"")


def _truncate(club: Club, stranger: int) -> None:
    club.pid_file.write_bytes(club.pid_file.read_bytes()[:2])


def _name_a_stranger(club: Club, stranger: int) -> None:
    for path in (club.pid_file, club.cluster / ".s.PGSQL.5432.lock"):
        lines = path.read_text().splitlines()
        path.write_text("\n".join([str(stranger), *lines[1:], ""]))


DAMAGE = [_leave_as_it_was, _empty, _truncate, _name_a_stranger]


@pytest.mark.parametrize("damage", DAMAGE)
def test_after_everything_was_killed_the_club_opens_at_once(club: Club, damage: Callable[[Club, int], None]) -> None:
    command = Command(club.data)
    before = command.says()
    with stranger_beside(club) as stranger:
        for process in (club.watcher(), command.process.pid, club.postmaster()):
            os.kill(process, signal.SIGKILL)
        command.process.communicate()
        eventually(lambda: not club.is_served())
        damage(club, stranger.pid)
        with embedded.running(club.data, fsync=False) as url:
            assert visit(url)["visits"] == before["visits"] + 1
        eventually(club.is_at_rest)


@pytest.mark.parametrize("damage", DAMAGE[1:])
def test_a_pid_file_damaged_under_a_living_server_misleads_nobody(
    club: Club, damage: Callable[[Club, int], None]
) -> None:
    command = Command(club.data)
    before = command.says()
    with stranger_beside(club) as stranger:
        damage(club, stranger.pid)
        with embedded.running(club.data, fsync=False) as url:
            assert visit(url)["started"] == before["started"]
        command.leaves()
        eventually(club.is_at_rest)


def test_a_database_half_made_by_a_killed_command_is_made_again(club: Club) -> None:
    shutil.rmtree(club.data)
    command = Command(club.data)
    eventually(lambda: any(club.folder.glob("making-*/global")))
    command.is_killed()
    assert not club.cluster.exists()
    with embedded.running(club.data, fsync=False) as url:
        assert visit(url)["visits"] == 1


def test_a_command_killed_while_its_server_starts_leaves_none_behind(club: Club) -> None:
    command = Command(club.data)
    eventually((club.folder / "starting").exists)
    command.is_killed()
    eventually(club.is_at_rest)
    assert not club.pid_file.exists()
    with embedded.running(club.data, fsync=False) as url:
        assert visit(url)["visits"] == 1


def test_a_server_that_cannot_start_says_why_and_is_not_waited_for(club: Club) -> None:
    settings = club.cluster / "postgresql.conf"
    sound = settings.read_text()
    settings.write_text(f"{sound}sakura = on\n")
    line = len(sound.splitlines()) + 1
    with pytest.raises(embedded.EmbeddedError) as refused, embedded.running(club.data):
        pass
    first, *log = str(refused.value).splitlines()
    assert first == f"The database server did not start; its log is {club.cluster / 'server.log'}"
    reason = next(entry for entry in log if "sakura" in entry)
    assert reason.endswith(f' unrecognized configuration parameter "sakura" in file "{settings}" line {line}')
    eventually(club.is_at_rest)
    settings.write_text(sound)
    with embedded.running(club.data) as url:
        assert visit(url)["visits"] == 1

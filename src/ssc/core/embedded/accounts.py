"""Knows which account of the system runs the server: never root, whom PostgreSQL refuses."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ssc.core.embedded.failure import EmbeddedError
from ssc.core.embedded.watcher import environment, identity

SYSTEM_ACCOUNT = "ssc-postgres"
OTHER_ACCOUNTS = ("postgres", "_postgres", "nobody")  # where no account can be made, as on macOS
NEW_ACCOUNT = (
    ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"],
    ["adduser", "-S", "-D", "-H", "-h", "/nonexistent"],
)


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int

    def run(
        self, command: Sequence[str | Path], *, folder: Path = Path("/"), standard_input: str = "", **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Runs a program with this account's rights; what it says is in `stdout`, its complaints too."""
        return subprocess.run(
            command,
            cwd=folder,
            env=environment() | variables,
            input=standard_input,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            **identity(self.uid, self.gid),
        )

    def reaches(self, folder: Path) -> bool:
        return self.run(["/bin/sh", "-c", 'cd "$1"', "sh", folder]).returncode == 0


def account_for_new_clusters() -> Account:
    """Our own account; for root a system account, made on first use."""
    return _system_account() if os.geteuid() == 0 else _account_of(os.geteuid())


def account_owning(cluster: Path) -> Account:
    """The account that must run an existing cluster's server."""
    uid = cluster.stat().st_uid
    if uid == 0:
        raise EmbeddedError(
            f"The database in {cluster} belongs to root, as whom PostgreSQL does not run. "
            f"Give it to an account of its own: chown -R {SYSTEM_ACCOUNT} {cluster}"
        )
    return _account_of(uid)


def name_of(uid: int) -> str:
    return _account_of(uid).name


def _account_of(uid: int) -> Account:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise EmbeddedError(
            f"The user {uid} has no name on this system, and PostgreSQL needs one. Add it to /etc/passwd, "
            "run as a user who has one, or set SSC_DATABASE_URL to a server of your own."
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _system_account() -> Account:
    return _account_named(SYSTEM_ACCOUNT) or _created_account() or _borrowed_account()


def _account_named(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _created_account() -> Account | None:
    for command in NEW_ACCOUNT:
        with suppress(FileNotFoundError):
            subprocess.run([*command, "-s", "/bin/false", SYSTEM_ACCOUNT], capture_output=True)
        if account := _account_named(SYSTEM_ACCOUNT):  # another club's first start may have been quicker
            return account
    return None


def _borrowed_account() -> Account:
    for name in OTHER_ACCOUNTS:
        if account := _account_named(name):
            return account
    raise EmbeddedError(
        "PostgreSQL does not run as root, and no account could be made for it. "
        f"Add a system account named {SYSTEM_ACCOUNT}, or run this command as an ordinary user."
    )

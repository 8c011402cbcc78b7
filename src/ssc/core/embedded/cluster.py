"""Knows how a cluster is made, how its server is started, and how one asks whether it runs."""

import os
import re
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psycopg
from psycopg import pq, sql

from ssc.core.embedded.accounts import Account, name_of
from ssc.core.embedded.binaries import major_version
from ssc.core.embedded.failure import EmbeddedError
from ssc.core.embedded.watcher import START_SECONDS, Server, is_listening, recorded_postmaster

SUPERUSER = "postgres"
CLUB = "ssc"  # the database, and the role that owns it
LOG = "server.log"
LARGEST_LOG = 4_000_000

SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "effective_cache_size": "512MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "checkpoint_timeout": "15min",
    "wal_compression": "on",
    "synchronous_commit": "on",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
}
ANOTHER_SERVER = re.compile(r'lock file ".*" (already exists|is empty)|shared memory block .* is still in use')
UNSAFE_SETTINGS = {"fsync": "off", "full_page_writes": "off"}


def make_cluster(cluster: Path, account: Account, programs: Path, *, fsync: bool) -> None:
    """Appears whole under its name or not at all: an `initdb` killed half-way only leaves rubbish behind."""
    for rubbish in cluster.parent.glob("making-*"):
        shutil.rmtree(rubbish, ignore_errors=True)
    making = Path(tempfile.mkdtemp(prefix="making-", dir=cluster.parent))
    if os.geteuid() == 0:
        os.chown(making, account.uid, account.gid)
    command: list[str | Path] = [programs / "initdb", "-D", making, "-U", SUPERUSER, "--encoding=UTF8", "--locale=C"]
    command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"]
    command += ["--auth-local=peer", "--auth-host=reject", *([] if fsync else ["--no-sync"])]
    done = account.run(command)
    if done.returncode:
        raise EmbeddedError(f"The database could not be made in {cluster.parent}. {done.stdout.strip()}")
    making.rename(cluster)


def check_version(cluster: Path) -> None:
    try:
        made_by = (cluster / "PG_VERSION").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise EmbeddedError(
            f"{cluster} is not a database. Bring it back from a backup, or remove it to begin with an empty one."
        ) from None
    if made_by != major_version():
        raise EmbeddedError(
            f"The database in {cluster} was made by PostgreSQL {made_by}, and PostgreSQL {major_version()} is "
            "installed. Use `ssc backup` with the former version and `ssc restore` into a new SSC_DATA_DIR."
        )


def ensure_running(server: Server, account: Account, *, fsync: bool) -> None:
    """Adopts the server that answers for this cluster, or starts one."""
    deadline = time.monotonic() + START_SECONDS
    while not _answers(server):
        if not is_listening(server) and not _may_be_about_to_listen(server):
            _start(server, account, fsync=fsync)
        if time.monotonic() > deadline:
            raise EmbeddedError(
                f"The database server does not answer. Wait and try again; its log is {server.cluster / LOG}"
            )
        time.sleep(0.02)
    server.starting.unlink(missing_ok=True)


def ensure_database(server: Server) -> None:
    with _connection(server) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [CLUB]).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(CLUB)))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [CLUB]).fetchone():
            # Whatever the machine's locale is: without this LC_CTYPE, 田中 has no trigrams.
            connection.execute(
                sql.SQL(
                    "CREATE DATABASE {0} OWNER {0} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin "
                    "BUILTIN_LOCALE 'C.UTF-8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
                ).format(sql.Identifier(CLUB))
            )


def url(server: Server) -> str:
    # The port is named because PGPORT in somebody's environment would name another.
    return f"postgresql://{CLUB}@/{CLUB}?host={server.sockets}&port=5432"


def _conninfo(server: Server) -> str:
    return f"host={server.sockets} port=5432 user={SUPERUSER} dbname=postgres connect_timeout=10"


def _connection(server: Server) -> psycopg.Connection:
    return psycopg.connect(_conninfo(server), autocommit=True)


def _answers(server: Server) -> bool:
    """Whether this very cluster's server takes commands; a pid file is never believed."""
    if pq.PGconn.ping(_conninfo(server).encode()) != pq.Ping.OK:
        return False
    with _connection(server) as connection:
        row = connection.execute("SHOW data_directory").fetchone()
    with suppress(FileNotFoundError):
        if row and server.cluster.samefile(row[0]):
            return True
    raise EmbeddedError(
        f"{server.cluster} was moved while its server was running. Stop the commands that use it, and try again."
    )


def _may_be_about_to_listen(server: Server) -> bool:
    """A starter killed just now may have left a server that is not listening yet: worth some patience."""
    with suppress(FileNotFoundError):
        return time.time() < server.starting.stat().st_mtime + 5 and _is_alive(recorded_postmaster(server))
    return False


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return process > 0


def _start(server: Server, account: Account, *, fsync: bool) -> None:
    _forget_the_dead(server)
    _admit(server, account)
    log = server.cluster / LOG
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_suffix(".log.old"))
    seen = log.stat().st_size if log.exists() else 0
    command: list[str | Path] = [server.binaries / "pg_ctl", "start", "-w", "-t", str(START_SECONDS)]
    command += ["-s", "-l", LOG, "-o", _options(server, fsync=fsync)]
    _mark_start(server)
    done = account.run(command, folder=server.cluster, PGDATA=str(server.cluster))
    if done.returncode:
        _explain(server, done.stdout, log, seen)


def _forget_the_dead(server: Server) -> None:
    """Nobody listens, so these name a dead server, or a stranger who was given its process number.

    Should a server live here all the same, unseen, its shared memory keeps the new one from starting.
    """
    for leftover in (server.cluster / "postmaster.pid", server.socket, Path(f"{server.socket}.lock")):
        leftover.unlink(missing_ok=True)


def _admit(server: Server, account: Account) -> None:
    """Whoever runs the club, and root, are let in as any role; the kernel says who they are."""
    names = dict.fromkeys((account.name, name_of(0)))
    files = {
        "pg_hba.conf": "local all all peer map=club\n",
        "pg_ident.conf": "".join(f'club "{name}" all\n' for name in names),
    }
    for name, text in files.items():  # by the account's own rights, since it could have planted links there
        done = account.run(["tee", name], folder=server.cluster, standard_input=text)
        if done.returncode:
            raise EmbeddedError(f"The account {account.name} cannot write to {server.cluster}. {done.stdout}")


def _options(server: Server, *, fsync: bool) -> str:
    settings = SETTINGS | ({} if fsync else UNSAFE_SETTINGS) | {"unix_socket_directories": str(server.sockets)}
    return " ".join(f"-c {name}={value}" for name, value in settings.items())


def _mark_start(server: Server) -> None:
    server.starting.unlink(missing_ok=True)
    server.starting.touch(exist_ok=False)


def _explain(server: Server, said: str, log: Path, seen: int) -> None:
    """Returns if another try may succeed: a former server is just going, or another just coming."""
    with log.open("rb") as lines:
        lines.seek(seen)
        said += lines.read().decode(errors="replace")
    if ANOTHER_SERVER.search(said):
        return
    server.starting.unlink(missing_ok=True)
    raise EmbeddedError(f"The database server did not start; its log is {log}\n{said[-2000:].strip()}")

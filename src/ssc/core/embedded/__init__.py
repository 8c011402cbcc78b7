"""Knows how a club gets a PostgreSQL of its own: started for the first command, stopped after the last."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from ssc.core.embedded import cluster, watcher
from ssc.core.embedded.binaries import programs_for
from ssc.core.embedded.failure import EmbeddedError
from ssc.core.embedded.places import Place, note_place, own_folder, place_of, socket_folder
from ssc.core.embedded.watcher import Server, Use

__all__ = ["EmbeddedError", "running"]


@contextmanager
def running(data_dir: Path, *, fsync: bool = True) -> Iterator[str]:
    """Yields the URL of the club's database, for libpq and SQLAlchemy, its server running meanwhile.

    The server is started when it does not run, and stopped when we were its last user; should we be killed,
    a watcher stops it. Without `fsync` a crash of the machine may destroy the database: for tests.
    """
    try:
        server, use = _join(data_dir, fsync=fsync)
    except (OSError, subprocess.SubprocessError, psycopg.Error) as error:
        raise EmbeddedError(
            f"The embedded database under {data_dir} cannot be used: {error}. Mend that, choose another "
            "SSC_DATA_DIR, or set SSC_DATABASE_URL to a server of your own."
        ) from error
    try:
        yield cluster.url(server)
    finally:
        try:
            watcher.leave(server, use)
        finally:
            use.close()


def _join(data_dir: Path, *, fsync: bool) -> tuple[Server, Use]:
    folder = own_folder(data_dir)
    watcher.lay_locks(folder)
    with watcher.turn(folder):
        use = Use(folder)
        try:
            return _serve(place_of(folder), fsync=fsync), use
        except BaseException:
            use.close()  # and the watcher stops what we may have started
            raise


def _serve(place: Place, *, fsync: bool) -> Server:
    account = place.account
    programs = programs_for(account)
    if not place.cluster.exists():
        cluster.make_cluster(place.cluster, account, programs, fsync=fsync)
    note_place(place)
    cluster.check_version(place.cluster)
    sockets = socket_folder(place.cluster, account)
    server = Server(place.folder, place.cluster, sockets, programs, account.uid, account.gid)
    watcher.ensure_watched(server)
    cluster.ensure_running(server, account, fsync=fsync)
    cluster.ensure_database(server)
    return server

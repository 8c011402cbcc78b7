"""`ssc doctor`: what is well, what is not, and what to do about it."""

import asyncio
import os
import shutil
import stat
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import aiosmtplib
import click
from sqlalchemy import text

from ssc.cli.failures import load_settings, sentence
from ssc.cli.process import with_process
from ssc.core import ids, migrations
from ssc.core.config import Settings, UnsafeSettings
from ssc.core.process import Process

T = TypeVar("T")

ENOUGH_DISK = 2 << 30
_PATIENCE_S = 5


class Ailment(Exception):
    """What is wrong, and what helps."""


@click.command()
def doctor() -> None:
    """Look the club over: settings, folders, database, migrations, mail, Valkey, files, jobs."""
    settings = load_settings()
    well = asyncio.run(_all_well(_STILL, settings))
    try:
        well = with_process(settings, partial(_all_well, _RUNNING), migrated=False) and well
    except Exception as failure:
        well = _line("database", False, sentence(failure))
    click.echo("All is well." if well else "Something needs attention.")
    if not well:
        raise SystemExit(1)


async def _all_well(checks: dict[str, Callable[[T], Awaitable[str]]], subject: T) -> bool:
    return all([await _is_well(name, check(subject)) for name, check in checks.items()])


async def _is_well(name: str, checking: Awaitable[str]) -> bool:
    try:
        return _line(name, True, await checking)
    except Ailment as ailment:
        return _line(name, False, str(ailment))
    except Exception as failure:
        return _line(name, False, sentence(failure))


def _line(name: str, well: bool, said: str) -> bool:
    click.echo(f"{'ok  ' if well else 'BAD '} {name:<11} {said}")
    return well


async def _settings(settings: Settings) -> str:
    try:
        settings.check()
    except UnsafeSettings as unsafe:
        raise Ailment(f"{unsafe}.") from None
    return f"{settings.env}, served as {settings.base_url}"


async def _folder(settings: Settings) -> str:
    folder = settings.data_dir
    if not folder.exists():
        return f"{folder.resolve()} will be made at the first start"
    if not os.access(folder, os.W_OK):
        raise Ailment(f"{folder.resolve()} cannot be written to. Give it to the user that runs ssc.")
    for name in ("secret_key", "vapid_key", "mail", "files"):
        _closed_to_others(folder / name)
    free = shutil.disk_usage(folder).free
    if free < ENOUGH_DISK:
        raise Ailment(f"Only {free / 1e9:.1f} GB are free under {folder.resolve()}. Make room.")
    return f"{folder.resolve()}, {free / 1e9:.0f} GB free"


def _closed_to_others(path: Path) -> None:
    writable_or_secret = 0o077 if path.name.endswith("_key") else 0o002
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & writable_or_secret:
        raise Ailment(f"Others than its owner can get at {path}. Say: chmod go-rwx {path}")


async def _database(process: Process) -> str:
    async with process.database.transaction() as session:
        number = int(await session.scalar(text("SELECT current_setting('server_version_num')")) or 0)
        if number < 170000:
            raise Ailment(f"PostgreSQL {number // 10000} is too old; 17 or newer is needed.")
        if await session.scalar(text("SELECT current_setting('server_encoding')")) != "UTF8":
            raise Ailment("The database is not in UTF-8. Make it with TEMPLATE template0 ENCODING 'UTF8'.")
    where = "embedded" if process.settings.database_url is None else "yours"
    return f"PostgreSQL {number // 10000}.{number % 10000}, {where}"


async def _migrations(process: Process) -> str:
    async with process.database.transaction() as session:
        applied = await migrations.applied(session)
    if applied != migrations.head():
        raise Ailment(f"at {applied or 'nothing'}, this version needs {migrations.head()}. Run `ssc migrate`.")
    return f"all applied ({applied})"


async def _search(process: Process) -> str:
    async with process.database.transaction() as session:
        known = await session.scalar(text("SELECT to_regproc('show_trgm') IS NOT NULL"))
        if not known:
            raise Ailment("pg_trgm is not there yet. Run `ssc migrate`.")
        if not await session.scalar(text("SELECT array_length(show_trgm('田'), 1)")):
            raise Ailment(
                "Names in Japanese cannot be searched. Make the database with LOCALE_PROVIDER builtin "
                "BUILTIN_LOCALE 'C.UTF-8' LC_CTYPE 'C.UTF-8', and restore a backup into it."
            )
    return "finds 田中"


async def _mail(process: Process) -> str:
    if process.settings.mail_url is None:
        return f"letters become files in {process.settings.data_dir / 'mail'}"
    parts = urlsplit(process.settings.mail_url.get_secret_value())
    client = aiosmtplib.SMTP(
        hostname=parts.hostname, port=parts.port, use_tls=parts.scheme == "smtps", timeout=_PATIENCE_S
    )
    try:
        async with client:
            await client.noop()
    except (aiosmtplib.SMTPException, OSError) as refused:
        raise Ailment(f"{parts.hostname} does not take mail: {refused}. Letters wait until it does.") from refused
    return f"{parts.hostname} answers"


async def _valkey(process: Process) -> str:
    if process.valkey is None:
        return "none: fine for one process"
    try:
        async with asyncio.timeout(_PATIENCE_S):
            await process.valkey.ping()
    except Exception as refused:
        raise Ailment(f"SSC_VALKEY_URL does not answer: {refused}. Limits count by process until it does.") from refused
    return "answers"


async def _files(process: Process) -> str:
    key = f"doctor/{ids.new()}"
    await process.blobs.put(key, b"well")
    found = await process.blobs.get(key)
    await process.blobs.delete(key)
    if found != b"well":
        raise Ailment("What is stored does not come back. Look at SSC_BLOB_URL.")
    return process.settings.blob_url or str(process.settings.data_dir / "files")


async def _jobs(process: Process) -> str:
    async with process.database.transaction() as session:
        if not await session.scalar(text("SELECT to_regclass('procrastinate_jobs') IS NOT NULL")):
            raise Ailment("The jobs' tables are not there yet. Run `ssc migrate`.")
        counted = await session.execute(text("SELECT status, count(*) FROM procrastinate_jobs GROUP BY 1"))
        counts = {str(status): n for status, n in counted}
    said = f"{counts.get('todo', 0)} waiting, {counts.get('doing', 0)} running, {counts.get('failed', 0)} given up"
    if counts.get("failed"):
        raise Ailment(f"{said}. The log says why; mail and imports may be missing.")
    return said


_STILL: dict[str, Callable[[Settings], Awaitable[str]]] = {"settings": _settings, "folder": _folder}
_RUNNING: dict[str, Callable[[Process], Awaitable[str]]] = {
    "database": _database,
    "migrations": _migrations,
    "search": _search,
    "mail": _mail,
    "valkey": _valkey,
    "files": _files,
    "jobs": _jobs,
}

"""`ssc serve` and `ssc worker`."""

import asyncio
import logging
import signal
from contextlib import ExitStack
from typing import Any

import click
from pydantic import SecretStr
from sqlalchemy import select

from ssc.app import BOOKS
from ssc.cli.demo import fill_club, tell_accounts
from ssc.cli.failures import load_settings
from ssc.cli.process import with_process
from ssc.core import embedded, jobs, logs
from ssc.core.audit import AuditEntry
from ssc.core.config import Settings
from ssc.core.process import Process
from ssc.demo.fill import DONE
from ssc.events.actions import archiving
from ssc.people.models import Member
from ssc.server import serving, valkey

FIRST_DEMO = 400

log = logging.getLogger("ssc.server")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0 to be reached from other machines.")
@click.option("--port", type=click.IntRange(1, 65535), help="Instead of SSC_PORT.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Serving processes.")
def serve(host: str, port: int | None, workers: int) -> None:
    """Serve the club, migrating first. Jobs run inside. In development an empty club is filled with a demo."""
    settings = load_settings(port=port)
    settings.check()
    logs.set_up(settings.log_level)
    signal.signal(signal.SIGTERM, _end)
    with ExitStack() as stack:
        listening = stack.enter_context(serving.bound(host, settings.port))
        if settings.database_url is None:  # held here, so that it runs from preparation to the last worker's end
            stack.enter_context(embedded.running(settings.data_dir))
        has_demo = with_process(settings, _prepare)
        if workers > 1 and settings.valkey_url is None:
            settings = settings.model_copy(update={"valkey_url": SecretStr(_own_valkey(settings, stack))})
        serving.serve(settings, listening, workers, lambda: _tell(settings, has_demo))


@click.command()
def worker() -> None:
    """Run jobs (mail, imports, …), besides those that `ssc serve` runs."""
    settings = load_settings()
    settings.check()
    logs.set_up(settings.log_level)

    async def working(process: Process) -> None:
        task = asyncio.ensure_future(jobs.work(process, BOOKS))
        for sig in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(sig, task.cancel)
        click.echo("Working. Ctrl-C ends it.")
        await asyncio.wait([task])

    with_process(settings, working)


async def _prepare(process: Process) -> bool:
    """Fills an empty club in development, gives every club its archive; answers whether the club is a demo."""
    async with process.database.transaction() as session:
        is_demo = await session.scalar(select(AuditEntry.id).where(AuditEntry.action == DONE).limit(1)) is not None
        is_empty = await session.scalar(select(Member.id).limit(1)) is None
    if process.settings.env == "development" and is_empty and not is_demo:
        await fill_club(process, FIRST_DEMO)
        is_demo = True
    async with process.database.transaction() as session:
        await archiving.seed(session)
    return is_demo


def _own_valkey(settings: Settings, stack: ExitStack) -> str:
    if settings.env == "production":
        raise click.UsageError("Several workers need SSC_VALKEY_URL in production.")
    address = stack.enter_context(valkey.running())
    click.echo("The workers share a Valkey started for them; in production SSC_VALKEY_URL names one.")
    return address


def _tell(settings: Settings, has_demo: bool) -> None:
    click.echo(f"\nThe club is open: {settings.base_url}")
    if settings.mail_url is None:
        click.echo(f"Letters are files in {settings.data_dir / 'mail'}")
    if has_demo and settings.env == "development":
        tell_accounts()


def _end(_signal: int, _frame: Any) -> None:
    raise SystemExit(0)

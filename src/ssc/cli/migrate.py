"""`ssc migrate`."""

import click

from ssc.cli.failures import load_settings
from ssc.cli.process import with_process
from ssc.core import migrations
from ssc.core.process import Process
from ssc.events.actions import archiving


@click.command()
def migrate() -> None:
    """Bring the database to this version. `ssc serve` does it by itself.

    A new club is given its archive by it: the reunions so far, as past events.
    """

    async def state(process: Process) -> str | None:
        async with process.database.transaction() as session:
            await archiving.seed(session)
            return await migrations.applied(session)

    click.echo(f"The database is at revision {with_process(load_settings(), state)}.")

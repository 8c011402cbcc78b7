"""`ssc import-roster`."""

from pathlib import Path

import click
from sqlalchemy import select

from ssc.cli.failures import load_settings
from ssc.cli.process import with_process
from ssc.cli.progress import shown
from ssc.core.db import Session
from ssc.core.process import Process
from ssc.roster.importing.actions import import_file
from ssc.roster.importing.models import RosterImport, RosterOutcome
from ssc.roster.reading import NotATable
from ssc.roster.reading.faults import said

_BAD_ROWS_SHOWN = 50


@click.command("import-roster")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Change nothing; only say what would become of each row.")
def import_roster(file: Path, dry_run: bool) -> None:
    """Import a roster (CSV or XLSX). Rows that cannot be read are named, and stop no other."""

    async def importing(process: Process) -> tuple[RosterImport, list[str]]:
        with shown("Importing") as progress:
            done = await import_file(process, file, dry_run=dry_run, shown=progress)
        async with process.database.transaction() as session:
            return done, await _bad_rows(session, done)

    done, bad = with_process(load_settings(), importing)
    if done.failure is not None:
        failure = NotATable(done.failure["reason"], **done.failure["values"])
        raise click.ClickException(failure.message)
    for line in bad:
        click.echo(line)
    if done.bad > len(bad):
        click.echo(f"… and {done.bad - len(bad)} more rows that cannot be read; the staff pages show all.")
    click.echo(
        f"{'Nothing was changed. There would be' if dry_run else 'Done:'} {done.created} new members, "
        f"{done.updated} rows updated, {done.unchanged} unchanged, {done.waiting} waiting for a decision, "
        f"{done.bad} with errors, of {done.rows} rows."
    )


async def _bad_rows(session: Session, done: RosterImport) -> list[str]:
    rows = await session.scalars(
        select(RosterOutcome)
        .where(RosterOutcome.import_id == done.id, RosterOutcome.outcome == "bad")
        .order_by(RosterOutcome.row)
        .limit(_BAD_ROWS_SHOWN)
    )
    return [
        f"Row {outcome.row}, {error['column'] or 'whole row'}: {said(error['fault'], error['values'])}"
        for outcome in rows
        for error in outcome.errors
    ]

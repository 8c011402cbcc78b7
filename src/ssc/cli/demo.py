"""`ssc demo`, and the demo that a newcomer's first start makes."""

import click

from ssc.cli.failures import load_settings
from ssc.cli.process import with_process
from ssc.cli.progress import shown
from ssc.core.process import Process
from ssc.demo import albums, looking_after
from ssc.demo.cast import PASSWORD
from ssc.demo.fill import ClubNotEmpty, Summary, fill, summary

SEED = 2026


@click.command()
@click.option("--members", default=2000, show_default=True, help="How many people; 43000 is the whole programme.")
@click.option("--seed", default=SEED, show_default=True, help="The same seed makes the same club.")
def demo(members: int, seed: int) -> None:
    """Fill an empty club with people who never were."""

    async def filling(process: Process) -> Summary:
        return await fill_club(process, members, seed)

    try:
        made = with_process(load_settings(), filling)
    except ClubNotEmpty:
        raise click.ClickException("This club has members of its own; choose an empty SSC_DATA_DIR.") from None
    except ValueError as refused:
        raise click.UsageError(str(refused)) from None
    click.echo(
        f"{'The demo club has' if made.made else 'The demo is there already:'} "
        f"{made.members} members, {made.claimed} of them with accounts, and {made.exchanges} exchanges."
    )
    tell_accounts()


async def fill_club(process: Process, members: int, seed: int = SEED) -> Summary:
    """Writes the demo, showing how far it has come."""
    with shown("Making the demo club") as progress:
        async with process.database.transaction() as session:
            made = await fill(session, members - len(looking_after.PEOPLE), seed, progress)
            if made.made:
                await looking_after.seat(session)
                await albums.hang(session, process.blobs)
            return await summary(session, made=made.made)


def tell_accounts() -> None:
    click.echo(f"Demo accounts, password {PASSWORD}:")
    for line in (
        "  staff@demo.example             staff, editor, moderator",
        "  coordinator.in@demo.example    coordinator for India (coordinator.th@… for Thailand)",
        "  member1@demo.example … member9@demo.example",
        "  minor@demo.example             a member under 18",
        "  host@demo.example              a host in Japan (secretary@demo.example acts for her)",
    ):
        click.echo(line)

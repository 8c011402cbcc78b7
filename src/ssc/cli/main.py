"""The command `ssc` and its subcommands."""

import click

from ssc.cli.backups import backup, restore
from ssc.cli.bot import bot_example
from ssc.cli.demo import demo
from ssc.cli.doctor import doctor
from ssc.cli.documents import openapi
from ssc.cli.failures import Commands
from ssc.cli.migrate import migrate
from ssc.cli.people import grant, invite, staff
from ssc.cli.rosters import import_roster
from ssc.cli.serve import serve, worker


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="ssc")
def main() -> None:
    """The Sakura Science Club.

    Settings are environment variables (SSC_…) or lines of a file .env; the README lists them.
    """


COMMANDS = (
    serve,
    worker,
    migrate,
    demo,
    import_roster,
    staff,
    grant,
    invite,
    backup,
    restore,
    doctor,
    openapi,
    bot_example,
)
for command in COMMANDS:
    main.add_command(command)

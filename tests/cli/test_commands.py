"""The command line keeps its promises: the commands of the API's page, one line for what is wrong, no traces."""

import json

import pytest

from ssc.cli import main
from tests.cli.conftest import Ssc

PROMISED = {
    "serve": {"--host", "--port", "--workers"},
    "worker": set[str](),
    "migrate": set[str](),
    "demo": {"--members", "--seed"},
    "import-roster": {"--dry-run"},
    "staff": set[str](),
    "grant": set[str](),
    "invite": set[str](),
    "backup": set[str](),
    "restore": set[str](),
    "bot-example": {"--url", "--token"},
    "doctor": set[str](),
    "openapi": set[str](),
}


def test_there_are_the_promised_commands_and_options() -> None:
    found = {
        name: {option for parameter in command.params for option in parameter.opts if option.startswith("--")}
        for name, command in main.commands.items()
    }
    assert found == PROMISED


@pytest.mark.parametrize("name", PROMISED)
def test_every_command_explains_itself(name: str, ssc: Ssc) -> None:
    shown = ssc(name, "--help")
    assert shown.exit_code == 0
    assert len(shown.output.splitlines()) > 4


@pytest.mark.parametrize(
    ("arguments", "settings", "code", "said"),
    [
        (("nonsense",), {}, 2, "Error: No such command 'nonsense'."),
        (("migrate",), {"SSC_PORT": "many"}, 2, "Error: SSC_PORT: Input should be a valid integer"),
        (("migrate",), {"SSC_BASE_URL": "ftp://x"}, 2, "Error: SSC_BASE_URL: Value error, must be an http"),
        (("demo", "--members", "3"), {}, 2, "Error: "),
        (("restore", "nowhere.tar"), {}, 2, "Error: Invalid value for 'FILE'"),
        (
            ("migrate",),
            {"SSC_DATABASE_URL": "postgresql://club:hunter2secret@127.0.0.1:9/club"},
            1,
            "Error: The database does not answer: ",
        ),
        (("serve",), {"SSC_ENV": "production"}, 1, "Error: Not started, the settings are not safe for production: "),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    arguments: tuple[str, ...], settings: dict[str, str], code: int, said: str, ssc: Ssc
) -> None:
    done = ssc(*arguments, **settings)
    assert (done.exit_code, done.output.splitlines()[-1][: len(said)]) == (code, said)
    assert "Traceback" not in done.output
    assert "hunter2secret" not in done.output


def test_migrate_says_where_the_database_is(ssc: Ssc) -> None:
    first, second = ssc("migrate"), ssc("migrate")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.output == second.output


def test_the_demo_is_made_once_and_says_who_may_sign_in(ssc: Ssc) -> None:
    first, second = ssc("demo", "--members", "60"), ssc("demo", "--members", "60")
    assert first.output.splitlines()[-7].startswith("The demo club has 60 members, ")
    assert second.output.splitlines()[-7].startswith("The demo is there already: 60 members, ")
    assert "Demo accounts, password sakura-demo-2026:" in first.output


def test_the_description_of_the_api_needs_no_database(ssc: Ssc) -> None:
    shown = ssc("openapi", SSC_DATABASE_URL="postgresql://nobody@127.0.0.1:9/nowhere")
    assert json.loads(shown.output)["openapi"].startswith("3.1")

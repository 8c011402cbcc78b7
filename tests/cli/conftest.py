"""Commands called in this process, on a database of the test's own."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ssc.cli import main

Ssc = Callable[..., Result]


@pytest.fixture
def ssc(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ssc:
    """Calls a command with settings: `ssc("doctor", SSC_PORT="9000")`. Its last line is the error, if any."""
    monkeypatch.chdir(tmp_path)
    usual = {"SSC_DATABASE_URL": database_url, "SSC_DATA_DIR": str(tmp_path / "data"), "SSC_ENV": "test"}

    def call(*arguments: str, **settings: str | None) -> Result:
        return CliRunner().invoke(main, list(arguments), env={**usual, **settings})

    return call


@pytest.fixture
def served_by(database_url: str, tmp_path: Path) -> Mapping[str, str]:
    """The settings of a club that a process serves."""
    return {"SSC_DATABASE_URL": database_url, "SSC_DATA_DIR": str(tmp_path / "data"), "SSC_ENV": "test"}

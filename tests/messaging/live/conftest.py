"""A club that is really served, and the people who talk in it."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.cli import commands
from tests.messaging.live.people import People


@pytest.fixture
def environment(database_url: str, tmp_path: Path) -> Mapping[str, str]:
    return {
        "SSC_DATABASE_URL": database_url,
        "SSC_DATA_DIR": str(tmp_path / "data"),
        "SSC_ENV": "test",
        "SSC_LIMITS": "off",
    }


@pytest.fixture
def served(environment: Mapping[str, str], tmp_path: Path) -> Iterator[commands.Served]:
    """`ssc serve`, in a process of its own."""
    with commands.serving(settings=environment, folder=tmp_path) as opened:
        yield opened


@pytest.fixture
def people(cast: Cast) -> People:
    return People(cast)

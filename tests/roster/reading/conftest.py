"""The sample roster that the secretariat gave."""

from pathlib import Path

import pytest


@pytest.fixture
def sample() -> Path:
    return Path(__file__).parent / "roster-sample.csv"

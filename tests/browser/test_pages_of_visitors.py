"""What only visitors come to, or come to first, can be read and used by everybody."""

import pytest

from tests.browser.conftest import Arrive
from tests.browser.tours import Tour, barriers_on_the_way


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_every_page_can_be_read_and_used_by_everybody(arrive: Arrive, tour: Tour, language: str) -> None:
    assert await barriers_on_the_way(arrive, tour, "visitor", language) == {}

"""What an uploaded picture says of itself is read in bounded time, whatever the file is."""

from time import process_time

import pytest

from ssc.core import pictures
from ssc.core.errors import Problem
from tests.stories.test_consents import photo


@pytest.mark.parametrize("part", [b"\xff", b"\xff\xe0\x00\x02"], ids=["fill", "empty parts"])
async def test_a_jpeg_without_end_holds_nobody_up(part: bytes) -> None:
    began = process_time()
    with pytest.raises(Problem, match="invalid"):
        await pictures.fitted(b"\xff\xd8\xff" + part * ((10 << 20) // len(part) - 3), (480,))
    assert process_time() - began < 0.5
    shown = await pictures.fitted(photo(), (480,))
    assert (shown.width, shown.height) == (480, 320)


async def test_fill_before_a_part_is_read_over() -> None:
    """As some cameras write it (ISO 10918-1, B.1.1.2)."""
    content = photo()
    shown = await pictures.fitted(content[:2] + b"\xff" * 40 + content[2:], (480,))
    assert (shown.width, shown.height) == (480, 320)

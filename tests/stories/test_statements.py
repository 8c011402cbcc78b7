"""What visitors' pages of stories ask of the database: the same however many there are, and nothing when kept."""

import pytest

from tests.cast import Cast
from tests.statements import asked_twice
from tests.stories.tales import published

pytestmark = pytest.mark.anyio


async def test_a_visitors_page_asks_few_questions_once_and_none_again(cast: Cast) -> None:
    editor = await cast.browser(await cast.holder("Emi Editor", "editor", country="JP"))
    slugs = []
    for number in range(4):
        author = await cast.member(f"Author {number}")
        slugs.append(await published(cast, author, editor, title=f"Story {number}", shows_profile=True))
    asked = {"/stories": (4, 0), f"/stories/{slugs[0]}": (8, 0)}
    asked |= {"/stories?country=TH": (4, 4)}  # the shelf is not for whoever makes up queries
    asked |= {"/stories/feed.atom": (3, 3), "/api/v1/stories": (4, 4)}
    assert await asked_twice(cast, asked) == asked

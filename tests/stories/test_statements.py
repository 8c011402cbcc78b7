"""What visitors' pages of stories ask of the database: the same however many there are, and nothing when kept."""

import pytest

from tests.cast import Cast
from tests.statements import count_statements
from tests.stories.tales import published

pytestmark = pytest.mark.anyio


async def test_a_visitors_page_asks_few_questions_once_and_none_again(cast: Cast) -> None:
    editor = await cast.browser(await cast.holder("Emi Editor", "editor", country="JP"))
    slugs = []
    for number in range(4):
        author = await cast.member(f"Author {number}")
        slugs.append(await published(cast, author, editor, title=f"Story {number}", shows_profile=True))
    asked = {"/stories": 4, f"/stories/{slugs[0]}": 8, "/stories?country=TH": 4}
    seen: list[str] = []
    found: dict[str, int] = {}
    await cast.running.shelf.heard()
    async with cast.visitor() as browser:
        assert (await browser.get("/news?lang=xx")).status_code == 200  # the engine knows its server
        count_statements(cast.running.database, seen)
        for path in asked:
            seen.clear()
            assert (await browser.get(path)).status_code == 200
            found[path] = len(seen)
            seen.clear()
            await browser.get(path)
            assert "?" in path or seen == [], path  # the shelf is not for whoever makes up queries
        for path, statements in {"/stories/feed.atom": 3, "/api/v1/stories": 4}.items():
            seen.clear()
            assert (await browser.get(path)).status_code == 200
            assert len(seen) == statements, (path, seen)
    assert found == asked

"""An item before the public: the picture that stands for it, and what its pages ask of the database."""

import io

from PIL import Image

from tests.cast import Cast
from tests.news.words import published, written
from tests.statements import asked_twice


async def test_a_picture_stands_for_an_item_while_it_is_before_the_public(cast: Cast) -> None:
    editor = await cast.browser(await cast.holder("Ann Editor", "editor", country="JP"))
    visitor = cast.visitor()
    draft = (await written(editor, title="Not yet"))["slug"]
    slug = (await published(editor))["slug"]
    page = (await visitor.get(f"/news/{slug}")).text
    assert f'<meta property="og:image" content="http://localhost:8000/news/{slug}/card.png">' in page
    drawn = await visitor.get(f"/news/{slug}/card.png")
    assert (drawn.headers["content-type"], Image.open(io.BytesIO(drawn.content)).size) == ("image/png", (1200, 630))
    known = await visitor.get(f"/news/{slug}/card.png", headers={"If-None-Match": drawn.headers["etag"]})
    assert known.status_code == 304
    for reader in (visitor, editor):
        assert (await reader.get(f"/news/{draft}/card.png")).status_code == 404
    assert (await editor.post(f"/api/v1/news/{slug}/withdraw")).status_code == 200
    for reader in (visitor, editor):
        assert (await reader.get(f"/news/{slug}/card.png")).status_code == 404


async def test_a_visitors_page_asks_few_questions_however_many_items_there_are(cast: Cast) -> None:
    editor = await cast.browser(await cast.holder("Ann Editor", "editor", country="JP"))
    slugs = [(await published(editor, title=f"Item {number}"))["slug"] for number in range(5)]
    asked = {"/news": 3, f"/news/{slugs[0]}": 3, "/news/feed.atom": 2, "/news/feed.json": 2}
    assert await asked_twice(cast, asked) == {path: (number, 0) for path, number in asked.items()}

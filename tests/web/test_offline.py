"""Without a line: the service worker belongs to this version, and pages name their reader to it alone."""

import json

import pytest

from ssc.web import static
from tests.cast import Cast


async def test_the_service_worker_knows_this_versions_files(cast: Cast) -> None:
    async with cast.visitor() as browser:
        answer = await browser.get("/service-worker.js")
        first = answer.text.splitlines()[0]
        club = json.loads(first.removeprefix("const club = ").removesuffix(";"))
        assert (answer.headers["cache-control"], club["version"]) == ("no-cache", static.version())
        assert club["languages"] == ["en", "ja"]
        for path in (*club["files"], club["icon"]):
            assert (await browser.head(path)).status_code == 200
        assert [name for name in club["files"] if "/service/" in name] == []


@pytest.mark.parametrize(("language", "words"), [("en", "No connection"), ("ja", "接続がありません")])
async def test_the_page_for_it_is_there_in_both_languages_and_the_same_for_everybody(
    language: str, words: str, cast: Cast
) -> None:
    mali = await cast.member("Mali Member", language="ja")
    async with cast.visitor() as nobody, await cast.browser(mali) as hers:
        pages = [(await one.get(f"/offline/{language}")).text for one in (nobody, hers)]
    assert pages[0] == pages[1]
    assert words in pages[0]


async def test_a_page_names_its_reader_to_her_own_browser_only(cast: Cast) -> None:
    """What is kept for one member is emptied for the next: by this name, which says nothing of her."""
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    browsers = [cast.visitor(), *[await cast.browser(one) for one in (mali, mali, olga)]]
    names = [(await one.get("/exchanges")).headers.get("ssc-reader") for one in browsers]
    assert (names[0], names[1] == names[2], len(set(names))) == (None, True, 3)
    assert str(mali.id).replace("-", "")[:16] != names[1]

"""The desk's composer of the mail magazine, as an editor without scripts uses it."""

import re

import pytest

from tests.cast import Cast
from tests.news.words import published

pytestmark = pytest.mark.anyio


async def test_an_editor_composes_counts_tries_schedules_and_sends(cast: Cast) -> None:
    editor = await cast.browser(await cast.holder("Ed Editor", "editor", country="JP"))
    await cast.member("Thida Thai", country="TH")
    await cast.member("Hana Hanoi", country="VN", language="ja")
    item = await published(editor)
    typed = {
        "lang": ["en", "ja"],
        "subject_en": "Autumn",
        "body_en": "Dear alumni",
        "subject_ja": "",
        "body_ja": "秋です",
    }
    refused = await editor.post("/desk/newsletters/new", data=typed)
    assert (refused.status_code, "Dear alumni" in refused.text, "秋です" in refused.text) == (422, True, True)
    typed |= {"subject_ja": "秋の便り", "items": [item["slug"]], "countries": ["TH", "VN"]}
    made = await editor.post("/desk/newsletters/new", data=typed)
    assert made.status_code == 303
    address = made.headers["location"]
    page = (await editor.get(address)).text
    assert "It goes to 2 people." in page
    assert f'value="{item["slug"]}" checked' in page.replace("'", '"')
    rev = re.search(r'name="rev" value="([^"]*)"', page)
    assert rev is not None
    saved = await editor.post(
        address, data={**typed, "rev": rev[1].replace("&#34;", '"'), "subject_en": "Autumn letter"}
    )
    assert saved.headers["location"] == f"{address}?done=saved"
    stale = await editor.post(address, data={**typed, "rev": rev[1].replace("&#34;", '"'), "subject_en": "Mine"})
    assert (stale.status_code, 'value="Mine"' in stale.text) == (422, True)
    assert (await editor.post(f"{address}/test")).status_code == 303
    past = await editor.post(f"{address}/send", data={"at": "2020-01-01T09:00"})
    assert (past.status_code, "This time has passed." in past.text) == (422, True)
    assert (await editor.post(f"{address}/send", data={"at": "2099-01-01T09:00"})).status_code == 303
    assert "2099-01-01T00:00:00Z" in (await editor.get(address)).text
    assert (await editor.post(f"{address}/send")).status_code == 303
    await cast.run_jobs()
    assert {letter.to for letter in cast.letters()} == {
        f"{name}@example.org" for name in ("ed-editor", "thida-thai", "hana-hanoi")
    }
    listed = (await editor.get("/desk/newsletters")).text
    assert "Autumn letter" in listed
    assert "Sent" in listed

"""A story's way between its author and the editors, by the pages as by the API."""

import pytest

from tests.cast import Cast
from tests.stories.tales import begun, slugs

pytestmark = pytest.mark.anyio


async def test_a_member_writes_on_the_pages_and_an_editor_returns_and_publishes_with_all_that_was_said_kept(
    cast: Cast,
) -> None:
    anan, emi = await cast.member("Anan Author"), await cast.holder("Emi Editor", "editor", country="JP")
    await cast.exchange("SSP-1", [anan], title="Robots in Chiba", fields=["Robotics"])
    author, editor = await cast.browser(anan), await cast.browser(emi)
    assert (await author.post("/stories/new", data={"title": "", "lang": "en"})).status_code == 422
    begun_ = await author.post("/stories/new", data={"title": "A week of robots", "lang": "en", "exchange": "SSP-1"})
    assert (begun_.status_code, begun_.headers["location"]) == (303, "/stories/a-week-of-robots/edit")
    at = "/stories/a-week-of-robots"
    refused = await author.post(f"{at}/submit", data={})
    assert refused.status_code == 422 and "There is nothing to read yet" in refused.text
    typed = {"title": "A week of robots", "lang": "en", "role": "It decided my field.", "byline": "Anan", "rev": "1"}
    assert (await author.post(f"{at}/edit", data=typed)).headers["location"] == f"{at}/edit?done=saved"
    assert (await author.post(f"{at}/submit", data={"note": "Please look"})).status_code == 303
    assert "A week of robots" in (await editor.get("/desk/stories")).text
    assert (await author.post(f"{at}/edit", data={**typed, "rev": "2"})).status_code == 403  # not her turn
    no_word = await editor.post(f"{at}/return", data={"note": ""})
    assert no_word.status_code == 422 and "Please fill this in." in no_word.text
    assert (await editor.post(f"{at}/return", data={"note": "What is a servo?"})).status_code == 303
    assert "What is a servo?" in (await author.get(f"{at}/edit")).text
    better = {**typed, "role": "It decided my field. A servo is a motor.", "rev": "2"}
    assert (await author.post(f"{at}/edit", data=better)).status_code == 303
    assert (await author.post(f"{at}/submit", data={})).status_code == 303
    assert (await author.post(f"{at}/publish", data={})).status_code == 403
    assert (await editor.post(f"{at}/publish", data={})).status_code == 303
    assert (await editor.post(f"{at}/publish", data={})).status_code == 422  # it is already
    assert "A servo is a motor." in (await cast.visitor().get(at)).text
    said = [(step["kind"], step["by"], step["note"]) for step in (await author.get(f"/api/v1{at}/steps")).json()]
    assert said == [
        ("submit", "Anan Author", "Please look"),
        ("return", "Emi Editor", "What is a servo?"),
        ("submit", "Anan Author", ""),
        ("publish", "Emi Editor", ""),
    ]
    texts = [one["text"] for one in (await author.get("/api/v1/notifications")).json()["items"]]
    assert texts[0] == "Your story “A week of robots” is published."
    assert "A week of robots" in (await author.get("/me/stories")).text


async def test_how_a_story_read_before_is_for_its_author_and_editors_with_every_answer(cast: Cast) -> None:
    author, slug = await begun(cast, await cast.member("Anan Author"), prompts={"role": "It decided my field."})
    editor = await cast.browser(await cast.holder("Emi Editor", "editor", country="JP"))
    stranger = await cast.browser(await cast.member("Sam Stranger"))
    amended = {"prompts": {"role": "It *decided* my field."}}
    assert (await author.patch(f"/api/v1/stories/{slug}", json=amended)).status_code == 200
    for verb, client in (("submit", author), ("publish", editor)):
        assert (await client.post(f"/api/v1/stories/{slug}/{verb}")).status_code == 200
    corrected = {"prompts": {"role": "It decided my life."}}
    assert (await editor.patch(f"/api/v1/stories/{slug}", json=corrected)).status_code == 200
    versions = (await author.get(f"/api/v1/stories/{slug}/versions")).json()
    asked = "## What did the exchange do for your study or research?"
    assert [(one["written_by"], one["body"]) for one in versions] == [
        ("Emi Editor", f"I came with **one** question.\n\n{asked}\n\nIt decided my life."),
        ("Anan Author", f"I came with **one** question.\n\n{asked}\n\nIt *decided* my field."),
    ]
    listed = (await editor.get(f"/stories/{slug}/versions")).text
    assert listed.count(f'href="/stories/{slug}/versions/') == 2
    page = (await author.get(f"/stories/{slug}/versions/{versions[0]['rev']}")).text
    assert "It *decided* my field.</del>" in page and "It decided my life.</ins>" in page
    for path in (f"/stories/{slug}/versions", f"/stories/{slug}/versions/{versions[0]['rev']}"):
        assert (await stranger.get(path)).status_code == 403  # the story is public, what it was is not
        assert (await cast.visitor().get(path)).status_code in (303, 401)
    for rev in ("999", "x", "-1"):
        assert (await author.get(f"/stories/{slug}/versions/{rev}")).status_code == 404


async def test_two_who_write_at_once_lose_nothing(cast: Cast) -> None:
    """(case 60)"""
    author, slug = await begun(cast, await cast.member("Anan Author"))
    seen = (await author.get(f"/api/v1/stories/{slug}")).headers["etag"]
    first = await author.patch(f"/api/v1/stories/{slug}", json={"body": "One"}, headers={"If-Match": seen})
    second = await author.patch(f"/api/v1/stories/{slug}", json={"body": "Two"}, headers={"If-Match": seen})
    assert (first.status_code, second.status_code) == (200, 409)
    assert second.json()["type"] == "/problems/edited-meanwhile"
    assert (await author.get(f"/api/v1/stories/{slug}")).json()["body"] == "One"
    page = await author.post(f"/stories/{slug}/edit", data={"title": "T", "lang": "en", "body": "Three", "rev": "1"})
    assert page.status_code == 422 and "Three" in page.text  # what she typed is still there
    only_this = await author.patch(f"/api/v1/stories/{slug}", json={"takes_questions": False})
    assert (only_this.json()["body"], only_this.json()["takes_questions"]) == ("One", False)


async def test_what_is_typed_is_kept_for_oneself_until_it_is_saved_or_dropped(cast: Cast) -> None:
    author, slug = await begun(cast, await cast.member("Anan Author"))
    typed = {"typed": {"body": "Half a sent", "no_such_field": "x"}, "rev": 1}
    assert (await author.put(f"/api/v1/stories/{slug}/typed", json=typed)).status_code == 204
    assert "Half a sent" in (await author.get(f"/stories/{slug}/edit")).text
    assert (await author.get(f"/api/v1/stories/{slug}")).json()["body"] == "I came with **one** question."
    stranger = await cast.browser(await cast.member("Sam Stranger"))
    assert (await stranger.put(f"/api/v1/stories/{slug}/typed", json=typed)).status_code == 404
    assert (await author.post(f"/stories/{slug}/typed/drop")).status_code == 303
    assert "Half a sent" not in (await author.get(f"/stories/{slug}/edit")).text


async def test_a_minor_tells_nothing_in_public_and_a_taken_back_story_is_its_authors_again(cast: Cast) -> None:
    minor = await cast.browser(await cast.minor())
    draft = {"title": "My school", "body": "It was fun.", "lang": "en"}
    assert (await minor.post("/api/v1/stories", json=draft)).status_code == 403
    page = await minor.get("/stories/new")
    assert page.status_code == 200 and "Your story waits a little" in page.text
    editor = await cast.browser(await cast.holder("Emi Editor", "editor", country="JP"))
    author, slug = await begun(cast, await cast.member("Anan Author"))
    for verb, client in (("submit", author), ("publish", editor), ("withdraw", author), ("submit", author)):
        assert (await client.post(f"/api/v1/stories/{slug}/{verb}")).status_code == 200, verb
    assert await slugs(cast.visitor()) == []
    again = await cast.browser(await cast.member("Bui Author"))
    assert (await again.post("/api/v1/stories", json={**draft, "title": "A week of robots"})).json()["slug"] == (
        "a-week-of-robots-2"
    )
    assert (await again.post("/api/v1/stories", json={**draft, "title": "New"})).json()["slug"] == "new-2"


async def test_a_text_of_a_hundred_kilobytes_of_brackets_is_refused_and_one_of_twenty_is_shown(cast: Cast) -> None:
    """(case 48)"""
    author, slug = await begun(cast, await cast.member("Anan Author"))
    assert (await author.patch(f"/api/v1/stories/{slug}", json={"body": "[" * 100_000})).status_code == 422
    shown = await author.patch(f"/api/v1/stories/{slug}", json={"body": "[" * 20_000})
    assert (shown.status_code, shown.json()["html"]) == (200, f"<p>{'[' * 20_000}</p>\n")
    link = await author.patch(f"/api/v1/stories/{slug}", json={"body": "[a](//evil.example) [b](javascript:alert(1))"})
    assert "href" not in link.json()["html"]

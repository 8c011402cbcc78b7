"""Editors correct words and rules without a release, and nothing that stood before is lost."""

from tests.cast import Cast
from tests.guide.facts import FACTS

LOTUS = "/api/v1/programmes/lotus"
WORDS = {"number": 0, "summary": "A year in Japan.", "how": "Ask.", "body": "## New\n\n<script>x</script> **bold**"}


async def test_corrected_words_are_read_at_once_and_only_in_their_language(cast: Cast) -> None:
    editor = await cast.holder("Ed Itor", "editor", country="JP")
    async with cast.visitor() as visitor, await cast.browser(editor) as desk:
        before = (await visitor.get("/programmes/lotus")).text
        assert (await desk.put(f"{LOTUS}/texts/en", json=WORDS)).json()["number"] == 1
        after = (await visitor.get("/programmes/lotus")).text
        japanese = (await visitor.get(LOTUS, headers={"accept-language": "ja"})).json()
        stale = await desk.put(f"{LOTUS}/texts/en", json=WORDS)
        shown = await desk.post("/desk/guide/lotus/en", data={**WORDS, "body": "Mine"})
        history = (await desk.get(f"{LOTUS}/editions/en")).json()["items"]
        released = (await desk.get("/desk/guide/lotus/en?edition=0")).text
    assert "A year in Japan." in after and "A year in Japan." not in before
    assert "<h2>New</h2>" in after and "<script>x" not in after and "<strong>bold</strong>" in after
    assert "A year in Japan." not in japanese["summary"]
    assert (stale.status_code, stale.json()["type"]) == (409, "/problems/edited-meanwhile")
    assert shown.status_code == 422 and "Mine" in shown.text, "what she wrote is not lost"
    assert [(one["number"], one["by"], one["content"]["how"]) for one in history] == [(1, "Ed Itor", "Ask.")]
    assert "Up to a year of research" in released


async def test_a_corrected_rule_is_the_finders_rule(cast: Cast) -> None:
    async with cast.visitor() as visitor, await cast.browser(await cast.staff()) as desk:
        asked = "/api/v1/programmes/finder?country=IN&status=graduate&age=38&home_institution_country=IN"

        async def lotus() -> str:
            items = (await visitor.get(asked)).json()["items"]
            return str(next(item["verdict"] for item in items if item["programme"] == "lotus"))

        assert await lotus() == "eligible"
        assert (await desk.put(f"{LOTUS}/facts", json=FACTS)).status_code == 200
        assert await lotus() == "not"
        told = (await visitor.get(LOTUS)).json()
        page = (await desk.get("/desk/guide/lotus/facts")).text
        form = {
            "number": "1",
            "fiscal_year": "2026",
            "source": "Guidelines",
            "source_url": "https://www.jst.go.jp/x",
            "checked_on": "2026-11-21",
            "institutions": "IN, asean",
            "statuses": ["graduate", "postdoc"],
            "oldest": "",
            "state": "unknown",
            "as_of": "2026-11-21",
            "closes_on": "",
        }
        assert (await desk.post("/desk/guide/lotus/facts", data=form)).status_code == 303
        assert await lotus() == "eligible"
        wrong = await desk.post("/desk/guide/lotus/facts", data={**form, "institutions": "atlantis", "number": "2"})
        closing = {**FACTS, "number": 2, "call": {**FACTS["call"], "closes_on": "2027-01-01"}}
        refused = await desk.put(f"{LOTUS}/facts", json=closing)
    assert told["call"] == {"state": "closed", "as_of": "2026-11-20", "closes_on": None}
    assert (told["fiscal_year"], told["source"], told["checked_on"]) == (2026, "Guidelines of 2026", "2026-11-20")
    assert 'value="35"' in page
    assert wrong.status_code == 422 and "There is no country or group called atlantis." in wrong.text
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/call/closes_on"]

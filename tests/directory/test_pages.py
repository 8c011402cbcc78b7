"""The pages of the directory: the same rules as the API's, in words; they work without scripts."""

import re
from datetime import timedelta
from html import unescape

import pytest

from ssc.accounts.models import Account
from ssc.core import clock
from ssc.people.models import Member
from tests.cast import Cast
from tests.directory.test_photos import picture


def words(html: str) -> str:
    """What a reader reads, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.fixture
async def people(cast: Cast) -> dict[str, Member]:
    owner = await cast.member(
        "Olga Owner",
        country="BR",
        headline="Lanterns",
        affiliation="Xanadu Institute",
        bio="<script>alert(1)</script> {{7*7}}",
        fields=["Robotics"],
        links=["https://secret.example.org"],
    )
    mate = await cast.member("Mate Matthews", country="BR", fields=["Robotics"])
    await cast.exchange("X-1", [owner, mate], title="A week in Chiba")
    return {"owner": owner, "mate": mate, "stranger": await cast.member("Stan Stranger", country="TH")}


async def test_a_list_says_what_the_reader_shares(cast: Cast, people: dict[str, Member]) -> None:
    page = words((await (await cast.browser(people["mate"])).get("/members?q=olga")).text)
    assert "1 person OO Olga Owner Lanterns · Brazil With you in Japan Your field: Robotics" in page
    page = words((await (await cast.browser(people["stranger"])).get("/members?q=olga")).text)
    assert "Olga Owner Lanterns · Brazil" in page
    assert "With you in Japan" not in page


async def test_filters_are_links_and_boxes(cast: Cast, people: dict[str, Member]) -> None:
    browser = await cast.browser(people["stranger"])
    page = (await browser.get("/members?country=BR&in_japan=&q=")).text
    assert 'value="BR" id="facet-country-1" checked' in page
    assert 'value="TH" id="facet-country-2"' in page
    assert "Stan Stranger" not in page.split("<main")[1]
    lagging = (await browser.get("/members?country=BR&country=KE&limit=1")).text
    assert re.findall(r'href="(/members[^"]*)"', lagging).count("/members?country=BR&amp;country=KE") == 0
    assert "/members?country=KE" in lagging
    more = re.search(r'href="([^"]*cursor=[^"]*)"', lagging)
    assert more is not None
    assert "Olga Owner" in words((await browser.get(unescape(more[1]))).text)


async def test_a_mistyped_name_is_said_to_be_guessed(cast: Cast, people: dict[str, Member]) -> None:
    browser = await cast.browser(people["stranger"])
    assert "Nobody is written like “olgq”" in words((await browser.get("/members?q=olgq")).text)
    assert "Nobody is written like" not in words((await browser.get("/members?q=olga")).text)
    assert "Nobody found Try fewer letters" in words((await browser.get("/members?q=zzzz")).text)


async def test_a_profile_shows_what_may_be_seen_and_runs_nothing(cast: Cast, people: dict[str, Member]) -> None:
    """Case 48: [abuse 48, 51]"""
    mate = (await (await cast.browser(people["mate"])).get("/members/olga-owner")).text
    stranger = (await (await cast.browser(people["stranger"])).get("/members/olga-owner")).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{7*7}}" in mate
    assert "<script>alert" not in mate
    assert ("secret.example.org" in mate, "secret.example.org" in stranger) == (True, False)
    assert "You were in Japan together: A week in Chiba" in words(mate)
    assert "You were in Japan together" not in words(stranger)
    assert (await cast.visitor().get("/members/olga-owner")).status_code == 404


@pytest.mark.parametrize(
    ("field", "value"), [("headline", "Lanterns"), ("affiliation", "Xanadu"), ("country", "Brazil"), ("bio", "{{7*7}}")]
)
async def test_a_hidden_field_is_on_no_page(cast: Cast, people: dict[str, Member], field: str, value: str) -> None:
    """Case 40."""
    browser = await cast.browser(people["stranger"])

    async def shown() -> list[bool]:
        pages = [(await browser.get(path)).text for path in ("/members/olga-owner", "/members?q=olga")]
        return [value in re.sub(r"<form.*?</form>", "", page, flags=re.DOTALL) for page in pages]

    assert (await shown())[0] is True
    await cast.change(people["owner"], visibility={field: "cohorts"})
    assert await shown() == [False, False]


async def test_a_member_edits_her_profile_and_who_sees_it(cast: Cast, people: dict[str, Member]) -> None:
    browser, stranger = await cast.browser(people["owner"]), await cast.browser(people["stranger"])
    submitted = {
        "name": "Olga Owner",
        "name_native": "",
        "country": "BR",
        "lives_in": "JP",
        "headline": "Paper lanterns",
        "fields": "Robotics、Optics, Energy",
        "languages": "pt-BR, en",
        "links": "https://one.example\r\nhttps://two.example",
        "open_to": ["mentoring", "hosting"],
        "audience_headline": "cohorts",
        "audience_lives_in": "everyone",
    }
    answer = await browser.post("/me/profile", data=submitted)
    assert (answer.status_code, answer.headers["location"]) == (303, "/me?done=profile")
    own = (await browser.get("/api/v1/me")).json()
    assert (own["fields"], own["languages"], own["open_to"]) == (
        ["Robotics", "Optics", "Energy"],
        ["pt-BR", "en"],
        ["mentoring", "hosting"],
    )
    assert own["links"] == ["https://one.example", "https://two.example"]
    assert (own["visibility"]["headline"], own["visibility"]["lives_in"]) == ("cohorts", "everyone")
    assert "headline" not in (await stranger.get("/api/v1/members/olga-owner")).json()
    assert "Your profile is saved." in words((await browser.get("/me?done=profile")).text)


async def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(cast: Cast, people: dict[str, Member]) -> None:
    browser = await cast.browser(people["owner"])
    answer = await browser.post(
        "/me/profile", data={"name": "", "country": "BR", "headline": "Kept", "links": "javascript:alert(1)"}
    )
    page = words(answer.text)
    assert answer.status_code == 422
    assert "Please fill this in." in page
    assert "Write a whole web address that begins with https:// or http://." in page
    assert 'value="Kept"' in answer.text
    assert (await browser.get("/api/v1/me")).json()["headline"] == "Lanterns"


async def test_a_photo_is_chosen_and_deleted_on_the_page(cast: Cast, people: dict[str, Member]) -> None:
    browser = await cast.browser(people["owner"])
    for content, sentence in ((b"", "Choose a picture first."), (b"x", "Choose a JPEG, PNG or WebP picture.")):
        refused = await browser.post("/me/photo", files={"file": ("x.png", content)})
        assert (refused.status_code >= 400, sentence in words(refused.text)) == (True, True)
    assert (await browser.post("/me/photo", files={"file": ("x.png", picture("PNG"))})).status_code == 303
    assert "/files/photos/" in (await browser.get("/me")).text
    assert (await browser.post("/me/photo/remove")).status_code == 303
    assert "/files/photos/" not in (await browser.get("/me")).text


async def test_what_others_see_is_what_they_see(cast: Cast, people: dict[str, Member]) -> None:
    browser = await cast.browser(people["owner"])
    mine = {near: (await browser.get(f"/me/preview?as={near}")).text for near in ("everyone", "members", "cohorts")}
    assert "They see nothing of you" in words(mine["everyone"])
    assert ("Lanterns" in mine["members"], "secret.example.org" in mine["members"]) == (True, False)
    assert "secret.example.org" in mine["cohorts"]
    minor = await cast.browser(await cast.minor())
    assert "Until you are 18" in words((await minor.get("/me/preview?as=members")).text)


async def test_preferences_are_kept_and_a_block_is_taken_back(cast: Cast, people: dict[str, Member]) -> None:
    browser = await cast.browser(people["owner"])
    choice = {"language": "en", "time_zone": "America/Sao_Paulo", "contact": "nobody", "quiet_from": "22:00"}
    assert "Give both hours" in words((await browser.post("/me/preferences", data=choice)).text)
    saved = await browser.post("/me/preferences", data={**choice, "quiet_to": "07:00", "presence": "true"})
    assert (saved.status_code, saved.headers["location"]) == (303, "/me/preferences?done=saved")
    kept = (await browser.get("/api/v1/me/preferences")).json()
    assert (kept["contact"], kept["presence"], kept["read_receipts"], kept["quiet_hours"]) == (
        "nobody",
        True,
        False,
        {"from": "22:00", "to": "07:00"},
    )
    assert (await browser.post("/members/stan-stranger/block")).status_code == 303
    assert (await browser.get("/members/stan-stranger")).status_code == 404
    assert "Stan Stranger" in words((await browser.get("/me/preferences")).text)
    assert (await browser.post("/members/stan-stranger/unblock")).status_code == 303
    assert (await browser.get("/members/stan-stranger")).status_code == 200


async def test_visitors_are_shown_the_way_in(cast: Cast, people: dict[str, Member]) -> None:
    visitor = cast.visitor()
    assert "The directory is for members" in words((await visitor.get("/members")).text)
    for path in ("/me", "/me/profile", "/me/preview", "/me/preferences"):
        answer = await visitor.get(path)
        assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/sign-in")


async def test_a_recovered_account_is_told_why_it_waits(cast: Cast, people: dict[str, Member]) -> None:
    browser = await cast.browser(people["owner"])
    assert (await browser.get("/members")).status_code == 200
    async with cast.running.database.transaction() as session:
        account = await session.get_one(Account, people["owner"].id)
        account.limited_until = clock.now() + timedelta(hours=1)
    answer = await browser.get("/members")
    assert (answer.status_code, "72 hours" in words(answer.text)) == (403, True)

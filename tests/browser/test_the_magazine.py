"""As an editor: the magazine in two languages to the alumni of two countries, with the mail folder read."""

import re
from collections import Counter

from playwright.async_api import Locator, expect

from tests.browser.conftest import Arrive
from tests.browser.person import Person
from tests.cast import Sent
from tests.core.live.hearing import until

ENGLISH, JAPANESE = "What became of the rice", "お米のその後"


async def test_an_issue_in_two_languages_goes_to_the_alumni_of_two_countries(arrive: Arrive) -> None:
    editor = await arrive()
    await editor.slip_in("staff@demo.example")
    await editor.visit("/desk/newsletters")
    await editor.follow("Begin an issue", within="main")
    await compose(editor)
    await editor.press("Save and count")
    await expect(editor.page).to_have_url(re.compile("/desk/newsletters/[0-9a-f-]{36}"))
    issue = editor.page.url.partition("?")[0]
    told = await editor.page.locator("section", has=editor.page.get_by_role("heading", name="Sending")).inner_text()
    readers, english, japanese = numbers(told)
    assert readers == english + japanese
    assert min(english, japanese) > 0, told

    look = editor.page.locator("section", has=editor.page.get_by_role("heading", name="How it looks"))
    await expect(look.locator("strong", has_text="alumni")).to_be_visible()
    await look.locator("summary", has_text=JAPANESE).click()
    await expect(look.locator("[lang=ja] strong", has_text="みなさま")).to_be_visible()
    assert await editor.barriers() == []

    await editor.press("Send it to me alone")
    await editor.reads("A letter in each language is on its way to you alone.")
    for subject, word in ((ENGLISH, "the club's house"), (JAPANESE, "クラブの家")):
        assert word in (await editor.club.letter("staff@demo.example", subject)).text
    assert {letter.to for letter in about(editor)} == {"staff@demo.example"}

    await editor.page.locator("#send-at").fill("2090-01-01T09:00")
    await editor.press("Schedule")
    await editor.reads("The issue leaves at its time.")
    await editor.reads(re.compile("Leaves .*2090"))
    await editor.press("Do not send it at that time")
    await editor.reads("It is stopped: what has not left does not leave.")
    assert len(about(editor)) == 2

    await editor.press("Send now")
    await editor.press("Send now", within="dialog")
    await editor.reads("The issue leaves at its time.")
    await until(lambda: len(about(editor)) >= readers + 2)
    sent = [letter for letter in about(editor) if letter.to != "staff@demo.example"]
    assert set(Counter(letter.to for letter in sent).values()) == {1}
    by_language = Counter((letter.language, letter.subject) for letter in sent)
    assert by_language == {("en", ENGLISH): english, ("ja", JAPANESE): japanese}

    reader = await arrive(locale="ja-JP")
    letter = next(one for one in sent if one.language == "ja")
    await reader.open(letter, "/unsubscribe/")
    asked = await reader.page.get_by_role("heading", level=1).inner_text()
    await reader.press("このメールを止める")
    await expect(reader.page.get_by_role("heading", level=1)).not_to_have_text(asked)

    async def all_noted() -> bool:
        """A letter lies in its mailbox before the ledger says so."""
        await editor.page.goto(issue)
        return await figure(editor, "still to leave").inner_text() == "0"

    await until(all_noted)
    await expect(figure(editor, "sent")).to_have_text(str(readers))
    await expect(figure(editor, "still to leave")).to_have_text("0")
    await expect(figure(editor, "unsubscribed")).to_have_text("1")
    assert await editor.barriers() == []


async def compose(editor: Person) -> None:
    page = editor.page
    await page.locator("[name=subject_en]").fill(ENGLISH)
    await page.locator("[name=body_en]").fill("Dear **alumni**,\n\ncome and see [the club's house](/about).")
    await page.locator("[name=subject_ja]").fill(JAPANESE)
    await page.locator("[name=body_ja]").fill("**みなさま**\n\n[クラブの家](/about)へどうぞ。")
    await page.locator("[name=items]").first.check()
    await page.locator("[name=countries]").select_option(["TH", "IN"])


def numbers(told: str) -> tuple[int, int, int]:
    people = re.search(r"goes to (\d+) ", told)
    languages = re.search(r"English: (\d+) · Japanese: (\d+)", told)
    assert people and languages, told
    return int(people[1]), int(languages[1]), int(languages[2])


def about(editor: Person) -> list[Sent]:
    return [letter for letter in editor.club.letters() if letter.subject in (ENGLISH, JAPANESE)]


def figure(editor: Person, label: str) -> Locator:
    return editor.page.locator(".figure", has_text=re.compile(f"{label}$")).locator(".figure-value")

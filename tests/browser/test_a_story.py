"""A member tells her story, with a photo and the word of who is in it; a visitor asks and reads the answer."""

import io
import re
from urllib.parse import urlsplit

from PIL import Image
from playwright.async_api import expect

from tests.browser.conftest import NARROW, Arrive


def photo() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (1200, 800), "seagreen").save(file, "JPEG")
    return file.getvalue()


async def test_a_story_is_written_returned_published_asked_about_and_taken_down_by_who_is_in_it(arrive: Arrive) -> None:
    author, editor, visitor = await arrive(size=NARROW), await arrive(), await arrive(size=NARROW)
    await author.slip_in("member2@demo.example")
    await editor.slip_in("staff@demo.example")

    await author.visit("/stories/new")
    await author.fill("Title", "Ten days, one microscope")
    assert await author.barriers() == []
    await author.page.get_by_role("button", name=re.compile("Begin")).click()
    await author.fill("What did the exchange do for your study or research?", "I saw a cell **divide**.")
    await author.press("Save")
    await author.reads("Your story is saved.")
    await author.page.get_by_text("Add a photo", exact=True).first.click()
    await author.page.locator("input[type=file]").first.set_input_files(
        {"name": "lab.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    await author.fill("What it shows", "Aiko at the microscope")
    await author.press("Add the photo")
    await author.reads("The photo is added.")
    await author.press("Hand it in")
    await author.reads("A photo shows people of whom no consent is recorded.")

    await author.page.get_by_text("Record a consent", exact=True).first.click()
    await author.fill("Who", "Aiko")
    await author.page.get_by_role("radio", name="Pictured: Aiko at the microscope").check()
    await author.page.get_by_role("checkbox", name="This site").check()
    await author.page.get_by_role("checkbox", name="Print").check()
    await author.fill("On which day", "2026-01-10")
    await author.fill("Else an email address (optional)", "aiko@example.org")
    await author.press("Record it")
    await author.reads_heading("The consent is recorded")
    await author.page.get_by_role("link", name="Back to the story").click()
    await author.press("Hand it in")
    await author.reads(re.compile("Handed in"))

    await editor.visit("/desk/stories")
    await editor.follow("Ten days, one microscope", within="main")
    await editor.fill("A word to the other side", "Which cell was it?")
    await editor.press("Return it with this note")
    await editor.reads("Returned to its author with your note.")
    await author.visit("/me/stories")
    await author.page.locator("main").get_by_role("link", name="Ten days, one microscope").first.click()
    await author.reads("Which cell was it?")
    await author.fill("What did the exchange do for your study or research?", "I saw a yeast cell **divide**.")
    await author.press("Save")
    await author.press("Hand it in")
    await editor.visit("/desk/stories")
    await editor.follow("Ten days, one microscope", within="main")
    await editor.press("Publish")
    await editor.reads("Published. Everybody can read it.")
    address = urlsplit(editor.page.url).path.removesuffix("/edit")

    await visitor.visit("/stories")
    await visitor.page.locator("main").get_by_role("link", name="Ten days, one microscope").first.click()
    await visitor.reads("I saw a yeast cell divide.")
    await expect(visitor.page.get_by_role("img", name="Aiko at the microscope")).to_be_visible()
    assert await visitor.barriers() == []
    await visitor.fill("Your question", "Was the microscope yours?")
    await visitor.fill("Your name", "Vera")
    await visitor.fill("Email", "vera@example.org")
    await visitor.page.get_by_role("button", name=re.compile("^Ask ")).click()
    await visitor.reads(re.compile("Look into your mailbox"))
    await visitor.open(await visitor.club.letter("vera@example.org", "/questions/"), "/questions/")
    await visitor.page.locator("main").get_by_role("button").click()

    await editor.visit("/desk/questions")
    asked = editor.page.locator("main li, main article").filter(has_text="Was the microscope yours?").first
    await asked.get_by_role("button", name=re.compile("Pass it on|Deliver")).click()
    await author.visit("/me/questions")
    await author.reads("Was the microscope yours?")
    await author.page.get_by_role("textbox").first.fill("It was the laboratory's, and older than me.")
    await author.page.get_by_role("checkbox").first.check()
    await author.page.locator("main").get_by_role("button", name=re.compile("nswer")).first.click()
    await visitor.visit(address)
    await visitor.reads("It was the laboratory's, and older than me.")
    answered = await visitor.club.letter("vera@example.org", about="answer")
    assert "older than me" in answered.text and "member2@demo.example" not in answered.text

    aiko = await arrive(size=NARROW)
    await aiko.open(await aiko.club.letter("aiko@example.org", "/consents/"), "/consents/")
    assert await aiko.barriers() == []
    await aiko.page.get_by_role("button", name=re.compile("No longer on this site")).click()
    await visitor.visit(address)
    await expect(visitor.page.get_by_role("img", name="Aiko at the microscope")).to_have_count(0)

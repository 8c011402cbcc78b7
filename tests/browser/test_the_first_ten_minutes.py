"""What a newcomer does first: a roster in, its people invited, a place claimed, a cohort found."""

import re
from pathlib import Path

from playwright.async_api import expect

from tests.browser.conftest import NARROW, Arrive
from tests.browser.person import Person

ROSTER = Path(__file__).parent / "roster.csv"
# Letters are often opened in the browser of an app, which knows no second window and no download.
IN_APP = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Mobile/15E148 Safari/604.1 Line/14.9.0"
)


async def test_a_roster_comes_in_and_an_alumna_finds_her_people(arrive: Arrive) -> None:
    staff = await arrive()
    await staff.sign_in("staff@demo.example")
    await imports_the_roster(staff)
    await decides_that_pimchanok_is_known(staff)
    await invites_everybody(staff)
    kannika = await arrive(size=NARROW, has_touch=True, user_agent=IN_APP)
    await claims_her_place(kannika)
    await finds_her_cohort(kannika)
    await staff.visit("/desk/invitations")
    await expect(staff.page.get_by_role("row", name=re.compile("Kannika Thongchai.*Claimed"))).to_be_visible()


async def imports_the_roster(staff: Person) -> None:
    """Rehearses first: every row's outcome is there to read, and nothing has changed."""
    await staff.follow("Desk", within="header")
    await staff.page.get_by_role("link", name="Import a roster").first.click()
    await staff.page.get_by_label("Roster file").set_input_files(ROSTER)
    await staff.press("Look at the file")
    await staff.reads_heading("Match the columns")
    assert await staff.barriers() == []
    await staff.press("Rehearse: change nothing, show every row")
    await staff.reads("Rehearsal: nothing was changed")
    await reads_the_outcomes(staff)
    await staff.press("Import now")
    await staff.reads("Roster import", within="main .kicker")
    await reads_the_outcomes(staff)


async def reads_the_outcomes(staff: Person) -> None:
    table = staff.page.get_by_role("table", name="Outcomes")
    for row in ("Kannika Thongchai New", "Pimchanok Maneerat Waiting", "Erlan Omarov Error .*Wonderland"):
        await expect(table.get_by_role("row", name=re.compile(row, re.IGNORECASE))).to_be_visible()
    assert await staff.barriers() == []


async def decides_that_pimchanok_is_known(staff: Person) -> None:
    await staff.follow("Decide the likely duplicates")
    await staff.reads_heading("Likely duplicates")
    case = staff.page.get_by_role("article", name="Pimchanok Maneerat")
    await expect(case.get_by_role("row", name=re.compile("Birth date"))).to_contain_text("1999")
    assert await staff.barriers() == []
    await case.get_by_role("button", name=re.compile("The same person")).click()
    await staff.reads("Nothing waits for a decision")


async def invites_everybody(staff: Person) -> None:
    await staff.follow("Roster imports", within=".desk-nav")
    await staff.page.get_by_role("link", name="roster.csv").first.click()
    await staff.press("Invite everybody of this import")
    await staff.press("Invite everybody of this import", within="dialog")
    await staff.reads_heading("Invitations")
    await staff.club.letter("kannika@uni.example", "/invitations/")
    told = {sent.to for sent in staff.club.letters()}
    assert {"ravi.menon@uni.example", "old.professor@uni.example", "pimchanok.m@uni.example"} & told == set()


async def claims_her_place(kannika: Person) -> None:
    await kannika.open(await kannika.club.letter("kannika@uni.example", "/invitations/"), "/invitations/")
    await kannika.reads_heading("Welcome back, Kannika Thongchai")
    assert await kannika.barriers() == []
    await kannika.page.get_by_label("Your mail address").fill("kannika.thongchai@mail.example")
    await kannika.page.locator("summary").filter(has_text="Terms of membership").click()
    await kannika.reads("Who may join")
    await kannika.press("Claim my place")
    await kannika.is_told(TERMS, "You can join only if you agree to the terms and the privacy notice.")
    await kannika.check(TERMS)
    await kannika.press("Claim my place")
    await kannika.reads_heading("You decide who sees what")
    assert await kannika.barriers() == []
    await kannika.choose("Where I live", "People of my exchanges")
    await kannika.press("Continue")
    await kannika.reads_heading("What are you doing now?")
    assert await kannika.barriers() == []
    await kannika.page.get_by_label("You in one line").fill("I keep the rivers of Chiang Mai clean")
    await kannika.press("Save and go on")


async def finds_her_cohort(kannika: Person) -> None:
    await kannika.reads_heading("Your people")
    assert await kannika.barriers() == []
    await kannika.follow("Open your exchange")
    await kannika.reads_heading("Water that can be drunk: a week at Hiroshima University")
    await kannika.reads("Pimchanok Maneerat")
    await kannika.reads("Tanaka Mirai")  # who is still missing
    await expect(kannika.page.locator("main")).not_to_contain_text("Ravi Menon")  # who wants no contact
    await kannika.visit("/members?q=Pimchanok")
    await kannika.reads(re.compile("With you in Japan"), within="#results")


TERMS = (
    "I have read the terms and the privacy notice and agree to them. "
    "I am 18 or older, or a parent or guardian has read them with me and agrees too."
)

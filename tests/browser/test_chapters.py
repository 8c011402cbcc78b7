"""A chapter finds its coordinator: put forward, appointed, heard; and when the term is over another goes on."""

import re

from playwright.async_api import expect

from tests.browser.conftest import NARROW, Arrive
from tests.browser.person import Person

HERE = "/chapters/TH"


async def test_a_member_becomes_coordinator_is_heard_and_leaves_it_to_the_next(arrive: Arrive) -> None:
    pim, haruka, narong = await arrive(), await arrive(), await arrive()
    minor = await arrive(size=NARROW)
    await pim.slip_in("member2@demo.example")
    await haruka.slip_in("staff@demo.example")
    await narong.slip_in("coordinator.th@demo.example")
    await minor.slip_in("minor@demo.example")

    await pim.visit("/communities")
    await pim.follow("Thailand", within="main")
    await pim.page.get_by_text("Put yourself forward").click()
    await pim.fill("Why you, in a few words (optional)", "I know the halls of Bangkok.")
    await pim.press("I would like to coordinate")
    await pim.reads("You have put yourself forward.")
    assert await pim.barriers() == []

    await haruka.visit("/desk/chapters")
    await haruka.reads("I know the halls of Bangkok.")
    pims = haruka.page.locator(".person").filter(has_text="halls of Bangkok")
    await pims.get_by_role("link", name=re.compile("Appoint")).click()
    await haruka.check("Leads the chapter")
    await haruka.fill("Reason, for the log", "The chapter asked for her")
    await haruka.press("Appoint")
    await haruka.reads("Appointed.")
    assert await haruka.barriers() == []

    await pim.visit(HERE)
    await pim.page.get_by_role("button", name="Write an announcement").click()
    await pim.page.get_by_label("Message", exact=True).fill("We meet on the **first Saturday** of May")
    await pim.page.get_by_role("button", name="Send").click()
    await expect(pim.page.locator(".message[data-seq]").get_by_text("We meet on the")).to_be_visible()
    await pim.visit(HERE)
    await pim.follow("Open a conversation", within="main")
    await pim.press("Open it and write")
    await pim.is_told("Title of the conversation", "Please fill this in.")
    await pim.fill("Title of the conversation", "Where do we eat afterwards?")
    await pim.press("Open it and write")
    await pim.page.get_by_label("Message", exact=True).fill("Somewhere with a garden")
    await pim.page.get_by_role("button", name="Send").click()
    await expect(pim.page.locator(".message[data-seq]").get_by_text("Somewhere with a garden")).to_be_visible()

    await minor.visit(HERE)
    await minor.follow("Announcements", within="main")
    await expect(minor.page.locator(".message").get_by_text("We meet on the")).to_be_visible()
    await expect(minor.page.get_by_label("Message", exact=True)).to_have_count(0)
    await minor.visit(HERE)
    await expect(minor.page.get_by_role("link", name="Open a conversation")).to_have_count(0)
    await minor.follow("Where do we eat afterwards?", within="main")
    await minor.press("Follow the conversation")
    await expect(minor.page.locator(".message").get_by_text("Somewhere with a garden")).to_be_visible()

    await narong.visit(HERE)
    await narong.follow("Where do we eat afterwards?", within="main")
    await narong.press("Follow the conversation")
    await narong.visit(HERE)
    await narong.follow("Where do we eat afterwards?", within="main")
    await narong.press("Mute it")
    await narong.reads("Muted: you hear no more of it.")
    await narong.visit(HERE)
    muted = narong.page.locator(".entry").filter(has_text="Where do we eat afterwards?")
    await expect(muted.get_by_text("Muted")).to_be_visible()

    await pim.visit(f"{HERE}/office")
    await pim.fill("A note for whoever follows", "The garden belongs to *Khun Lek*.")
    await pim.press("Leave the note")
    await pim.reads("Your note is left.")
    assert await pim.barriers() == []
    await ends_the_term(haruka, "member2")
    await pim.visit(f"{HERE}/office", status=403)
    await pim.visit(HERE)
    await expect(pim.page.get_by_role("button", name="Write an announcement")).to_have_count(0)
    await pim.follow("Announcements", within="main")
    await expect(pim.page.get_by_label("Message", exact=True)).to_have_count(0)
    await narong.visit(f"{HERE}/office")
    await narong.reads("Khun Lek")


async def test_a_group_is_proposed_opened_and_joined_on_a_phone_in_japanese(arrive: Arrive) -> None:
    linh, haruka, bayu = await arrive(), await arrive(), await arrive(size=NARROW, locale="ja-JP")
    await linh.slip_in("member3@demo.example")
    await haruka.slip_in("staff@demo.example")
    await bayu.slip_in("member4@demo.example")
    await linh.visit("/groups")
    await linh.follow("Propose a group", within="main")
    await linh.fill("Name of the group", "Batteries")
    await linh.fill("Field", "Chemistry")
    await linh.fill("Description", "All that *stores*.")
    await linh.press("Propose the group")
    await linh.reads("Thank you. The moderators look at your proposal.")
    await haruka.visit("/desk/groups")
    await haruka.follow("Batteries", within="main")
    await haruka.page.get_by_label("Open the group", exact=True).check()
    await haruka.press("Decide")
    await haruka.reads("Decided.")
    await bayu.speak("ja")
    await bayu.visit("/groups/batteries")
    await bayu.press("グループに入る")
    await bayu.reads("参加しました。")
    assert await bayu.barriers("ja") == []


async def test_filters_that_do_not_send_themselves_have_a_button(arrive: Arrive) -> None:
    """The button goes only where a script does its work."""
    linh = await arrive(size=NARROW)
    await linh.slip_in("member1@demo.example")
    await linh.visit("/groups")
    await linh.page.get_by_label("Only mine").check()
    await linh.press("Show groups")
    assert linh.page.url.endswith("mine=true"), linh.page.url
    await expect(linh.page.get_by_role("link", name="Clear all filters")).to_be_visible()
    for page, name in (("/events", "Show events"), ("/news", "Show news")):
        await linh.visit(page)
        await expect(linh.page.get_by_role("button", name=name)).to_be_visible()
    await linh.visit("/members")
    await expect(linh.page.get_by_role("button", name="Show results")).to_be_hidden()


async def test_a_conversation_is_closed_under_who_writes_in_it_and_opened_again(arrive: Arrive) -> None:
    pim, narong = await arrive(size=NARROW), await arrive()
    await pim.slip_in("member2@demo.example")
    await narong.slip_in("coordinator.th@demo.example")
    title = "Studying in Japan with children"
    await narong.visit(HERE)
    await narong.follow(title, within="main")
    await pim.visit(HERE)
    await pim.follow(title, within="main")
    await pim.follow("Read and write", within="main")
    writing = pim.page.get_by_label("Message", exact=True)
    await writing.fill("Half a sentence")
    await narong.fill("Why, in a sentence (optional)", "The embassy has a page for it")
    await narong.press("Close the conversation")
    await narong.reads("Closed. It can still be read and reacted to.")
    assert await narong.barriers() == []
    said = pim.page.locator(".log .event").last
    await expect(said).to_contain_text("closed the conversation")
    await expect(pim.page.get_by_text("This conversation is closed.")).to_be_visible()
    await expect(writing).to_be_hidden()
    await pim.page.reload()
    await expect(pim.page.get_by_text("The embassy has a page for it")).to_be_visible()
    assert await pim.barriers() == []
    await pim.page.locator(".message-more").first.click()
    await pim.page.get_by_role("group", name="React").get_by_role("button").first.click()
    await expect(pim.page.locator(".reaction-count").first).to_have_text("1")
    await narong.press("Open the conversation again")
    await narong.reads("It is open again.")
    await expect(said).to_contain_text("opened the conversation again")
    await writing.fill("And for schools?")
    await pim.page.get_by_role("button", name="Send").click()
    await expect(pim.page.locator(".message").get_by_text("And for schools?")).to_be_visible()
    await expect(pim.page.locator(".unsent")).to_have_count(0)


async def ends_the_term(staff: Person, handle: str) -> None:
    await staff.visit(f"/desk/chapters/end?member={handle}&country=TH")
    await staff.fill("Reason, for the log", "She moves to Sendai")
    await staff.press("End the term")
    await staff.reads("The term has ended.")

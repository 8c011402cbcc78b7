"""Two write to each other: in two browsers, without scripts, with an input method, and shut out."""

import re

from playwright.async_api import Locator, expect

from tests.browser.conftest import NARROW, Arrive
from tests.browser.person import Person
from tests.browser.talking import in_a_group, says, writes

# As the system hands files over: in a clipboard, or dragged.
BRINGS = """async ([selector, kind, size]) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
  canvas.getContext("2d").fillRect(0, 0, size / 2, size);
  const bytes = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], `${kind}.png`, { type: "image/png" }));
  const told = { bubbles: true, cancelable: true };
  const event = kind === "paste"
    ? new ClipboardEvent(kind, { ...told, clipboardData: transfer })
    : new DragEvent(kind, { ...told, dataTransfer: transfer });
  return !document.querySelector(selector).dispatchEvent(event);
}"""


async def test_two_write_react_and_change_and_both_see_it_at_once(arrive: Arrive) -> None:
    linh, bayu = await arrive(), await arrive(size=NARROW)
    await in_a_group(linh, "member3", bayu, "member4")
    await writes(linh, "The **furnace** is on")
    await expect(says(bayu, "The furnace is on")).to_be_visible()
    await expect(linh.page.locator(".unsent")).to_have_count(0)
    await writes(bayu, "@member3 then I come")
    await expect(says(linh, "@member3 then I come").get_by_role("link", name="@member3")).to_be_visible()
    await chooses(linh, says(linh, "then I come"), "🎉")
    await expect(says(bayu, "then I come").get_by_role("button", name="🎉")).to_have_text(re.compile("1"))
    await says(bayu, "then I come").get_by_role("button", name="🎉").click()
    await expect(says(linh, "then I come").get_by_role("button", name="🎉")).to_have_text(re.compile("2"))
    await bayu.page.get_by_label("Message", exact=True).press("ArrowUp")
    await expect(bayu.page.get_by_label("Message", exact=True)).to_have_value("@member3 then I come")
    await bayu.page.get_by_label("Message", exact=True).fill("@member3 I am on my way")
    await bayu.page.get_by_role("button", name="Send").or_(bayu.page.get_by_role("button", name="Save")).click()
    await expect(says(linh, "I am on my way")).to_contain_text("edited")
    assert await linh.barriers() == []
    assert await bayu.barriers() == []
    await bayu.visit("/")  # where the latest of them stand, live too
    await writes(linh, "It is hot now")
    newest = bayu.page.locator("thread-list .thread-row").first
    await expect(newest).to_contain_text("It is hot now")
    await expect(newest.locator("[data-part=count]")).to_have_text("1")
    assert await bayu.page.locator("thread-list .thread-row").count() <= 4
    await newest.get_by_role("link").click()
    await expect(says(bayu, "It is hot now")).to_be_visible()


async def test_what_comes_live_is_marked_up_as_the_server_marks_it_up(arrive: Arrive) -> None:
    """One markup for a message: the page's own, filled by the script."""
    linh, bayu = await arrive(), await arrive()
    await in_a_group(linh, "member3", bayu, "member4")
    for text in ("A line\n\n- one\n- two", "Its *second*", "@member3 <b>no</b> & `code`"):
        await writes(bayu, text)
    await expect(linh.page.locator(".message[data-seq]")).to_have_count(3)
    await chooses(linh, says(linh, "second"), "🌸")
    await expect(says(linh, "second").get_by_role("button", name="🌸")).to_be_visible()
    live = await markup(linh)
    await linh.page.reload()
    assert await markup(linh) == live


async def test_who_is_removed_while_looking_on_hears_nothing_more(arrive: Arrive) -> None:
    linh, bayu = await arrive(), await arrive()
    thread = await in_a_group(linh, "member3", bayu, "member4")
    await writes(linh, "Before")
    await expect(says(bayu, "Before")).to_be_visible()
    answer = await linh.context.request.delete(f"{linh.club.address}/api/v1/threads/{thread}/members/member4")
    assert answer.status == 204
    await expect(bayu.page.get_by_role("alert")).to_contain_text("no longer in this conversation")
    await expect(bayu.page.get_by_label("Message", exact=True)).to_have_count(0)
    await writes(linh, "After")
    await expect(says(linh, "After")).to_be_visible()
    await expect(bayu.page.get_by_text("After")).to_have_count(0)
    await bayu.visit(f"/messages/{thread}", status=404)


async def test_all_of_it_works_without_scripts(arrive: Arrive) -> None:
    faith, isuru = await arrive(java_script_enabled=False, size=NARROW), await arrive(java_script_enabled=False)
    await faith.sign_in("member6@demo.example")
    await faith.visit("/members/member9")
    await faith.follow("Write to Isuru Weerasinghe")
    await faith.fill("Message", "Do your sensors like laterite?")
    await faith.press("Send")
    await expect(says(faith, "Do your sensors like laterite?")).to_be_visible()
    await isuru.slip_in("member9@demo.example")
    await isuru.visit("/messages?filter=unread")
    await isuru.page.get_by_role("link", name=re.compile("Faith Wekesa")).click()
    await isuru.fill("Message", "They *love* it")
    await isuru.press("Send")
    await isuru.page.get_by_role("link", name="What to do with this message").last.click()
    await isuru.fill("Message", "They love it")
    await isuru.press("Save")
    await expect(says(isuru, "They love it")).to_contain_text("edited")
    await isuru.page.get_by_role("link", name="What to do with this message").first.click()
    await isuru.page.get_by_role("button", name="🙏").click()
    await expect(isuru.page.get_by_role("button", name="🙏")).to_be_visible()
    await isuru.follow("About this conversation")
    await isuru.press("Mute for 8 hours")
    await isuru.reads("Muted: you hear no more of it.")


async def test_pictures_are_pasted_and_dropped_and_one_is_taken_out_again(arrive: Arrive) -> None:
    linh, bayu = await arrive(), await arrive()
    await in_a_group(linh, "member3", bayu, "member4")
    chosen = linh.page.get_by_role("button", name=re.compile("^Remove "))
    for selector, kind in (("#f-body", "paste"), (".thread", "dragover"), (".thread", "drop"), (".thread", "drop")):
        assert await linh.page.evaluate(BRINGS, [selector, kind, 64])  # the browser does not open it itself
    await expect(chosen).to_have_count(3)
    await linh.page.get_by_role("button", name="Remove paste.png").click()
    await expect(chosen).to_have_count(2)
    await writes(linh, "From the lab")
    await expect(chosen).to_have_count(0)
    pictures = says(bayu, "From the lab").locator("img")
    await expect(pictures).to_have_count(2)
    for number in range(2):
        await expect(pictures.nth(number)).to_have_js_property("naturalWidth", 64)


async def test_an_input_method_that_still_composes_sends_nothing(arrive: Arrive) -> None:
    linh, bayu = await arrive(), await arrive()
    await in_a_group(linh, "member3", bayu, "member4")
    field = linh.page.get_by_label("Message", exact=True)
    await field.focus()
    session = await linh.context.new_cdp_session(linh.page)
    await session.send("Input.imeSetComposition", {"text": "ながおか", "selectionStart": 4, "selectionEnd": 4})
    await session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "windowsVirtualKeyCode": 229, "key": "Enter"})
    await expect(field).to_have_value("ながおか")
    await session.send("Input.insertText", {"text": "長岡"})
    await expect(field).to_have_value("長岡")
    await expect(linh.page.locator(".message")).to_have_count(0)
    await field.press("Shift+Enter")
    await field.press_sequentially("2")
    await field.press("Enter")
    await expect(says(bayu, "長岡")).to_be_visible()
    await expect(linh.page.locator(".message")).to_have_count(1)


async def chooses(person: Person, message: Locator, emoji: str) -> None:
    """Reacts by the sheet of the message."""
    await message.get_by_role("link", name="What to do with this message").click()
    await person.page.get_by_role("dialog").get_by_role("button", name=emoji).click()


async def markup(person: Person) -> list[str]:
    """How the messages are marked up, but for what says that they have just come."""
    found: list[str] = await person.page.locator(".message[data-seq]").evaluate_all(
        "lines => lines.map(line => { const own = line.cloneNode(true); own.classList.remove('arrived');"
        " own.removeAttribute('tabindex'); return own.outerHTML.replaceAll(/\\s+/g, ' ') })"
    )
    return found

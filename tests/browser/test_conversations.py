"""Two write to each other: in two browsers, on a bad line, without scripts, with an input method, and shut out."""

import re
from uuid import uuid4

from playwright.async_api import Locator, expect

from tests.browser.conftest import NARROW, Arrive
from tests.browser.person import Person

PUT_IN_THE_OUTBOX = """item => new Promise((done) => {
  const asked = indexedDB.open("ssc-outbox", 1);
  asked.onsuccess = () => {
    const change = asked.result.transaction("messages", "readwrite");
    change.objectStore("messages").put(item);
    change.oncomplete = () => (asked.result.close(), done());
  };
})"""
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
OUTBOX_IS_EMPTY = """() => new Promise((tell) => {
  const asked = indexedDB.open("ssc-outbox", 1);
  asked.onsuccess = () => {
    const count = asked.result.transaction("messages").objectStore("messages").count();
    count.onsuccess = () => (asked.result.close(), tell(count.result === 0));
  };
})"""


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


async def test_what_is_written_without_a_line_is_kept_and_sent_by_itself(arrive: Arrive) -> None:
    linh, bayu = await arrive(), await arrive()
    await in_a_group(linh, "member3", bayu, "member4")
    await bayu.context.set_offline(True)
    await writes(bayu, "Written in the tunnel")
    await writes(bayu, "And this too")
    await expect(bayu.page.locator(".unsent")).to_have_count(2)
    await expect(bayu.page.get_by_text("No connection.")).to_be_visible()
    await writes(linh, "Are you there?")
    await expect(linh.page.locator(".message[data-seq] .message-text")).to_have_text(["Are you there?"])
    await bayu.context.set_offline(False)
    await bayu.page.reload()
    bayu.faults[:] = [fault for fault in bayu.faults if "ERR_INTERNET_DISCONNECTED" not in fault]
    await expect(says(linh, "And this too")).to_be_visible()
    for person in (linh, bayu):
        lines = person.page.locator(".message[data-seq] .message-text")
        await expect(lines).to_have_text(["Are you there?", "Written in the tunnel", "And this too"])
        await expect(person.page.locator(".unsent")).to_have_count(0)
        await expect(person.page.locator(".message")).to_have_count(3)


async def test_who_was_cut_off_before_the_club_could_answer_says_it_once(arrive: Arrive) -> None:
    """Stored, but not acknowledged: it waits in the outbox still, is sent again, and stands there once."""
    linh, bayu = await arrive(), await arrive()
    thread = await in_a_group(linh, "member3", bayu, "member4")
    said = {"client_id": "cut-off", "body": "Heard before the tunnel"}
    stored = await bayu.context.request.post(f"{bayu.club.address}/api/v1/threads/{thread}/messages", data=said)
    assert stored.status == 201
    waiting: dict[str, object] = said | {
        "thread_id": thread,
        "member": "member4",
        "at": 1,
        "attachments": [],
        "refusal": None,
    }
    await bayu.page.evaluate(PUT_IN_THE_OUTBOX, waiting)
    await bayu.page.reload()
    await bayu.page.wait_for_function(OUTBOX_IS_EMPTY)
    for person in (linh, bayu):
        await expect(person.page.locator(".message")).to_have_count(1)
        await expect(person.page.locator(".message[data-seq] .message-text")).to_have_text(["Heard before the tunnel"])


async def test_what_was_refused_keeps_its_place_until_its_writer_decides(arrive: Arrive) -> None:
    """A stranger's second message waits for an answer. What she wrote after it does not pass it, in no tab."""
    kavita, joana = await arrive(size=NARROW), await arrive()
    await kavita.slip_in("coordinator.in@demo.example")
    await joana.slip_in("member7@demo.example")
    asked = {"kind": "direct", "member": "member7"}
    answer = await kavita.context.request.post(f"{kavita.club.address}/api/v1/threads", data=asked)
    thread = (await answer.json())["id"]
    await kavita.visit(f"/messages/{thread}")
    await expect(kavita.page.locator("message-thread .to-end")).to_be_attached()
    for text in ("Bom dia", "Are you there?", "I am in Recife in May", "For a week"):
        await writes(kavita, text)
    unsent = kavita.page.locator(".unsent")
    await expect(unsent).to_have_text(
        [
            re.compile("not sent: Your first message waits for an answer.*Are you there.*Try again.*Discard", re.S),
            re.compile("waits until the one above is sent or discarded.*in Recife", re.S),
            re.compile("waits until the one above is sent or discarded.*a week", re.S),
        ]
    )
    await kavita.page.reload()  # as long as nobody decides it stays so
    await expect(unsent).to_have_count(3)
    assert await kavita.barriers() == []
    tab = await kavita.context.new_page()
    await tab.goto(kavita.page.url)
    await expect(tab.locator(".unsent")).to_have_count(3)
    await unsent.first.get_by_role("button", name="Discard").click()
    for page in (kavita.page, tab):
        await expect(page.locator(".unsent")).to_have_count(2)
        await expect(page.locator(".unsent").first).to_contain_text("in Recife")
        await expect(page.locator(".unsent").first).to_contain_text("not sent:")
    accepted = await joana.context.request.put(f"{joana.club.address}/api/v1/threads/{thread}/acceptance")
    assert accepted.ok
    await unsent.first.get_by_role("button", name="Try again").click()
    await joana.visit(f"/messages/{thread}")
    for page in (kavita.page, tab, joana.page):
        lines = page.locator(".message[data-seq] .message-text")
        await expect(lines).to_have_text(["Bom dia", "I am in Recife in May", "For a week"])
        await expect(page.locator(".unsent")).to_have_count(0)


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
    assert await linh.page.locator(".message").count() == 1


async def test_where_sockets_are_blocked_messages_come_all_the_same(arrive: Arrive) -> None:
    linh, bayu = await arrive(), await arrive()
    await bayu.context.add_init_script(
        "delete window.SharedWorker; WebSocket = class { constructor() {"
        " setTimeout(() => this.onclose({ code: 1006 })) } }; WebSocket.OPEN = 1"
    )
    await in_a_group(linh, "member3", bayu, "member4")
    await writes(linh, "Through the hotel's wall")
    await expect(says(bayu, "Through the hotel's wall")).to_be_visible()
    await writes(bayu, "I hear you")
    await expect(says(linh, "I hear you")).to_be_visible()


async def in_a_group(one: Person, her: str, other: Person, him: str) -> str:
    """A group of the two, before the eyes of both. Answers its id."""
    await one.slip_in(f"{her}@demo.example")
    await other.slip_in(f"{him}@demo.example")
    asked = {"kind": "group", "title": f"Two of us {uuid4().hex[:6]}", "members": [him]}
    answer = await one.context.request.post(f"{one.club.address}/api/v1/threads", data=asked)
    assert answer.status == 201, await answer.text()
    thread: str = (await answer.json())["id"]
    for person in (one, other):
        await person.visit(f"/messages/{thread}")
        await expect(person.page.locator("message-thread .to-end")).to_be_attached()  # its script has come
    return thread


async def writes(person: Person, text: str) -> None:
    field = person.page.get_by_label("Message", exact=True)
    await field.fill(text)
    await field.press("Enter")


async def chooses(person: Person, message: Locator, emoji: str) -> None:
    """Reacts by the sheet of the message."""
    await message.get_by_role("link", name="What to do with this message").click()
    await person.page.get_by_role("dialog").get_by_role("button", name=emoji).click()


def says(person: Person, text: str) -> Locator:
    """The stored message with this text."""
    return person.page.locator(".message[data-seq]").filter(has_text=text)


async def markup(person: Person) -> list[str]:
    """How the messages are marked up, but for what says that they have just come."""
    found: list[str] = await person.page.locator(".message[data-seq]").evaluate_all(
        "lines => lines.map(line => { const own = line.cloneNode(true); own.classList.remove('arrived');"
        " own.removeAttribute('tabindex'); return own.outerHTML.replaceAll(/\\s+/g, ' ') })"
    )
    return found

"""Two write to each other on bad lines: nothing is lost, nothing said twice, and what was read counts as read."""

import asyncio
import re

from playwright.async_api import Route, expect

from tests.browser.conftest import NARROW, Arrive
from tests.browser.person import Person
from tests.browser.talking import in_a_group, says, writes
from tests.core.live.hearing import until

# The page makes the outbox, perhaps in a moment: whoever comes before it leaves nothing behind.
OPENED = """const opened = () => new Promise((done) => {
  const asked = indexedDB.open("ssc-outbox", 1);
  asked.onupgradeneeded = () => asked.transaction.abort();
  asked.onsuccess = () => done(asked.result);
  asked.onerror = (event) => (event.preventDefault(), done(null));
});"""
PUT_IN_THE_OUTBOX = f"""async item => {{
  {OPENED}
  let outbox;
  while (!(outbox = await opened())) await new Promise((go) => setTimeout(go, 20));
  await new Promise((done, failed) => {{
    const change = outbox.transaction("messages", "readwrite");
    change.objectStore("messages").put(item);
    Object.assign(change, {{ oncomplete: done, onabort: failed }});
  }});
  outbox.close();
}}"""
OUTBOX_IS_EMPTY = f"""async () => {{
  {OPENED}
  const outbox = await opened();
  if (!outbox) return false;
  const count = outbox.transaction("messages").objectStore("messages").count();
  await new Promise((done) => (count.onsuccess = done));
  outbox.close();
  return count.result === 0;
}}"""


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


async def test_what_is_read_before_the_line_stands_is_told_all_the_same(arrive: Arrive) -> None:
    """At first nothing gets through, and sockets never do."""
    linh, bayu = await arrive(), await arrive()
    thread = await in_a_group(linh, "member3", bayu, "member4")
    await bayu.visit("/members")
    await writes(linh, "Read me on a slow line")
    await expect(linh.page.locator(".unsent")).to_have_count(0)
    await bayu.context.add_init_script("delete window.SharedWorker; WebSocket = class {}; WebSocket.OPEN = 1")
    read, heard = f"**/threads/{thread}/read", asyncio.Event()

    async def lost(route: Route) -> None:
        await route.abort()
        heard.set()

    await bayu.page.route(read, lost)
    await bayu.visit(f"/messages/{thread}")
    await heard.wait()
    await bayu.page.unroute(read)
    bayu.faults.clear()
    await bayu.visit(f"/messages/{thread}")
    await until(lambda: is_read(bayu, thread))


async def test_what_the_club_could_not_hear_is_told_when_the_line_is_back(arrive: Arrive) -> None:
    linh, bayu = await arrive(), await arrive()
    await bayu.context.add_init_script(
        "delete window.SharedWorker; WebSocket = class { constructor() {"
        " setTimeout(() => this.onclose({ code: 1006 })) } }; WebSocket.OPEN = 1"
    )
    thread = await in_a_group(linh, "member3", bayu, "member4")
    tried = asyncio.Event()

    async def lost(route: Route) -> None:
        await route.abort()
        tried.set()

    await bayu.page.route(f"**/threads/{thread}/read", lost)
    await writes(linh, "Are you in the tunnel?")
    await expect(says(bayu, "Are you in the tunnel?")).to_be_visible()
    await tried.wait()
    await bayu.context.set_offline(True)
    await expect(bayu.page.get_by_text("No connection.")).to_be_visible()
    await bayu.page.unroute(f"**/threads/{thread}/read")
    await bayu.context.set_offline(False)
    bayu.faults[:] = [fault for fault in bayu.faults if "ERR_" not in fault]
    await until(lambda: is_read(bayu, thread))
    bayu.faults[:] = [fault for fault in bayu.faults if "ERR_" not in fault]


async def is_read(person: Person, thread: str) -> bool:
    """What the club knows."""
    answer = await person.context.request.get(f"{person.club.address}/api/v1/threads/{thread}")
    return bool((await answer.json())["unread"] == 0)

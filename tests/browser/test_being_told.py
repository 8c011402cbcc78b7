"""What is new is told: the bell says the same in two tabs and on two devices, and to whom no scripts run."""

import asyncio
import json
import re
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.async_api import expect

from ssc.notifications import webpush
from tests.browser.conftest import NARROW, Arrive
from tests.browser.person import Person
from tests.core.live.hearing import until

SHOWN = """async () => {
    const { length, ...shown } = await (await navigator.serviceWorker.ready).getNotifications();
    return length ? Object.values(shown).map((one) => one.body) : null;
}"""
KEPT = """async (paths) => {
    const held = [];
    for (const name of (await caches.keys()).filter((one) => one.startsWith("kept-") && one !== "kept-nobody"))
        held.push(...(await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname));
    return paths.length ? paths.every((path) => held.includes(path)) : held.length === 0;
}"""

# What headless Chromium lacks is a push service; all that is ours is asked as the browser would ask it.
RENEWED = """async ({ before, after }) => {
    const asked = [];
    PushManager.prototype.subscribe = async (options) => {
        asked.push(options);
        return { endpoint: after.endpoint, toJSON: () => after };
    };
    await renewed({ oldSubscription: before, newSubscription: null });
    return asked;
}"""


async def test_the_bell_agrees_in_two_tabs_and_on_two_devices(arrive: Arrive) -> None:
    linh, phone, bayu = await arrive(), await arrive(size=NARROW), await arrive()
    for device in (linh, phone):
        await device.slip_in("member5@demo.example")
    await bayu.slip_in("member6@demo.example")
    other_tab = await linh.context.new_page()
    await linh.visit("/members")
    await other_tab.goto(f"{linh.club.address}/notifications")
    await phone.visit("/exchanges")
    pages = [linh.page, other_tab, phone.page]
    for page in pages:
        await expect(page.locator("html.scripted notice-bell:defined")).to_be_attached()
    asked = await bayu.context.request.post(
        f"{bayu.club.address}/api/v1/threads", data={"kind": "group", "title": "Told", "members": ["member5"]}
    )
    thread = (await asked.json())["id"]
    before = await count(linh)
    for n in range(2):
        await bayu.context.request.post(
            f"{bayu.club.address}/api/v1/threads/{thread}/messages", data={"client_id": str(n), "body": "Hello"}
        )
    for page in pages:
        await expect(page.locator("notice-bell")).to_contain_text(f"New notices: {before + 1}")
    told = other_tab.locator("notice-list .notice.fresh", has_text="2 new in Told")
    await expect(told).to_have_count(1)
    await phone.visit(f"/messages/{thread}")
    for page in pages[:2]:
        await expect(page.locator("notice-bell")).to_contain_text(f"New notices: {before}")
    await expect(told).to_have_count(0)


async def count(person: Person) -> int:
    return int((await person.page.locator("notice-bell [data-part=words]").inner_text()).rpartition(" ")[2])


async def test_without_a_line_the_pages_visited_last_are_there_for_their_reader_alone(arrive: Arrive) -> None:
    linh = await arrive(size=NARROW, service_workers="allow")
    thread = await a_thread_of(linh, "member7", "member8")
    await linh.visit("/members")
    await until(lambda: linh.page.evaluate("navigator.serviceWorker.controller !== null"))
    await linh.visit("/exchanges")
    await linh.visit(f"/messages/{thread}")
    await expect(linh.page.locator("message-thread .to-end")).to_be_attached()
    await kept(linh, "/exchanges", f"/messages/{thread}")
    await linh.context.set_offline(True)
    await linh.page.goto(f"{linh.club.address}/exchanges")
    await expect(linh.page.locator("kept-note")).to_contain_text("No connection. This page is as it was on")
    await linh.page.goto(f"{linh.club.address}/members?q=never-asked")
    await expect(linh.page.get_by_role("heading", level=1)).to_have_text("No connection")
    await linh.page.get_by_role("link", name="Offline together").click()
    field = linh.page.get_by_label("Message", exact=True)
    await field.fill("Written on the train")
    await field.press("Enter")
    await linh.context.set_offline(False)
    await expect(linh.page.locator(".message[data-seq]", has_text="Written on the train")).to_have_count(1)
    linh.faults[:] = [fault for fault in linh.faults if "ERR_INTERNET_DISCONNECTED" not in fault]
    assert await rung(linh) == ["Bayu wrote to you"]
    await linh.visit("/me/preferences")
    await expect(linh.page.locator("push-switch")).to_have_attribute("data-state", re.compile("off|denied"))
    await linh.menu("Sign out")
    await kept(linh)


async def test_a_browser_whose_push_address_changed_tells_the_new_one_and_asks_for_the_clubs_key(
    arrive: Arrive,
) -> None:
    """Also where the browser has lost what it subscribed with."""
    linh = await arrive(service_workers="allow")
    await linh.slip_in("member5@demo.example")
    await linh.visit("/members")
    await until(lambda: linh.page.evaluate("navigator.serviceWorker.controller !== null"))
    devices = f"{linh.club.address}/api/v1/me/push-subscriptions"
    before, after = subscription("before"), subscription("after")
    assert (await linh.context.request.post(devices, data=before)).status == 201
    [worker] = linh.context.service_workers
    asked = await worker.evaluate(RENEWED, {"before": before, "after": after})
    held = await (await linh.context.request.get(devices)).json()
    assert asked == [{"userVisibleOnly": True, "applicationServerKey": held["key"]}]
    assert held["devices"] == 1
    again = await linh.context.request.delete(devices, data={"endpoint": after["endpoint"]})
    assert again.status == 204
    assert (await (await linh.context.request.get(devices)).json())["devices"] == 0


async def test_a_browser_that_the_club_has_forgotten_is_known_again_at_the_next_look(arrive: Arrive) -> None:
    linh = await arrive(service_workers="allow")
    await linh.slip_in("member7@demo.example")
    await linh.context.grant_permissions(["notifications"], origin=linh.club.address)
    await linh.visit("/members")
    await until(lambda: linh.page.evaluate("navigator.serviceWorker.controller !== null"))
    held = f"({{ toJSON: () => ({json.dumps(subscription('kept'))}) }})"
    await linh.page.add_init_script(f"PushManager.prototype.getSubscription = async () => {held}")
    devices = f"{linh.club.address}/api/v1/me/push-subscriptions"
    for _look in range(2):
        await linh.visit("/me/preferences")
        await expect(linh.page.locator("push-switch")).to_have_attribute("data-state", "on")
        known = await (await linh.context.request.get(devices)).json()
        assert known["devices"] == 1
    await expect(linh.page.locator("push-switch")).to_have_attribute("rings", "")


@pytest.mark.parametrize(
    ("account", "agent", "state"),
    [
        ("member4", "Mozilla/5.0 (Linux; Android 14) Chrome/120 Mobile MicroMessenger/8.0.47", "in-app"),
        ("member4", "Mozilla/5.0 (Linux; Android 14) Chrome/120 Mobile Line/14.1.0", "in-app"),
        ("member5", "Mozilla/5.0 (X11; Linux x86_64) Chrome/120", "china"),
    ],
)
async def test_where_nothing_can_ring_the_page_says_why_and_proposes_mail(
    account: str, agent: str, state: str, arrive: Arrive
) -> None:
    reader = await arrive(size=NARROW, user_agent=agent)
    await reader.slip_in(f"{account}@demo.example")
    await reader.visit("/me/preferences")
    switch = reader.page.locator("push-switch")
    await expect(switch).to_have_attribute("data-state", state)
    assert await reader.barriers() == []
    await switch.get_by_role("button", name="Tell me by mail instead").click()
    await reader.reads("What would ring comes by mail now.")


def subscription(name: str) -> dict[str, Any]:
    public = ec.generate_private_key(webpush.CURVE).public_key()
    point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    keys = {"p256dh": webpush.spelled(point), "auth": webpush.spelled(b"sixteen octets!!")}
    return {"endpoint": f"https://push.example/{name}", "keys": keys}


async def a_thread_of(person: Person, her: str, him: str) -> str:
    await person.slip_in(f"{her}@demo.example")
    asked = {"kind": "group", "title": "Offline together", "members": [him]}
    answer = await person.context.request.post(f"{person.club.address}/api/v1/threads", data=asked)
    thread: str = (await answer.json())["id"]
    return thread


async def rung(person: Person) -> list[str]:
    """What the browser shows when the push service hands it something."""
    await person.context.grant_permissions(["notifications"], origin=person.club.address)
    devtools = await person.context.new_cdp_session(person.page)
    registered: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def note(said: dict[str, Any]) -> None:
        if said["registrations"] and not registered.done():
            registered.set_result(said["registrations"][0]["registrationId"])

    devtools.on("ServiceWorker.workerRegistrationUpdated", note)
    await devtools.send("ServiceWorker.enable")
    said = {"title": "Sakura Science Club", "body": "Bayu wrote to you", "url": "/messages", "tag": "thread:1"}
    pushed = {"origin": person.club.address, "registrationId": await registered, "data": json.dumps(said)}
    await devtools.send("ServiceWorker.deliverPushMessage", pushed)
    await until(lambda: person.page.evaluate(SHOWN))
    bodies: list[str] = await person.page.evaluate(SHOWN)
    return bodies


async def kept(person: Person, *paths: str) -> None:
    """Waits until these private pages are kept; without any, until none is."""
    await until(lambda: person.page.evaluate(KEPT, list(paths)))

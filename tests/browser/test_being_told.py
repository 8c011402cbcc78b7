"""What is new is told: the bell says the same in two tabs and on two devices, and to whom no scripts run."""

from playwright.async_api import expect

from tests.browser.conftest import NARROW, Arrive
from tests.browser.person import Person


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

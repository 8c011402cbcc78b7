"""Two people in a conversation, each at a browser."""

from uuid import uuid4

from playwright.async_api import Locator, expect

from tests.browser.person import Person


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


def says(person: Person, text: str) -> Locator:
    """The stored message with this text."""
    return person.page.locator(".message[data-seq]").filter(has_text=text)

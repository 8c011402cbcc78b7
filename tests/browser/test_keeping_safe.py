"""Something is reported, looked at and decided; whom it concerns reads why, and asks for another look."""

from playwright.async_api import expect

from tests.browser.conftest import NARROW, Arrive
from tests.browser.person import Person


async def test_a_report_is_decided_and_the_decision_read_and_appealed(arrive: Arrive) -> None:
    linh, sachi, arjun = await arrive(), await arrive(), await arrive(size=NARROW)
    await linh.slip_in("member3@demo.example")
    await linh.visit("/report/member/member1")
    await linh.press("Send the report")
    await expect(linh.page.locator(".error").first).to_be_visible()
    await linh.page.get_by_label("Something else").check()
    await linh.fill("In your words (optional)", "He writes to everybody at night.")
    await linh.press("Send the report")
    assert await linh.barriers() == []
    await sachi.slip_in("staff@demo.example")
    await sachi.visit("/desk/reports")
    await sachi.page.locator("main").get_by_role("link", name="Arjun Kulkarni").first.click()
    await sachi.reads("He writes to everybody at night.")
    assert await sachi.barriers() == []
    await sachi.page.get_by_label("Warn").check()
    await sachi.fill("The reason (optional)", "Messages at night are not welcome.")
    await sachi.press("Decide", within="main form")
    await arjun.slip_in("member1@demo.example")
    letter = await arjun.club.letter("member1@demo.example", "moderators")
    assert "Linh" not in letter.text
    await arjun.open(letter, "/decisions/")
    await arjun.reads("Messages at night are not welcome.")
    assert await arjun.barriers() == []
    await arjun.fill("What should they know?", "It was noon where I live.")
    await arjun.press("Ask for another look")
    await arjun.reads("It was noon where I live.")


async def test_a_strangers_request_is_reported_where_it_stands(arrive: Arrive) -> None:
    stranger, pim = await arrive(), await arrive(size=NARROW)
    await stranger.slip_in("coordinator.in@demo.example")
    thread = await called(stranger, "threads", {"kind": "direct", "member": "member2"})
    said = {"client_id": "1", "body": "Do you want to earn money?"}
    await called(stranger, f"threads/{thread['id']}/messages", said)
    await pim.slip_in("member2@demo.example")
    await pim.visit(f"/messages/{thread['id']}/report")
    await pim.reads("Do you want to earn money?")
    assert await pim.barriers() == []


async def called(person: Person, path: str, body: dict[str, str]) -> dict[str, str]:
    answer = await person.context.request.post(f"{person.club.address}/api/v1/{path}", data=body)
    assert answer.status == 201, await answer.text()
    found: dict[str, str] = await answer.json()
    return found

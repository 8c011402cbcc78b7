"""Somebody who lost the address that the club has of her comes back, and somebody else does not."""

import re

from playwright.async_api import expect

from tests.browser.conftest import Arrive
from tests.browser.person import Person


async def asks(arrive: Arrive, name: str, country: str, address: str) -> Person:
    """A person of the promised cohort (Course C of 2024) asks to be let back in at a new address."""
    person = await arrive()
    await person.visit("/")
    await person.follow("My address of that time is gone")
    await person.reads_heading("Here is my new address")
    await person.fill("Your name", name)
    await person.fill("Your mail address", address)
    await person.choose("Country or region you came from", country)
    await person.choose("Programme", "Sakura Science, Course C: Science and Technology Training")
    await person.choose("Fiscal year", "2024")
    await person.press("Ask to be let back in")
    await person.reads_heading("We have heard you")
    return person


async def vouches(arrive: Arrive, who: str, name: str) -> Person:
    mate = await arrive()
    await mate.slip_in(who)
    await mate.visit("/recoveries")
    await mate.page.get_by_role("button", name=re.compile("I know them, and vouch.*" + name)).click()
    await mate.press("I know them, and vouch", within="dialog")
    await mate.reads(re.compile("You have vouched"))
    return mate


async def test_two_mates_vouch_and_she_is_back_but_limited_for_three_days(arrive: Arrive) -> None:
    linh = await asks(arrive, "Dang Thuy Linh", "Viet Nam", "linh.new@example.org")
    await vouches(arrive, "member1@demo.example", "Dang Thuy Linh")
    assert "Your way back" not in " ".join(sent.subject for sent in linh.club.letters("linh.new@example.org"))
    await vouches(arrive, "member2@demo.example", "Dang Thuy Linh")
    await linh.open(await linh.club.letter("linh.new@example.org", about="Your way back"), "/recover/")
    assert await linh.barriers() == []
    await linh.press("Come back in")
    await linh.visit("/")
    await linh.reads(re.compile("For your safety the directory opens 72 hours after"))
    await linh.visit("/members", status=403)


async def test_whoever_still_has_the_old_address_stops_it(arrive: Arrive) -> None:
    stranger = await asks(arrive, "Bayu Nugraha", "Indonesia", "not.bayu@example.org")
    for mate in ("member5@demo.example", "member6@demo.example"):
        await vouches(arrive, mate, "Bayu Nugraha")
    await stranger.open(await stranger.club.letter("not.bayu@example.org", about="Your way back"), "/recover/")
    await stranger.press("Come back in")
    await stranger.visit("/")
    bayu = await arrive()
    await bayu.open(await bayu.club.letter("member4@demo.example", about="Somebody asks"), "/veto")
    await bayu.reads_heading("Was that you?")
    assert await bayu.barriers() == []
    await bayu.press("It was not me: stop it")
    await bayu.reads_heading("It is stopped")
    await stranger.page.reload()
    await expect(stranger.page.get_by_role("link", name="Sign in").first).to_be_visible()
    await bayu.sign_in("member4@demo.example")
    await bayu.reads_heading("Good to see you, Bayu Nugraha")

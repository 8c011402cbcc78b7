"""Somebody looks after her account: the ways in, her addresses, her devices, the way out."""

import re

from playwright.async_api import expect

from tests.browser.conftest import NARROW, Arrive


async def test_a_wrong_password_is_explained_and_the_right_one_leads_to_where_one_wanted_to_go(arrive: Arrive) -> None:
    faith = await arrive()
    await faith.visit("/members/member1", status=404)
    await faith.follow("Sign in", within="main")
    await faith.fill("Email", "member6@demo.example")
    await faith.press("Sign in")
    await faith.is_told("Password", "Write your password, or have a sign-in link mailed to you.")
    await faith.fill("Password", "not my password at all")
    await faith.press("Sign in", refused=401)
    await expect(faith.page.get_by_role("alert")).to_be_focused()
    await expect(faith.page.get_by_role("alert")).to_contain_text("do not fit")
    await expect(faith.page.get_by_label("Email", exact=True)).to_have_value("member6@demo.example")
    await faith.fill("Password", "sakura-demo-2026")
    await faith.press("Sign in")
    await faith.reads_heading(re.compile("Arjun Kulkarni"))


async def test_a_link_by_mail_signs_in_on_a_telephone_without_a_password(arrive: Arrive) -> None:
    leticia = await arrive(size=NARROW, has_touch=True)
    await leticia.visit("/sign-in")
    await leticia.fill("Email", "member7@demo.example")
    await leticia.press("Mail me a sign-in link")
    await leticia.reads_heading("Look into your mailbox")
    letter = await leticia.club.letter("member7@demo.example", "/session/link/")
    await leticia.open(letter, "/session/link/")
    assert await leticia.barriers() == []
    await leticia.press("Sign in")
    await leticia.reads_heading("Good to see you, Letícia Guimarães")
    again = await arrive()
    await again.open(letter, "/session/link/", status=410)
    await again.reads_heading("This link is used up or has expired")


async def test_a_change_of_address_is_told_to_the_old_one_and_undone_from_there(arrive: Arrive) -> None:
    thief = await arrive()
    await thief.sign_in("member8@demo.example")
    await thief.menu("Your addresses")
    await thief.fill("Email", "thief@example.org")
    await thief.press("Mail me the link")
    await thief.reads(re.compile("The letter is on its way"))
    await thief.open(await thief.club.letter("thief@example.org", "/confirm/"), "/confirm/")
    assert await thief.barriers() == []
    await thief.press("Yes, this address is mine")
    await thief.reads(re.compile("Your address is confirmed"))
    owner = await arrive()
    await owner.open(await owner.club.letter("member8@demo.example", "/email-changes/"), "/email-changes/")
    assert await owner.barriers() == []
    await owner.press("Undo the change")
    await owner.reads_heading("Your addresses are as they were before")
    await thief.visit("/me/emails")
    await thief.reads_heading("Sign in")
    await owner.sign_in("member8@demo.example")
    await owner.visit("/me/emails")
    await expect(owner.page.locator("main")).not_to_contain_text("thief@example.org")


async def test_a_device_elsewhere_is_signed_out_from_here(arrive: Arrive) -> None:
    at_home, left_behind = await arrive(), await arrive()
    for browser in (at_home, left_behind):
        await browser.sign_in("member9@demo.example")
    await at_home.visit("/me/security")
    await at_home.page.get_by_role("button", name=re.compile("Sign out there")).click()
    await at_home.reads("Signed out there.")
    await left_behind.visit("/members")
    await expect(left_behind.page.get_by_role("link", name="Sign in").first).to_be_visible()
    await at_home.menu("Sign out")
    await at_home.reads_heading("One week in Japan. A network for life.")


async def test_a_new_password_is_set_by_mail_and_a_weak_one_refused(arrive: Arrive) -> None:
    isuru = await arrive()
    await isuru.visit("/sign-in")
    await isuru.follow("Set a new password")
    await isuru.fill("Email", "member9@demo.example")
    await isuru.press("Mail me the link")
    await isuru.reads_heading("Look into your mailbox")
    await isuru.open(await isuru.club.letter("member9@demo.example", "/password-reset/"), "/password-reset/")
    assert await isuru.barriers() == []
    await isuru.fill("New password", "sakura-science")
    await isuru.press("Set the password and sign in")
    await isuru.is_told("New password", re.compile("."))
    await isuru.fill("New password", "river sensors sleep at noon")
    await isuru.press("Set the password and sign in")
    await isuru.reads(re.compile("Your new password is set"))

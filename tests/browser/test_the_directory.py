"""Members find each other, and decide who finds them."""

import re
from urllib.parse import quote

from playwright.async_api import expect

from tests.browser.conftest import NARROW, Arrive


async def test_a_name_is_found_in_any_script_and_with_a_typing_error(arrive: Arrive) -> None:
    yuhan, linh = await arrive(), await arrive()
    await yuhan.slip_in("member5@demo.example")
    await yuhan.visit("/me/profile")
    await yuhan.fill("Name", "Tanaka Mei")
    await yuhan.page.get_by_role("textbox", name="Name in your own script").fill("田中 芽衣")
    await yuhan.press("Save profile")
    await yuhan.reads("Your profile is saved.")
    await linh.slip_in("member3@demo.example")
    await linh.visit("/members")
    for query in ("田中", "tanaka", "tanaca"):
        await linh.page.get_by_label("Name, university or field").fill(query)
        await linh.press("Search")
        await expect(linh.page).to_have_url(re.compile(f"q={quote(query)}"))
        await linh.reads(re.compile("田中 芽衣"), within="#results")
    await linh.page.get_by_label("Name, university or field").fill("xyzzyplugh")
    await linh.press("Search")
    await linh.reads("Nobody found", within="#results")


async def test_filters_narrow_the_list_at_once_and_the_way_back_widens_it(arrive: Arrive) -> None:
    arjun = await arrive()
    await arjun.slip_in("member1@demo.example")
    await arjun.visit("/members")
    everybody = await arjun.page.locator("[data-total]").inner_text()
    kenya = arjun.page.get_by_label(re.compile("^China"))
    await kenya.check()
    await expect(arjun.page).to_have_url(re.compile("country=CN"))
    await expect(arjun.page.locator("[data-total]")).not_to_have_text(everybody)
    await expect(kenya).to_be_focused()
    await arjun.page.go_back()
    await expect(arjun.page.locator("[data-total]")).to_have_text(everybody)


async def test_all_of_it_works_without_scripts_on_a_small_screen(arrive: Arrive) -> None:
    arjun = await arrive(java_script_enabled=False, size=NARROW)
    await arjun.sign_in("member1@demo.example")
    await arjun.follow("Find people", within="header")
    everybody = await arjun.page.locator("[data-total]").inner_text()
    await arjun.page.get_by_text("Filters", exact=True).click()
    await arjun.page.get_by_label(re.compile("^China")).check()
    await arjun.press("Show results")
    await expect(arjun.page).to_have_url(re.compile("country=CN"))
    assert await arjun.page.locator("[data-total]").inner_text() != everybody
    await arjun.page.locator("#results .person a").first.click()
    await arjun.reads("China")


async def test_what_a_member_hides_is_gone_for_others_and_she_sees_it_with_their_eyes(arrive: Arrive) -> None:
    pim, arjun = await arrive(), await arrive()
    await arjun.slip_in("member1@demo.example")
    await arjun.visit("/members?q=Chulalongkorn")
    await arjun.reads("Pimchanok Maneerat", within="#results")
    await pim.slip_in("member2@demo.example")
    await pim.visit("/me/profile")
    await pim.page.get_by_label("Who sees this: University or workplace").select_option(label="Only me")
    await pim.press("Save profile")
    await pim.visit("/me/preview?as=cohorts")
    await expect(pim.page.locator("main")).not_to_contain_text("Chulalongkorn University")
    await arjun.visit("/members/member2")
    await expect(arjun.page.locator("main")).not_to_contain_text("Chulalongkorn University")
    await arjun.visit("/members?q=Chulalongkorn")
    await expect(arjun.page.locator("#results")).not_to_contain_text("Pimchanok Maneerat")


async def test_two_who_block_do_not_exist_for_each_other_until_it_is_taken_back(arrive: Arrive) -> None:
    faith, bayu = await arrive(), await arrive()
    await faith.slip_in("member6@demo.example")
    await bayu.slip_in("member4@demo.example")
    await bayu.visit("/members/member6")
    await faith.visit("/members/member4")
    await faith.page.get_by_role("button", name=re.compile("Block")).click()
    await faith.press("Block", within="dialog")
    await expect(faith.page).not_to_have_url(re.compile("/members/member4$"))
    await faith.visit("/members/member4", status=404)
    await bayu.visit("/members/member6", status=404)
    await faith.visit("/me/preferences")
    await faith.page.get_by_role("button", name=re.compile("Bayu Nugraha")).click()
    await bayu.visit("/members/member6")

"""A member comes home and sees her cohorts."""

from tests.cast import Cast


async def test_home_shows_how_many_of_a_cohort_are_here_and_who_came_lately(cast: Cast) -> None:
    suda, minh = await cast.member("Suda Wongsa"), await cast.member("Minh Tran", country="VN")
    missing = await cast.member("Missing Person", claimed=False)
    await cast.exchange("SSP-A-2023-0001", [suda, minh, missing], title="Water in Chiba")
    async with await cast.browser(suda) as browser:
        page = await browser.get("/")
    assert "Water in Chiba" in page.text
    assert "2 of 3 are here" in page.text
    assert "/members/minh-tran" in page.text
    assert "Missing Person" not in page.text


async def test_home_names_nobody_who_hides_her_name_or_is_blocked(cast: Cast) -> None:
    suda, open_one = await cast.member("Suda Wongsa"), await cast.member("Open Person")
    hidden = await cast.member("Hidden Person", visibility={"name": "me"})
    await cast.exchange("SSP-A-2023-0001", [suda, open_one, hidden])
    async with await cast.browser(suda) as browser:
        assert "2 of 3 are here" in (page := (await browser.get("/")).text)
        assert ("Open Person" in page, "Hidden Person" in page) == (True, False)
        assert (await browser.put("/api/v1/members/open-person/block")).status_code == 204
        assert "1 of 2 are here" in (page := (await browser.get("/")).text)
        assert ("Open Person" in page, "Hidden Person" in page) == (False, False)

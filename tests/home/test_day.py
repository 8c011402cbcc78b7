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


async def test_the_secretariat_is_led_to_its_desk_and_not_to_itself(cast: Cast) -> None:
    async with await cast.browser(await cast.staff()) as desk, await cast.browser(await cast.member("Mali")) as browser:
        staff, member = (await desk.get("/")).text, (await browser.get("/")).text
    assert [("Tell the secretariat" in page, "See what waits" in page) for page in (staff, member)] == [
        (False, True),
        (True, False),
    ]


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


async def test_home_shows_where_something_was_said_last_and_how_much_of_it_is_new(cast: Cast) -> None:
    suda, minh, olga = [await cast.member(name) for name in ("Suda Wongsa", "Minh Tran", "Olga Other")]
    await cast.exchange("SSP-A-2023-0001", [suda, minh, olga], title="Water in Chiba")
    async with await cast.browser(suda) as hers, await cast.browser(minh) as his:
        assert "Latest conversations" not in (await hers.get("/")).text
        for handle, body in (("suda-wongsa", "Are you back in Bangkok?"), ("olga-other", "This is not for Suda")):
            opened = await his.post("/api/v1/threads", json={"kind": "direct", "member": handle})
            thread = opened.json()["id"]
            sent = await his.post(f"/api/v1/threads/{thread}/messages", json={"client_id": "1", "body": body})
            assert sent.status_code == 201, sent.text
        page = (await hers.get("/")).text
        assert "Are you back in Bangkok?" in page and "1 message that you have not read" in page
        assert "This is not for Suda" not in page
        thread = (await hers.get("/api/v1/threads")).json()["items"][0]["id"]
        assert (await hers.put(f"/api/v1/threads/{thread}/read", json={"seq": 1})).is_success
        page = (await hers.get("/")).text
        assert "Are you back in Bangkok?" in page and "that you have not read" not in page
        muted = {"until": "2099-01-01T00:00:00Z"}
        assert (await hers.put(f"/api/v1/threads/{thread}/mute", json=muted)).is_success
        assert "Are you back in Bangkok?" not in (await hers.get("/")).text

"""Likely duplicates by API and page: who may, what both sides show, what a decision answers."""

import httpx

from tests.cast import Cast
from tests.roster.conftest import Import
from tests.roster.reading.files import csv_of

HEADER = "name,email,birth_date,country,exchange_code,host,role"
ASHA = "Asha Rao,asha@a.example,1990-01-02,IN,SSP-A-2014-00001,Kyushu University,participant"
MOVED = "Asha Rao,asha@b.example,1990-01-02,IN,SSP-A-2019-00007,Kyoto University,supervisor"
DUPLICATES = "/api/v1/duplicates"


async def decided(browser: httpx.AsyncClient, identity: str, same: bool) -> httpx.Response:
    return await browser.post(f"{DUPLICATES}/{identity}/decision", json={"same": same})


async def test_both_sides_are_shown_and_a_decision_is_made(cast: Cast, imported: Import) -> None:
    await imported(csv_of(HEADER, ASHA, MOVED), "list.csv")
    async with await cast.browser(await cast.staff()) as browser:
        (case,) = (await browser.get(DUPLICATES)).json()["items"]
        assert (case["member"]["emails"], case["other"]["emails"]) == (["asha@a.example"], ["asha@b.example"])
        assert (case["other"]["file_name"], case["other"]["rows"]) == ("list.csv", [3])
        assert case["other"]["exchanges"] == [{"code": "SSP-A-2019-00007", "title": "", "fiscal_year": 2019}]
        answer = await decided(browser, case["id"], same=True)
        assert (answer.status_code, answer.json()["decision"]) == (200, "same")
        assert answer.json()["member"]["emails"] == ["asha@a.example", "asha@b.example"]
        assert (await decided(browser, case["id"], same=True)).status_code == 200
        assert (await browser.get(DUPLICATES)).json()["items"] == []
        assert [c["id"] for c in (await browser.get(DUPLICATES + "?decided=true")).json()["items"]] == [case["id"]]
        split = await decided(browser, case["id"], same=False)
        assert (split.json()["decision"], split.json()["member"]["emails"]) == ("different", ["asha@a.example"])


async def test_what_is_no_decision_is_refused(cast: Cast, imported: Import) -> None:
    await imported(csv_of(HEADER, ASHA, MOVED))
    async with await cast.browser(await cast.staff()) as staff, await cast.browser(await cast.member("Other")) as other:
        (case,) = (await staff.get(DUPLICATES)).json()["items"]
        address = f"{DUPLICATES}/{case['id']}/decision"
        assert (await staff.post(address, json={"same": "perhaps"})).status_code == 422
        assert (await staff.post(address, json={"same": True, "by": "me"})).status_code == 422
        assert (await decided(staff, "nonsense", same=True)).status_code == 404
        assert (await decided(staff, case["member"]["member"], same=True)).status_code == 404
        assert (await decided(other, case["id"], same=True)).status_code == 403
        assert (await other.get(DUPLICATES)).status_code == 403
        assert (await decided(staff, case["id"], same=True)).status_code == 200
    async with cast.visitor() as visitor:
        assert (await visitor.get(DUPLICATES)).status_code == 401


async def test_many_are_paged_without_loss(cast: Cast, imported: Import) -> None:
    lines = [
        f"{name} Rao,{name}@{place}.example,1990-01-{i + 10},IN,SSP-A-{year}-1,,".lower()
        for i, name in enumerate(("Asha", "Binh", "Chen", "Dao", "Emi"))
        for place, year in (("a", 2014), ("b", 2019))
    ]
    assert (await imported(csv_of(HEADER, *lines))).counts == {"created": 5, "waiting": 5}
    async with await cast.browser(await cast.staff()) as browser:
        seen: list[str] = []
        cursor = ""
        while True:
            page = (await browser.get(f"{DUPLICATES}?limit=2{cursor}")).json()
            seen += [case["member"]["name"] for case in page["items"]]
            if page["next"] is None:
                break
            cursor = f"&cursor={page['next']}"
        assert sorted(seen) == ["asha rao", "binh rao", "chen rao", "dao rao", "emi rao"]


async def test_the_page_compares_decides_and_takes_back(cast: Cast, imported: Import) -> None:
    await imported(csv_of(HEADER, ASHA, MOVED))
    async with await cast.browser(await cast.staff()) as browser:
        page = (await browser.get("/desk/duplicates")).text
        assert "asha@b.example" in page
        identity = (await browser.get(DUPLICATES)).json()["items"][0]["id"]
        address = f"/desk/duplicates/{identity}/decision"
        assert (await browser.post(address, data={})).status_code == 409
        assert (await browser.post(address, data={"same": "true"})).headers["location"] == "/desk/duplicates"
        assert "Nothing waits for a decision" in (await browser.get("/desk/duplicates")).text
        assert "Split again" in (await browser.get("/desk/duplicates?decided=true")).text
        assert (await browser.post(address, data={"same": "false"})).status_code == 303
        assert "Different people" in (await browser.get("/desk/duplicates?decided=true")).text

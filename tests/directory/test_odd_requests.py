"""Whatever is asked, the answer is one of ours: never 500. [abuse 50, 59, 60]"""

from random import Random
from typing import Any

import pytest

from tests.cast import Cast

ODD = [
    "", " ", "%", "_", "\\", "'", '"', "\0", "\u202e", "\ufeff", "\ud7ff", "é", "e\u0301", "田", "ก็", "ﷺ" * 40, "𝒜",
    "🙂", "a" * 200, "-1", "0", "1e9", "NaN", "9" * 30, "true", "null", "[]", "{}", "{{7*7}}", "<b>", "../..", "%00",
    "%25", "ssp-a", "TH", "2023", "mentoring", "x,y", "a OR b", "&&", "!", "(", "*:*", "~", "0x10", "١٢", "²", "Ⅷ",
    "ﬁ", "ß", "İ",
]  # fmt: skip
PARAMETERS = ["q", "country", "lives_in", "programme", "fiscal_year", "field", "host", "sending", "open_to", "in_japan"]
PARAMETERS += ["role", "limit", "cursor", "as", "done"]
PATHS = ["/api/v1/members", "/api/v1/exchanges", "/api/v1/organisations", "/members", "/exchanges", "/me/preview"]


@pytest.mark.parametrize("seed", range(3))
async def test_odd_queries_are_answered_or_refused(cast: Cast, seed: int) -> None:
    random = Random(seed)
    reader = await cast.member("Rita Reader", fields=["ﷺ" * 30, "İ"], name_native="ﷺ" * 40)
    await cast.exchange("X-1", [reader])
    browsers = [await cast.browser(reader), cast.visitor()]
    statuses = set()
    for _turn in range(120):
        names = random.sample(PARAMETERS, random.randint(1, 4))
        query: list[tuple[str, Any]] = [
            (name, random.choice(ODD)) for name in names for _again in range(random.randint(1, 2))
        ]
        answer = await random.choice(browsers).get(random.choice(PATHS), params=query)
        assert answer.status_code in (200, 303, 422), query
        statuses.add(answer.status_code)
    assert {200, 422} <= statuses


@pytest.mark.parametrize("odd", [one for one in ODD if one.strip(" ./")])
async def test_odd_addresses_name_nobody(cast: Cast, odd: str) -> None:
    browser = await cast.browser(await cast.member("Rita Reader"))
    part = "".join(f"%{byte:02X}" for byte in odd.encode())
    for path in (f"/api/v1/members/{part}", f"/api/v1/members/{part}/similar", f"/api/v1/exchanges/{part}"):
        assert (await browser.get(path)).status_code == 404, path
    assert (await browser.put(f"/api/v1/members/{part}/block")).status_code == 404


@pytest.mark.parametrize("field", ["name", "headline", "bio", "affiliation", "fields", "links", "languages", "country"])
async def test_odd_values_are_kept_or_refused_at_their_field(cast: Cast, field: str) -> None:
    member = await cast.member("Rita Reader")
    browser = await cast.browser(member)
    for odd in ODD:
        value = [odd] if field in ("fields", "links", "languages") else odd
        answer = await browser.patch("/api/v1/me", json={field: value})
        if answer.status_code == 200:
            assert (await browser.get("/api/v1/me")).json() == answer.json()
            assert (await browser.get("/me")).status_code == 200
            assert (await browser.get("/members", params={"q": odd[:200]})).status_code == 200
        else:
            assert answer.status_code in (400, 422), odd
            if answer.status_code == 422:
                assert {error["pointer"].split("/")[1] for error in answer.json()["errors"]} == {field}

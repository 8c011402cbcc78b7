"""Mailed links, found by enumerating the routes: looked at by scanners, bound to our address. Case 29, 30."""

import httpx
from sqlalchemy import select

from ssc import tables
from tests.abuse import attack
from tests.cast import BASE, PASSWORD, Cast

EVIL = {"x-forwarded-host": "evil.example", "forwarded": "host=evil.example;proto=http", "x-original-host": "evil"}


async def letters_of_every_kind(cast: Cast, headers: dict[str, str] | None = None) -> list[str]:
    """Has the club write each letter that a person can cause by the calls and pages; the links in them."""
    await cast.member("Ada Rao")
    unclaimed = await cast.member("Una Unclaimed", claimed=False)
    await cast.address(unclaimed, "una@example.org", confirmed=False, source="roster")
    staff = await cast.staff()
    api = attack.API
    took_part = {"name": "Una Unclaimed", "country": "TH", "programme": "ssp-a", "fiscal_year": 2023}
    async with cast.visitor(**headers or {}) as visitor, await cast.browser(staff, **headers or {}) as office:
        await visitor.post(f"{api}/session/link", json={"email": "ada-rao@example.org"})
        await visitor.post(f"{api}/password-reset", json={"email": "ada-rao@example.org"})
        await visitor.post(f"{api}/recoveries", json={**took_part, "email": "new@example.org"})
        asking = {**took_part, "host": "Chiba", "sending": "", "note": "", "email": "other@example.org"}
        await visitor.post(f"{api}/membership-requests", json=asking)
        await office.post(f"{api}/me/emails", json={"email": "sachi@new.example"})
        await office.post(f"{api}/invitations", json={"email": "una@example.org"})
        await office.put(f"{api}/me/password", json={"password": "a lantern under the bridge"})
        await cast.run_jobs()
        confirm = next(link for letter in cast.letters() for link in letter.links if "/me/emails/confirm/" in link)
        await office.post(f"{api}/me/emails/confirm", json={"token": confirm.rsplit("/", 1)[1]})
        await cast.run_jobs()
    return [link for letter in cast.letters() for link in letter.links if link != BASE]


async def test_every_link_in_every_letter_begins_with_our_address(cast: Cast) -> None:
    """Case 30: whatever host the request claims to have come through."""
    links = await letters_of_every_kind(cast, EVIL)
    assert len(cast.letters()) >= 7
    assert [link for link in links if not link.startswith(f"{BASE}/")] == []
    assert [letter.subject for letter in cast.letters() if "evil" in letter.text + letter.html] == []


async def test_a_call_that_makes_a_letter_is_refused_under_another_host(cast: Cast) -> None:
    async with cast.visitor(host="evil.example") as browser:
        for path in ("session/link", "password-reset", "recoveries", "membership-requests"):
            answer = await browser.post(f"{attack.API}/{path}", json={"email": "ada-rao@example.org"})
            assert (answer.status_code, answer.json()["type"]) == (421, "/problems/misdirected")
    await cast.run_jobs()
    assert cast.letters() == []


async def test_looking_at_any_mailed_link_changes_no_row(cast: Cast) -> None:
    """Case 29, for every page and call whose path holds a token: GET, HEAD, OPTIONS, twice, by a stranger."""
    links = await letters_of_every_kind(cast)
    paths = sorted({link.removeprefix(BASE) for link in links})
    patterns = {route.path for method, route in attack.routes() if "{token}" in route.path}
    tokens = {part for path in paths for part in path.split("/") if len(part) > 30}
    assert len(tokens) >= 5
    addresses = {pattern.replace("{token}", token) for pattern in patterns for token in tokens}
    before = await contents(cast)
    async with cast.visitor() as scanner:
        for address in sorted({*paths, *addresses}):
            for method in ("GET", "HEAD", "OPTIONS", "GET"):
                answer = await scanner.request(method, address)
                assert (answer.status_code < 500, answer.headers.get("set-cookie")) == (True, None), address
                assert answer.headers.get("location", "/sign-in").startswith("/"), address
    assert await contents(cast) == before


async def test_a_token_opens_only_what_it_was_made_for(cast: Cast) -> None:
    """Case 29: bound to its kind. Each token is tried at every address that redeems another kind."""
    links = await letters_of_every_kind(cast)
    kinds = {}
    for link in links:
        parts = link.removeprefix(BASE).split("/")
        token = next((part for part in parts if len(part) > 30), None)
        if token:
            kinds[token] = "/".join("{token}" if part == token else part for part in parts)
    redeeming = sorted({route.path for m, route in attack.routes() if m == "POST" and "{token}" in route.path})
    opened = []
    async with cast.visitor() as browser:
        for token, own in kinds.items():
            for path in redeeming:
                if path.removeprefix(attack.API) in (own, f"{own}/accept", f"{own}/renewal"):
                    continue
                if path.endswith("/renewal"):
                    continue  # answers alike whatever the token
                answer = await browser.post(path.replace("{token}", token), data={"password": PASSWORD})
                if answer.status_code not in (404, 410, 415):
                    opened.append((own, path, answer.status_code))
    assert opened == []


async def test_no_page_of_a_token_tells_its_address_to_others(cast: Cast) -> None:
    """Case 29: neither by `Referer` nor by what the page loads, nor by a cache."""
    links = await letters_of_every_kind(cast)
    async with cast.visitor() as browser:
        for path in sorted({link.removeprefix(BASE) for link in links}):
            if not any(len(part) > 30 for part in path.split("/")):
                continue
            page: httpx.Response = await browser.get(path)
            assert page.headers["referrer-policy"] in ("no-referrer", "strict-origin", "origin"), path
            assert page.headers["cache-control"] == "private, no-store", path
            outside = [a for a in attack.Markup(page.text).addresses if a.startswith(("http", "//"))]
            assert outside == [], path


async def contents(cast: Cast) -> dict[str, list[str]]:
    """Every row of every table, as text."""
    async with cast.running.database.transaction() as session:
        return {
            table.name: sorted(str(tuple(row)) for row in await session.execute(select(table)))
            for table in tables.metadata.sorted_tables
        }

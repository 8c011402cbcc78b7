"""One person's page is never another's: kept pages, ETags, and what is told of hidden things. Case 40, 41, 60."""

from tests.abuse import attack
from tests.cast import Cast

SECRET = "Xanadu Institute of Lanterns"


async def test_readers_in_turn_get_their_own_pages_and_never_anothers(cast: Cast) -> None:
    """Through the kept pages and back: two members and a visitor, each also with the tags the others were given."""
    owner, mate, stranger = [await cast.member(name) for name in ("Olga Owner", "Mate Matthews", "Stan Stranger")]
    exchange = await cast.exchange("X-1", [owner, mate])
    await cast.change(owner, affiliation=SECRET, visibility={"affiliation": "cohorts", "name": "everyone"})
    paths = (
        "/",
        "/members",
        "/members/olga-owner",
        f"/exchanges/{exchange.code}",
        "/exchanges",
        "/api/v1/members",
        "/api/v1/members/olga-owner",
        "/api/v1/exchanges",
        f"/api/v1/exchanges/{exchange.code}",
    )
    readers = {"mate": await cast.browser(mate), "visitor": cast.visitor(), "stranger": await cast.browser(stranger)}
    for path in paths:
        first = {who: await browser.get(path) for who, browser in readers.items()}
        tags = [answer.headers["etag"] for answer in first.values() if "etag" in answer.headers]
        for who, browser in readers.items():
            again = await browser.get(path)
            names = {other for other in ("Mate Matthews", "Stan Stranger") if other in again.text}
            shown = again.text.replace(first[who].headers["x-request-id"], "")
            assert (again.status_code, len(shown)) == (200, len(first[who].text)), (path, who)
            assert (SECRET in again.text) <= (who == "mate"), (path, who)
            if who == "visitor":
                assert names == set(), path
            else:
                assert again.headers["cache-control"] in ("private, no-store", "private, no-cache"), (path, who)
            for tag in tags:
                same = await browser.get(path, headers={"if-none-match": tag})
                own = tag == again.headers.get("etag")
                assert (same.status_code == 304) == own, (path, who)
                assert SECRET not in same.text or who == "mate"
    assert SECRET in (await readers["mate"].get("/members/olga-owner")).text


async def test_two_cookies_or_a_broken_one_get_no_kept_page_of_another(cast: Cast) -> None:
    mali = await cast.member("Mali Member")
    async with await cast.browser(mali) as browser, cast.visitor() as visitor:
        secret = next(iter(browser.cookies.jar)).value
        for _ in range(2):
            kept = await visitor.get("/")
            own = await browser.get("/")
            odd = [
                await visitor.get("/", headers=[(b"cookie", f"ssc_session={secret}".encode()), (b"cookie", b"a=b")]),
                await visitor.get("/", headers=[(b"cookie", b"a=b"), (b"cookie", f"ssc_session={secret}".encode())]),
                await visitor.get("/", headers={"cookie": f"ssc_session={secret}; ssc_session=x"}),
                await visitor.get("/", headers={"cookie": "ssc_session=x"}),
            ]
            assert ("Mali" in kept.text, "Mali" in own.text) == (False, True)
            for answer in odd:
                public = answer.headers["cache-control"].startswith("public")
                assert not (public and "Mali" in answer.text)
            assert "Mali" not in (await visitor.get("/")).text


async def test_looking_for_what_is_hidden_is_to_the_byte_looking_for_nothing(cast: Cast) -> None:
    """Case 41, on the page too, by every filter and in every order; a mate finds what a stranger does not."""
    owner, mate, stranger = [await cast.member(name) for name in ("Olga Owner", "Mate Matthews", "Stan Stranger")]
    await cast.exchange("X-1", [owner, mate], host="Zanzibar University", programme="lotus", fiscal_year=2016)
    hidden = {
        "affiliation": "zanadu",
        "headline": "zanadu",
        "fields": ["zanadu"],
        "lives_in": "KE",
        "name_native": "zanadu",
        "bio": "zanadu",
        "open_to": ["hosting"],
    }
    await cast.change(owner, **hidden, visibility={**dict.fromkeys(hidden, "cohorts"), "exchanges": "cohorts"})
    looked = ("q", "zanadu", "qanadu"), ("q", "zanad", "qanad"), ("field", "zanadu", "qanadu"), ("lives_in", "KE", "KG")
    async with await cast.browser(stranger) as reader, await cast.browser(mate) as near:
        for name, secret, nothing in looked:
            for base in ("/members", f"{attack.API}/members"):
                one = await reader.get(base, params={name: secret})
                other = await reader.get(base, params={name: nothing})
                assert one.status_code == other.status_code == 200
                assert neutral(one.text, secret) == neutral(other.text, nothing), (base, name)
            found = (await near.get(f"{attack.API}/members", params={name: secret})).json()
            assert [item["name"] for item in found["items"]] == ["Olga Owner"], name
        errors = [await reader.get(f"{attack.API}/members/{handle}/similar") for handle in ("nobody", "no-one")]
    assert {error.status_code for error in errors} == {404}


def neutral(page: str, word: str) -> str:
    """The page without what the reader herself typed and where she is."""
    for name in ("Kenya", "Kyrgyzstan"):
        page = page.replace(name, "~")
    return page.replace(word, "~")


async def test_another_persons_things_answer_like_none_wherever_they_are_named(cast: Cast) -> None:
    """Case 38: in the path of every call and page, by somebody else's real ids, tokens and handles."""
    ada, eve = await cast.member("Ada Rao"), await cast.member("Eve Evil")
    async with await cast.browser(ada) as own, await cast.browser(eve) as thief:
        made = await own.post(f"{attack.API}/me/tokens", json={"name": "Mine", "scopes": ["read"]})
        address = (await own.get(f"{attack.API}/me/emails")).json()["items"][0]["id"]
        session = (await own.get(f"{attack.API}/me/sessions")).json()["items"][0]["id"]
        ids = {"address_id": address, "session_id": session, "token_id": made.json()["id"]}
        for method, route in attack.routes():
            for place, value in ids.items():
                if "{" + place + "}" not in route.path:
                    continue
                real = await thief.request(method, route.path.replace("{" + place + "}", value))
                none = await thief.request(method, attack.filled(route.path))
                assert (real.status_code, none.status_code) == (404, 404), route.path
                if route.path.startswith("/api/"):
                    assert real.text == none.text
        for body in ({"member": str(ada.id)}, {"id": str(ada.id)}, {"handle": "ada-rao"}, {"author": "ada-rao"}):
            assert (await thief.patch(f"{attack.API}/me", json={"headline": "x", **body})).status_code == 422
        assert (await own.get(f"{attack.API}/me/emails")).json()["items"][0]["id"] == address
        assert (await own.delete(f"{attack.API}/me/tokens/{made.json()['id']}")).status_code == 204


NOT_TO_BE_SET = ("verified", "roles", "author", "created_at", "joined_at", "id", "member_id", "is_staff", "adult_from")


async def test_no_body_takes_a_field_that_is_nobodys_to_set(cast: Cast) -> None:
    """Case 39, over every call with a JSON body: named in the answer, and nothing else is done."""
    staff = await cast.staff()
    async with await cast.browser(staff) as browser:
        for method, route in attack.routes():
            if not route.path.startswith("/api/") or method == "GET" or "{" in route.path:
                continue
            answer = await browser.request(
                method, route.path, json=dict.fromkeys(NOT_TO_BE_SET, True) | {"kind": "direct"}
            )
            if answer.status_code == 422 and "file" not in answer.text:
                pointers = {error["pointer"] for error in answer.json()["errors"]}
                assert pointers >= {f"/{name}" for name in NOT_TO_BE_SET}, (method, route.path)
            elif answer.status_code < 300:
                assert method == "DELETE", (method, route.path)
                browser.cookies.update((await cast.browser(staff)).cookies)

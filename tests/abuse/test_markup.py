"""Whatever people or files say, no page and no letter runs it, computes it or follows it. Case 46, 48, 51, 52."""

import csv
import io
import logging

import pytest

from ssc.core import logs
from tests.abuse import attack
from tests.cast import PASSWORD, Cast
from tests.conftest import AccessLines

COMPUTED = str(31337 * 3)
SCRIPT = "<script>alert(1)</script>"
BREAKS = (
    f"A{SCRIPT}",
    "A\"' onmouseover=alert(1) x='",
    "A</title><svg onload=alert(1)>",
    "A<img src=x onerror=alert(1)>",
    "A{{7*7}}{{31337*3}}{% debug %}${31337*3}#{31337*3}<%= 31337*3 %>",
    "A%(name)s{0.__class__}{name}",
    "A]]><!--",
    "A\u2028alert(1)//",
)


@pytest.mark.parametrize("text", BREAKS, ids=range(len(BREAKS)))
async def test_nothing_a_member_writes_runs_on_any_page(cast: Cast, text: str) -> None:
    mali, mate, staff = await cast.member("Mali Member"), await cast.member("Mate Matthews"), await cast.staff()
    exchange = await cast.exchange("X-1", [mali, mate], title=f"Visit {text}", host=f"Lab {text}")
    await cast.member(f"Una {text}", claimed=False)
    written: dict[str, object] = {
        "name": f"Mali {text}"[:120],
        "name_native": text,
        "headline": text,
        "bio": f"{text}\n{text}",
    }
    written |= {"affiliation": text, "fields": [text]}
    async with await cast.browser(mali) as browser, await cast.browser(mate) as reader:
        answer = await browser.patch(f"{attack.API}/me", json=written)
        assert (answer.status_code, answer.json()["headline"]) == (200, text.replace("\u2028", " "))
        own = ("/", "/me", "/me/profile", "/me/preview", "/me/preferences", "/welcome/cohort")
        others = ("/", "/members", f"/members?q={text[:1]}", "/members/mali-member", f"/exchanges/{exchange.code}")
        pages = [await browser.get(path) for path in own] + [await reader.get(path) for path in others]
        pages.append(await reader.get("/members", params={"q": text, "field": text, "host": text}))
        pages.append(await reader.get("/exchanges", params={"programme": text, "host": text}))
    async with await cast.browser(staff) as office:
        pages += [await office.get(path) for path in ("/desk", "/members/mali-member", "/desk/duplicates")]
    for page in pages:
        assert page.status_code in (200, 422), page.url
        attack.assert_inert(page)
        assert COMPUTED not in page.text, page.url


@pytest.mark.parametrize("text", BREAKS, ids=range(len(BREAKS)))
async def test_nothing_a_visitor_asks_runs_in_the_office_or_in_a_letter(cast: Cast, text: str) -> None:
    """Case 51: `{{7*7}}` prints as it is, in mail too."""
    staff, mali = await cast.staff(), await cast.member("Mali Member")
    await cast.exchange("X-1", [mali])
    asking: dict[str, object] = {
        "name": f"Rin {text}",
        "email": "rin@example.org",
        "country": "TH",
        "programme": "ssp-a",
    }
    asking |= {"fiscal_year": 2023, "host": text, "sending": text, "note": text}
    async with cast.visitor() as visitor, await cast.browser(staff) as office:
        assert (await visitor.post(f"{attack.API}/membership-requests", json=asking)).status_code == 202
        lost = {name: asking[name] for name in ("name", "country", "programme", "fiscal_year")}
        sent = await visitor.post(f"{attack.API}/recoveries", json={**lost, "email": "lost@example.org"})
        assert sent.status_code == 202
        again = await visitor.post("/join", data={**asking, "country": "nowhere"})
        pages = [again, *[await office.get(f"/desk/{page}") for page in ("membership-requests", "recoveries")]]
        request = (await office.get(f"{attack.API}/membership-requests")).json()["items"][0]["id"]
        decision = {"approve": False, "note": text}
        declined = await office.post(f"{attack.API}/membership-requests/{request}/decision", json=decision)
        assert declined.status_code < 300, declined.text
    await cast.run_jobs()
    for page in pages:
        attack.assert_inert(page)
        assert "Rin A" in page.text
    assert len(cast.letters()) >= 2
    for letter in cast.letters():
        markup = attack.Markup(letter.html)
        assert (markup.scripts, [h for h in markup.handlers if not h.endswith(".style")]) == ([], [])
        assert SCRIPT not in letter.html
        assert letter.subject.splitlines() == [letter.subject]
        assert COMPUTED not in letter.text + letter.html + letter.subject


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "//evil.example",
        "/\\evil.example",
        "https:evil.example",
        "https://a@evil.example",
        "https://club.example\\@evil.example",
        'https://x" onclick="alert(1)',
        "ftp://example.org",
        "https://exa\nmple.org",
        "java\tscript:alert(1)",
    ],
)
async def test_a_link_that_is_no_web_address_is_refused(cast: Cast, link: str) -> None:
    member = await cast.member("Mali Member")
    async with await cast.browser(member) as browser:
        refused = await browser.patch(f"{attack.API}/me", json={"links": [link]})
        on_page = await browser.post("/me/profile", data={"name": "Mali Member", "country": "TH", "links": link})
        fine = await browser.patch(f"{attack.API}/me", json={"links": ["https://example.org/a?b=c#d"]})
        page = await browser.get("/me")
    assert (refused.status_code, on_page.status_code, fine.status_code) == (422, 422, 200)
    attack.assert_inert(on_page)
    attack.assert_inert(page)


FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", '=HYPERLINK("https://evil.example")')


async def test_what_a_roster_says_runs_neither_on_a_page_nor_in_a_spreadsheet(cast: Cast) -> None:
    """Case 52 too: the file of outcomes holds no cell that a spreadsheet computes."""
    staff = await cast.staff()
    rows = io.StringIO()
    writer = csv.writer(rows)
    writer.writerow(["name", "country", "exchange_code", "programme", "fiscal_year", "host", "field", "email"])
    for n, value in enumerate((*BREAKS, *FORMULAS)):
        writer.writerow([value, "TH", f"SSP-A-2024-{n:05}", "ssp-a", "2024", value, value, value])
        writer.writerow([f"Person {chr(65 + n)}", value, value, value, value, value, value, f"p{n}@example.org"])
    name = f"{SCRIPT}.csv"
    async with await cast.browser(staff) as office:
        sent = await office.post("/desk/roster-imports", files={"file": (name, rows.getvalue().encode())})
        columns = await office.get(sent.headers["location"])
        asked = await office.post(f"{attack.API}/roster-imports", files={"file": (name, rows.getvalue().encode())})
        await cast.run_jobs()
        desk = f"/desk/roster-imports/{asked.json()['id']}"
        pages = [columns, await office.get("/desk/roster-imports"), await office.get(desk), await office.get("/desk")]
        download = await office.get(f"{desk}/outcomes.csv")
        pages += [await office.get("/exchanges"), await office.get("/desk/duplicates")]
    for page in pages:
        assert page.status_code == 200, page.url
        attack.assert_inert(page)
    assert (download.status_code, download.text[0]) == (200, "\ufeff")
    cells = [cell for row in csv.reader(io.StringIO(download.text[1:])) for cell in row]
    assert len(cells) > 4 * len(FORMULAS)
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))] == []


async def test_a_day_of_attacks_leaves_no_secret_in_the_log(
    cast: Cast, caplog: pytest.LogCaptureFixture, access_lines: AccessLines
) -> None:
    """Case 46: no password, token, cookie or address, and no line that somebody else wrote."""
    caplog.set_level(logging.DEBUG)
    await cast.member("Ada Rao")
    forged = 'x\n{"level": "info", "message": "forged"}'
    async with cast.visitor(
        **{"user-agent": "forged agent", "referer": "https://ref.example/secret-referer"}
    ) as browser:
        wrong = {"email": "ada-rao@example.org", "password": "wrong-secret-password"}
        await browser.post(f"{attack.API}/session", json=wrong)
        right = await browser.post(f"{attack.API}/session", json={"email": "ada-rao@example.org", "password": PASSWORD})
        cookie = right.headers["set-cookie"].split("=", 1)[1].split(";")[0]
        await browser.post(f"{attack.API}/password-reset", json={"email": "ada-rao@example.org"})
        await cast.run_jobs()
        token = cast.letters()[-1].links[0].rsplit("/", 1)[1]
        await browser.get(f"/password-reset/{token}")
        await browser.post(f"/password-reset/{token}", data={"password": "short-secret"})
        await browser.get("/members", params={"q": forged})
        await browser.get("/" + "%0a%7bforged%7d")
        await browser.get("/nowhere", headers={"authorization": "Bearer secret-bearer"})
    ours = [logs.JsonLines().format(record) for record in caplog.records if record.name.startswith("ssc")]
    written = access_lines.getvalue() + "\n".join(ours)
    secrets = ("wrong-secret", PASSWORD, cookie, token, "short-secret", "ada-rao@example.org", "secret-bearer")
    assert len(access_lines.entries) == 8
    assert [secret for secret in (*secrets, "secret-referer", "forged") if secret in written] == []

"""The mail magazine: composed in two languages, counted, tried, sent once to whom it is for, called back."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from ssc.core import clock, mail
from ssc.core.process import Process
from ssc.news.newsletters import actions
from tests.cast import Cast, Sent
from tests.news.words import published

pytestmark = pytest.mark.anyio

EDITIONS = [
    {"lang": "en", "subject": "Autumn letter", "body": "Dear **alumni**,\n\n[a link](/events)"},
    {"lang": "ja", "subject": "秋の便り", "body": "みなさまへ"},
]
THAIS = {"countries": ["TH"]}


def to(letters: list[Sent]) -> dict[str, str]:
    return {letter.to.partition("@")[0]: letter.subject for letter in letters}


async def test_the_magazine_goes_in_two_languages_to_the_alumni_of_two_countries(cast: Cast) -> None:
    """And to nobody who is too young, wants no mail or is not to be contacted; pressed twice, once. (case 24)"""
    editor = await cast.browser(await cast.holder("Ed Editor", "editor", country="JP"))
    await cast.member("Thida Thai", country="TH")
    await cast.member("Hana Hanoi", country="KE", lives_in="VN", language="ja")
    await cast.member("Ken Kenyan", country="KE")
    await cast.member("Olga Out", country="TH", mail_opt_out=True)
    await cast.member("Dora Donot", country="VN", do_not_contact=True)
    await cast.member("Uma Unclaimed", country="TH", claimed=False)
    await cast.minor("Mina Minor", country="TH")
    english = await published(editor, summary="We met for tea.")
    japanese = await published(editor, title="京都のお茶", lang="ja", translation_of=english["slug"])
    gone = await published(editor, title="Withdrawn before it leaves")
    body = {
        "editions": EDITIONS,
        "items": [english["slug"], gone["slug"]],
        "audience": {"countries": ["TH", "VN"]},
    }
    made = await editor.post("/api/v1/newsletters", json=body)
    issue = made.json()
    assert (made.status_code, issue["status"], issue["items"]) == (201, "draft", body["items"])
    assert issue["count"] == {"readers": 2, "by_language": {"en": 1, "ja": 1}}
    address = f"/api/v1/newsletters/{issue['id']}"
    assert (await editor.post(f"{address}/test")).json() == {"letters": 2}
    await editor.post(f"/api/v1/news/{gone['slug']}/withdraw")
    assert (await editor.post(f"{address}/send", json={})).json()["status"] == "scheduled"
    await editor.post(f"{address}/send")
    await cast.run_jobs()
    letters = cast.letters()
    assert to(letters[:2]) == {"ed-editor": "秋の便り"}
    assert to(letters[2:]) == {"thida-thai": "Autumn letter", "hana-hanoi": "秋の便り"}
    [thai] = [letter for letter in letters if letter.to.startswith("thida")]
    assert f"http://localhost:8000/news/{english['slug']}" in thai.links
    assert "Dear <strong>alumni</strong>" in thai.html
    assert '<a href="http://localhost:8000/events"' in thai.html
    assert "Withdrawn before it leaves" not in thai.text
    [hana] = [letter for letter in letters if letter.to.startswith("hana")]
    assert f"http://localhost:8000/news/{japanese['slug']}" in hana.links
    sent = (await editor.get(address)).json()
    assert (sent["status"], sent["report"]["sent"], sent["report"]["letters"]) == ("sent", 2, 2)
    assert (await editor.post(f"{address}/send", json={})).status_code == 409
    assert (await editor.put(address, json=body)).status_code == 409
    await cast.visitor().post(thai.links[-3], data={"List-Unsubscribe": "One-Click"})
    assert (await editor.get(address)).json()["report"]["unsubscribed"] == 1


async def test_a_worker_that_is_killed_while_it_writes_leaves_nobody_with_two(cast: Cast, running: Process) -> None:
    """(case 24) The letters are written in one transaction; whoever begins again finds them, or finds none."""
    editor = await cast.browser(await cast.holder("Ed Editor", "editor"))
    for number in range(3):
        await cast.member(f"Reader {number}")
    made = (await editor.post("/api/v1/newsletters", json={"editions": EDITIONS})).json()
    await editor.post(f"/api/v1/newsletters/{made['id']}/send", json={})
    with pytest.raises(KeyboardInterrupt):
        async with running.database.transaction() as session:
            await actions.write_letters(session, identity(made))
            raise KeyboardInterrupt
    for _again in range(2):
        async with running.database.transaction() as session:
            await actions.write_letters(session, identity(made))
        await mail.deliver(running)
    await cast.run_jobs()
    assert sorted(letter.to for letter in cast.letters()) == [
        "ed-editor@example.org",
        *(f"reader-{number}@example.org" for number in range(3)),
    ]


async def test_what_is_scheduled_can_change_and_be_stopped(cast: Cast) -> None:
    editor = await cast.browser(await cast.holder("Ed Editor", "editor"))
    made = await editor.post("/api/v1/newsletters", json={"subject": "Once", "body": "Only in English."})
    issue, tag = made.json(), made.headers["etag"]
    assert [one["lang"] for one in issue["editions"]] == ["en"]
    address = f"/api/v1/newsletters/{issue['id']}"
    past = await editor.post(f"{address}/send", json={"at": (clock.now() - timedelta(hours=1)).isoformat()})
    assert [error["pointer"] for error in past.json()["errors"]] == ["/at"]
    tomorrow = (clock.now() + timedelta(days=1)).isoformat()
    assert (await editor.post(f"{address}/send", json={"at": tomorrow})).json()["status"] == "scheduled"
    assert (await editor.delete(address)).status_code == 409
    body: dict[str, Any] = {"editions": EDITIONS, "audience": {"languages": ["ja"]}}
    changed = await editor.put(address, json=body, headers={"If-Match": tag})
    assert (changed.status_code, changed.json()["count"]["readers"]) == (200, 0)
    stale = await editor.put(address, json=body, headers={"If-Match": tag})
    assert stale.json()["type"] == "/problems/edited-meanwhile"
    assert (await editor.post(f"{address}/stop")).json()["status"] == "draft"
    with clock.shifted(timedelta(days=2)):
        await cast.run_jobs()
    assert (await editor.get(address)).json()["status"] == "draft"
    assert (await editor.post(f"{address}/stop")).status_code == 409
    assert (await editor.delete(address)).status_code == 204
    assert (await editor.get(address)).status_code == 404


async def test_what_is_scheduled_leaves_at_its_time_and_not_before(cast: Cast) -> None:
    """Its readers are found then: who has joined since gets it, who has stopped it does not."""
    editor = await cast.browser(await cast.holder("Ed Editor", "editor", country="JP"))
    early = await cast.member("Early Stopped", country="TH")
    made = (await editor.post("/api/v1/newsletters", json={"editions": EDITIONS, "audience": THAIS})).json()
    address = f"/api/v1/newsletters/{made['id']}"
    tomorrow = clock.now() + timedelta(days=1)
    assert (await editor.post(f"{address}/send", json={"at": tomorrow.isoformat()})).json()["status"] == "scheduled"
    await cast.run_jobs()
    assert cast.letters() == []
    async with await cast.browser(early) as browser:
        await browser.patch("/api/v1/me/preferences", json={"notifications": {"mail-magazine": {"mail": False}}})
    await cast.member("Late Joiner", country="TH")
    async with cast.running.database.transaction() as session:
        await session.execute(text("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'"))
    with clock.shifted(timedelta(days=1, minutes=1)):
        await cast.run_jobs()
    assert to(cast.letters()) == {"late-joiner": "Autumn letter"}
    assert (await editor.get(address)).json()["status"] == "sent"


async def test_an_item_is_sent_as_the_magazine_when_it_appears(cast: Cast) -> None:
    editor = await cast.browser(await cast.holder("Ed Editor", "editor"))
    scientist, other = await cast.member("Sci Entist", fields=["Marine Biology"]), await cast.member("Olga Other")
    await cast.exchange("SSP-1", [scientist, other])
    slug = (await editor.post("/api/v1/news", json={"title": "A", "body": "B", "lang": "en", "kind": "notice"})).json()
    audience = {"fields": ["marine biology"], "programmes": ["ssp-a"]}
    for at in ({"at": (clock.now() + timedelta(minutes=5)).isoformat(), "mail_to": audience}, {}):
        assert (await editor.post(f"/api/v1/news/{slug['slug']}/publish", json=at)).status_code == 200
    await cast.run_jobs()
    assert to(cast.letters()) == {"sci-entist": "A"}
    [issue] = (await editor.get("/api/v1/newsletters")).json()["items"]
    assert (issue["status"], issue["items"], issue["report"]["sent"]) == ("sent", [slug["slug"]], 1)


async def test_the_magazine_is_for_editors_alone(cast: Cast) -> None:
    editor, member = await cast.browser(await cast.holder("Ed Editor", "editor")), await cast.member("Mem Ber")
    made = (await editor.post("/api/v1/newsletters", json={"editions": EDITIONS})).json()
    browser = await cast.browser(member)
    for path in ("", f"/{made['id']}", f"/{made['id']}/count"):
        assert (await browser.get(f"/api/v1/newsletters{path}")).status_code == 403
        assert (await cast.visitor().get(f"/api/v1/newsletters{path}")).status_code == 401
    wrongs: tuple[dict[str, Any], ...] = (
        {"editions": []},
        {"editions": [EDITIONS[0], EDITIONS[0]]},
        {"editions": [{"lang": "en", "subject": "Empty"}]},
        {"editions": EDITIONS, "items": ["no-such-item"]},
        {"editions": EDITIONS, "audience": {"countries": ["ZZ"]}},
    )
    for wrong in wrongs:
        assert (await editor.post("/api/v1/newsletters", json=wrong)).status_code == 422


def identity(made: dict[str, Any]) -> UUID:
    return UUID(made["id"])

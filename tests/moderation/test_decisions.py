"""Decisions: what follows for the thing, for whom it concerns, and for those who reported it; and how one appeals."""

from datetime import timedelta
from typing import Any

import httpx
from sqlalchemy import select

from ssc.accounts.models import SignedInSession
from ssc.core import clock
from ssc.core.audit import AuditEntry
from ssc.core.db import Session
from ssc.core.mail import OutgoingLetter
from ssc.moderation import queries
from ssc.moderation.actions import suspending as actions
from ssc.people.models import Member
from ssc.people.viewer import Viewer
from tests.cast import PASSWORD, Cast
from tests.messaging.conftest import Lines
from tests.messaging.conftest import lines as lines
from tests.messaging.people import direct, group, read, say, thread_of
from tests.moderation.test_reports import REPORTS, report, two_and_a_stranger, waiting

THREADS = "/api/v1/threads"


async def decide(client: httpx.AsyncClient, decision: str, **more: Any) -> httpx.Response:
    """On the first report that waits."""
    first = (await waiting(client))[0]
    return await client.post(f"{REPORTS}/{first['id']}/decision", json={"decision": decision, **more})


def in_days(days: int) -> str:
    return clock.rfc3339(clock.now() + timedelta(days=days))


async def texts_of(client: httpx.AsyncClient) -> list[str]:
    return [one["text"] for one in (await client.get("/api/v1/notifications")).json()["items"]]


async def test_a_removed_message_is_a_tombstone_and_its_author_is_told_why_but_not_by_whom(
    cast: Cast, session: Session
) -> None:
    ada, ben, _stan = await two_and_a_stranger(cast)
    moderator = await cast.holder("Mo Derator", "moderator")
    await cast.change(ben, language="ja")
    adas, bens, mos = await cast.browser(ada), await cast.browser(ben), await cast.browser(moderator)
    thread = await direct(adas, ben)
    bad = await say(bens, thread, "You are dull")
    await report(adas, "message", bad["id"], note="Ada was hurt")
    removed = await decide(mos, "remove", note="Be kind, please")
    assert (removed.status_code, removed.json()["decision"], removed.json()["member"]["handle"]) == (
        200,
        "remove",
        "ben-bad",
    )
    assert await read(adas, thread) == [("text", "")]
    assert await waiting(mos) == []
    (done,) = (await mos.get(REPORTS, params={"state": "decided"})).json()["items"]
    assert (await mos.post(f"{REPORTS}/{done['id']}/decision", json={"decision": "warn"})).status_code == 409
    assert (await texts_of(adas))[0] == "The moderators have looked at what you reported, and acted. Thank you."
    await cast.run_jobs()
    (letter,) = [one for one in cast.letters() if one.to == "ben-bad@example.org"]
    assert (letter.language, "Be kind, please" in letter.text, "あなたのメッセージ" in letter.text) == (
        "ja",
        True,
        True,
    )
    assert [word for word in ("Ada", "Mo Derator") if word in letter.text + letter.html + letter.subject] == []
    acts = await session.scalars(select(AuditEntry.action).where(AuditEntry.actor == str(moderator.id)))
    assert [act for act in acts if not act.startswith("report.list")] == ["report.remove"]


async def test_what_is_dismissed_stays_and_nobody_concerned_hears_of_it(cast: Cast) -> None:
    ada, ben, _stan = await two_and_a_stranger(cast)
    adas, bens, sachis = await cast.browser(ada), await cast.browser(ben), await cast.browser(await cast.staff())
    thread = await direct(adas, ben)
    said = await say(bens, thread, "I disagree")
    await report(adas, "message", said["id"])
    assert (await decide(sachis, "dismiss", note="A matter of taste")).status_code == 200
    assert await read(adas, thread) == [("text", "I disagree")]
    await cast.run_jobs()
    assert cast.letters() == []
    assert (await bens.get("/api/v1/me")).status_code == 200
    assert (await report(adas, "message", said["id"])).status_code == 202
    assert len(await waiting(sachis)) == 1


async def test_a_removed_profile_is_empty_and_can_be_filled_in_anew(cast: Cast) -> None:
    ada, ben, _stan = await two_and_a_stranger(cast)
    await cast.change(ben, headline="The real Nobel laureate", bio="Send me money")
    async with await cast.browser(ada) as adas, await cast.browser(await cast.staff()) as sachis:
        await report(adas, "member", "ben-bad", reason="impersonation")
        assert (await decide(sachis, "remove", until=in_days(3))).status_code == 422
        assert (await decide(sachis, "remove")).status_code == 200
        shown = (await adas.get("/api/v1/members/ben-bad")).json()
        assert (shown["name"], shown.get("headline"), shown.get("bio")) == ("Ben Bad", None, None)


async def test_who_is_limited_begins_nothing_with_others_until_it_is_over(cast: Cast) -> None:
    ada, ben, _stan = await two_and_a_stranger(cast)
    cleo = await cast.member("Cleo Late")
    await cast.exchange("SSP-2", [ben, cleo])
    adas, bens, sachis = await cast.browser(ada), await cast.browser(ben), await cast.browser(await cast.staff())
    thread = await direct(bens, ada)
    talk = await group(bens, "Ours", ada)
    await report(adas, "member", "ben-bad", reason="spam")
    assert (await decide(sachis, "limit", until=in_days(-1))).status_code == 422
    limited = await decide(sachis, "limit", until=in_days(7), note="Too many at once")
    assert limited.json()["in_force"] is True
    await cast.run_jobs()
    assert "in Japan.\nThe reason:" in cast.letters()[-1].text, "a letter names the clock it means"
    refused = [
        await bens.post(THREADS, json={"kind": "direct", "member": "cleo-late"}),
        await bens.post(THREADS, json={"kind": "group", "title": "More", "members": ["cleo-late"]}),
        await bens.post(f"{talk}/members", json={"member": "cleo-late"}),
    ]
    assert [one.status_code for one in refused] == [403, 403, 403]
    await say(bens, thread, "What has begun goes on")
    with clock.shifted(timedelta(days=8)):
        later = await bens.post(THREADS, json={"kind": "direct", "member": "cleo-late"})
    assert later.status_code == 201


async def test_a_suspension_ends_sessions_and_sockets_at_once_and_hides_her(
    cast: Cast, session: Session, lines: Lines
) -> None:
    """(cases 9 and 27)"""
    ada, ben, _stan = await two_and_a_stranger(cast)
    adas, bens, sachis = await cast.browser(ada), await cast.browser(ben), await cast.browser(await cast.staff())
    socket, other = await lines.of(ben), await lines.of(ada)
    thread = await direct(adas, ben)
    await report(adas, "member", "ben-bad")
    assert (await decide(sachis, "suspend", until=in_days(30), note="Threats")).status_code == 200
    assert (await socket.closed()).code == 4401
    assert (await bens.get("/api/v1/me")).status_code == 401
    assert list(await session.scalars(select(SignedInSession).where(SignedInSession.member_id == ben.id))) == []
    assert await other.quiet() is not None
    async with cast.visitor() as visitor:
        way_in = {"email": "ben-bad@example.org", "password": PASSWORD}
        assert (await visitor.post("/api/v1/session", json=way_in)).status_code == 403
        assert (await adas.get("/api/v1/members/ben-bad")).status_code == 404
        assert (await thread_of(adas, thread))["title"] == "Ben Bad"
        assert (await sachis.delete("/api/v1/members/ben-bad/suspension")).status_code == 204
        assert (await sachis.delete("/api/v1/members/ben-bad/suspension")).status_code == 204
        assert (await bens.get("/api/v1/me")).status_code == 401
        assert (await visitor.post("/api/v1/session", json=way_in)).status_code == 201
    assert (await adas.get("/api/v1/members/ben-bad")).status_code == 200
    await cast.run_jobs()
    assert [one.subject for one in cast.letters() if one.to == "ben-bad@example.org"][:2] == [
        "A decision of the moderators of the Sakura Science Club",
        "A decision about you was taken back",
    ]


async def test_who_is_shut_out_appeals_by_the_letter_and_somebody_else_answers(cast: Cast) -> None:
    ben = await cast.member("Ben Bad")
    mo, moira = await cast.holder("Mo Derator", "moderator"), await cast.holder("Moira Derator", "moderator")
    mos, moiras = await cast.browser(mo), await cast.browser(moira)
    put = await mos.put("/api/v1/members/ben-bad/suspension", json={"until": None, "reason": "Spam"})
    assert (put.status_code, put.json()["decision"], put.json()["until"]) == (200, "suspend", None)
    decision = f"/api/v1/decisions/{put.json()['id']}"
    await cast.run_jobs()
    (letter,) = cast.letters()
    key = letter.links[0].rpartition("key=")[2]
    async with cast.visitor() as visitor, await cast.browser(await cast.member("Stan Stranger")) as stans:
        with clock.reading_in("Asia/Kolkata"):  # as whoever asked before on this connection did
            page = (await visitor.get(letter.links[0].removeprefix("http://localhost:8000"))).text
        assert "in Japan" in page
        assert "Spam" in page and f"/decisions/{put.json()['id']}/appeal?key={key}" in page
        assert (await visitor.post(f"{decision}/appeal", json={"note": "Not me"})).status_code == 401
        assert (await visitor.post(f"{decision}/appeal?key={'x' * 24}")).status_code == 401
        assert (await stans.post(f"{decision}/appeal", json={"note": "Not me"})).status_code == 404
        first = await visitor.post(f"{decision}/appeal?key={key}", json={"note": "It was my brother"})
        assert (first.status_code, first.json()["appeal"]["reversed"]) == (200, None)
        assert (await visitor.post(f"{decision}/appeal?key={key}", json={"note": "Again"})).status_code == 409
    answer = {"reverse": True, "note": "Sorry"}
    assert (await mos.post(f"{decision}/appeal/decision", json=answer)).status_code == 403
    assert "It was my brother" not in (await mos.get("/desk/appeals")).text
    assert "It was my brother" in (await moiras.get("/desk/appeals")).text
    answered = await moiras.post(f"{decision}/appeal/decision", json=answer)
    assert (answered.status_code, answered.json()["in_force"], answered.json()["appeal"]["reversed"]) == (
        200,
        False,
        True,
    )
    assert (await moiras.post(f"{decision}/appeal/decision", json=answer)).status_code == 409
    async with await cast.browser(ben) as bens:
        assert (await bens.get("/api/v1/me")).status_code == 200
        assert "The decision was taken back." in (await bens.get(f"/decisions/{put.json()['id']}")).text
    await cast.run_jobs()
    assert "Sorry" in cast.letters()[-1].text


async def test_an_appeal_that_is_declined_leaves_the_decision_and_is_answered_by_letter(cast: Cast) -> None:
    ada, ben, _stan = await two_and_a_stranger(cast)
    sachi, moira = await cast.staff(), await cast.holder("Moira Derator", "moderator")
    adas, bens = await cast.browser(ada), await cast.browser(ben)
    async with await cast.browser(sachi) as sachis, await cast.browser(moira) as moiras:
        await report(adas, "member", "ben-bad")
        warned = await decide(sachis, "warn", note="Be kind")
        mine = f"/decisions/{warned.json()['id']}"
        assert (await bens.post(f"{mine}/appeal", data={"note": "I was"})).status_code == 303
        sent = await moiras.post(f"/desk/appeals/{warned.json()['id']}", data={"reverse": "false", "note": "No"})
        assert (sent.status_code, sent.headers["location"]) == (303, "/desk/appeals?done=answered")
        assert "The decision stays." in (await bens.get(mine)).text
        assert (await adas.get(mine)).status_code == 404
        (logged,) = (await sachis.get("/api/v1/decisions")).json()["items"]
        assert (logged["decision"], logged["appeal"]["note"], logged["appeal"]["answer"]) == ("warn", "I was", "No")
        assert "Ben Bad" in (await sachis.get("/desk/decisions")).text
    with clock.shifted(timedelta(days=31)):
        late = await (await cast.browser(ben)).post(f"/api/v1{mine}/appeal")
    assert late.status_code == 409
    await cast.run_jobs()
    assert cast.letters()[-1].subject == "Your appeal was looked at"


async def test_nobody_decides_about_herself_and_about_moderators_only_the_secretariat(cast: Cast) -> None:
    ada, mo, moira, sachi = await _with_offices(cast)
    adas, mos, sachis = await cast.browser(ada), await cast.browser(mo), await cast.browser(sachi)
    spell = {"until": None, "reason": "x"}
    for handle, client, status in (
        ("ada-long", adas, 403),
        ("mo-derator", mos, 403),
        ("moira-derator", mos, 403),
        ("sachi-staff", mos, 403),
        ("sachi-staff", sachis, 403),
        ("nobody", mos, 404),
        ("ada-long", mos, 200),
        ("moira-derator", sachis, 200),
    ):
        answer = await client.put(f"/api/v1/members/{handle}/suspension", json=spell)
        assert answer.status_code == status, handle
    assert moira.handle == "moira-derator"


async def _with_offices(cast: Cast) -> tuple[Member, Member, Member, Member]:
    return (
        await cast.member("Ada Long"),
        await cast.holder("Mo Derator", "moderator"),
        await cast.holder("Moira Derator", "moderator"),
        await cast.staff(),
    )


async def test_what_is_taken_back_twice_at_once_is_one_letter(cast: Cast) -> None:
    lan = await cast.member("Lan Pham")
    moderator = await cast.holder("Mod Erator", "moderator")
    async with await cast.browser(moderator) as browser:
        await browser.put("/api/v1/members/lan-pham/suspension", json={"reason": "Spam"})
        async with cast.running.database.transaction() as session:
            [seen] = await queries.suspensions_of(session, lan.id)  # as the second one read it
        assert (await browser.delete("/api/v1/members/lan-pham/suspension")).status_code == 204
    async with cast.running.database.transaction() as session:
        session.add(seen)
        await actions.take_back(session, Viewer(member=moderator), seen, "")
    async with cast.running.database.transaction() as session:
        kinds = list(await session.scalars(select(OutgoingLetter.kind).order_by(OutgoingLetter.id)))
    assert kinds == ["moderation.decided", "moderation.taken-back"]

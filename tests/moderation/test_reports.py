"""Reports: frozen as they stand, grouped, read by moderators alone, and never traced back to who made them."""

import io
from datetime import timedelta
from typing import Any

import httpx
import pytest
from PIL import Image
from sqlalchemy import select

from ssc.core import clock
from ssc.core.audit import AuditEntry
from ssc.core.config import Settings
from ssc.core.db import Session
from ssc.messaging.jobs import sweep_uploads
from ssc.moderation.models import Complaint, Report
from ssc.people.models import Member
from tests.cast import Cast
from tests.messaging.people import direct, say, titles
from tests.messaging.test_uploads import PDF, bring, picture

REPORTS = "/api/v1/reports"
NOWHERE = "00000000-0000-7000-8000-000000000000"


async def report(client: httpx.AsyncClient, type_: str, identity: str, **more: Any) -> httpx.Response:
    body = {"target": {"type": type_, "id": identity}, "reason": "harassment", "note": "", **more}
    return await client.post(REPORTS, json=body)


async def waiting(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    answer = await client.get(REPORTS)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def two_and_a_stranger(cast: Cast) -> tuple[Member, Member, Member]:
    """Ada and Ben were in Japan together, Stan was not."""
    ada, ben, stan = await cast.member("Ada Long"), await cast.member("Ben Bad"), await cast.member("Stan Stranger")
    await cast.exchange("SSP-1", [ada, ben])
    return ada, ben, stan


async def test_a_message_is_read_as_it_stood_with_a_few_before_it_and_every_look_is_noted(
    cast: Cast, session: Session
) -> None:
    """Case 47."""
    ada, ben, _stan = await two_and_a_stranger(cast)
    adas, bens = await cast.browser(ada), await cast.browser(ben)
    moderator = await cast.holder("Mo Derator", "moderator")
    thread = await direct(adas, ben)
    for n in range(7):
        await say(adas, thread, f"word {n}")
    bad = await say(bens, thread, "You are dull")
    await say(adas, thread, "not shown to anybody")
    assert (await report(adas, "message", bad["id"], note="He is rude")).status_code == 202
    await bens.patch(f"{thread}/messages/{bad['seq']}", json={"body": "You are kind"})
    await bens.delete(f"{thread}/messages/{bad['seq']}")
    assert (await bens.get(REPORTS)).status_code == 403
    async with await cast.browser(moderator) as mos:
        (item,) = await waiting(mos)
        whole = (await mos.get(f"{REPORTS}/{item['id']}")).json()
        page = (await mos.get(f"/desk/reports/{item['id']}")).text
    assert (item["target"], item["member"]["handle"], item["reason"], item["note"], item["reports"]) == (
        {"type": "message", "id": bad["id"]},
        "ben-bad",
        "harassment",
        "He is rude",
        1,
    )
    ((by, lines),) = [(one["member"]["handle"], one["lines"]) for one in whole["complaints"]]
    assert by == "ada-long"
    assert [(line["who"], line["text"], line["reported"]) for line in lines] == [
        *(("Ada Long", f"word {n}", False) for n in range(2, 7)),
        ("Ben Bad", "You are dull", True),
    ]
    assert "You are dull" in page and "not shown to anybody" not in page
    looks = await session.scalars(select(AuditEntry.action).where(AuditEntry.actor == str(moderator.id)))
    assert list(looks) == ["report.list", "report.read", "report.read"]


async def test_a_reported_picture_is_seen_by_moderators_alone_also_when_its_message_is_gone(
    cast: Cast, session: Session
) -> None:
    ada, ben, _stan = await two_and_a_stranger(cast)
    adas, bens = await cast.browser(ada), await cast.browser(ben)
    moderator = await cast.holder("Mo Derator", "moderator")
    thread = await direct(adas, ben)
    await say(adas, thread, "What is it?")  # an answer to it makes files possible
    await say(bens, thread, "Wait")
    files = [
        (await bring(bens, content, name)).json()["id"] for content, name in ((picture(), "a.jpg"), (PDF, "b.pdf"))
    ]
    bad = await say(bens, thread, "This", attachments=files)
    for _again in range(2):
        assert (await report(adas, "message", bad["id"])).status_code == 202
    await bens.delete(f"{thread}/messages/{bad['seq']}")
    with clock.shifted(timedelta(hours=25)):
        await sweep_uploads(cast.running)
    assert await cast.running.blobs.get(f"messages/{files[0]}/480.webp") is None
    async with await cast.browser(moderator) as mos:
        (item,) = await waiting(mos)
        whole = (await mos.get(f"{REPORTS}/{item['id']}")).json()
        (address,) = whole["complaints"][0]["lines"][-1]["pictures"]
        assert f'src="{address}"' in (await mos.get(f"/desk/reports/{item['id']}")).text
        shown = await mos.get(address)
        assert (await mos.get(address.removesuffix("0") + "1")).status_code == 404
        assert (await mos.get(address.replace(item["id"], NOWHERE))).status_code == 404
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/webp")
    with Image.open(io.BytesIO(shown.content)) as seen:
        assert seen.size == (480, 240)
    assert {(await one.get(address)).status_code for one in (adas, bens)} == {403}
    looks = await session.scalars(select(AuditEntry.action).where(AuditEntry.actor == str(moderator.id)))
    assert "report.picture" in set(looks)


async def test_what_one_may_not_know_of_is_as_if_it_were_not_there(cast: Cast) -> None:
    ada, ben, stan = await two_and_a_stranger(cast)
    mina = await cast.minor()
    adas, bens, stans = await cast.browser(ada), await cast.browser(ben), await cast.browser(stan)
    thread = await direct(adas, ben)
    said = await say(bens, thread, "Hello")
    gone = await say(bens, thread, "Gone")
    await bens.delete(f"{thread}/messages/{gone['seq']}")
    refused = [
        await report(stans, "message", said["id"]),
        await report(stans, "message", NOWHERE),
        await report(stans, "message", "no id"),
        await report(adas, "message", gone["id"]),
        await report(stans, "member", mina.handle or ""),
        await report(stans, "member", "nobody"),
        await report(stans, "event", "a-reunion"),
    ]
    assert {(one.status_code, one.json()["type"]) for one in refused} == {(404, "/problems/not-found")}
    assert (await report(adas, "message", said["id"])).status_code == 202
    assert (await report(stans, "member", "ada-long")).status_code == 202
    own = await report(bens, "message", said["id"])
    assert (own.status_code, own.json()["errors"][0]["pointer"]) == (422, "/target")
    async with cast.visitor() as visitor:
        assert (await report(visitor, "member", "ada-long")).status_code == 401


async def test_reports_of_one_thing_are_one_and_minors_in_danger_come_first(cast: Cast, session: Session) -> None:
    ada, ben, stan = await two_and_a_stranger(cast)
    adas, bens, stans = await cast.browser(ada), await cast.browser(ben), await cast.browser(stan)
    sachi = await cast.staff()
    assert (await report(adas, "member", "ben-bad", reason="spam")).status_code == 202
    assert (await report(adas, "member", "ben-bad", reason="other", note="again")).status_code == 202
    assert (await report(stans, "member", "ben-bad")).status_code == 202
    assert (await report(bens, "member", "stan-stranger", reason="minor-safety")).status_code == 202
    async with await cast.browser(sachi) as sachis:
        first, second = await waiting(sachis)
        assert (await sachis.get("/api/v1/desk/queue")).json()["items"][0]["kind"] == "reports"
        assert (await sachis.get("/api/v1/notifications")).json()["items"][0]["text"] == (
            "2 reports wait for the moderators"
        )
    assert [(one["target"]["id"], one["reason"], one["note"], one["reports"]) for one in (first, second)] == [
        ("stan-stranger", "minor-safety", "", 1),
        ("ben-bad", "other", "again", 2),
    ]
    await cast.run_jobs()
    urgent = [letter for letter in cast.letters() if letter.subject.startswith("Please look at a report")]
    assert [letter.to for letter in urgent] == ["sachi-staff@example.org"]
    assert urgent[0].links == [f"http://localhost:8000/desk/reports/{first['id']}"]
    assert len(list(await session.scalars(select(Report)))) == 2
    assert len(list(await session.scalars(select(Complaint)))) == 3


async def test_a_moderator_sees_nothing_of_what_is_said_about_herself(cast: Cast) -> None:
    ada, _ben, _stan = await two_and_a_stranger(cast)
    mo, moira = await cast.holder("Mo Derator", "moderator"), await cast.holder("Moira Derator", "moderator")
    async with await cast.browser(ada) as adas, await cast.browser(mo) as mos, await cast.browser(moira) as moiras:
        assert (await report(adas, "member", "mo-derator")).status_code == 202
        (seen,) = await waiting(moiras)
        assert await waiting(mos) == []
        answers = [
            await mos.get(f"{REPORTS}/{seen['id']}"),
            await mos.post(f"{REPORTS}/{seen['id']}/decision", json={"decision": "dismiss"}),
            await mos.get(f"/desk/reports/{seen['id']}"),
        ]
        assert [one.status_code for one in answers] == [404, 404, 404]
        assert (await moiras.get(f"{REPORTS}/{seen['id']}")).status_code == 200


async def test_a_blocked_person_can_be_reported_and_an_unseen_one_is_not_shown(cast: Cast) -> None:
    ada, ben, _stan = await two_and_a_stranger(cast)
    async with await cast.browser(ada) as adas, await cast.browser(ben) as bens:
        thread = await direct(adas, ben)
        bad = await say(bens, thread, "You are dull")
        await cast.block(ada, ben)
        assert (await adas.get("/api/v1/members/ben-bad")).status_code == 404
        assert (await report(adas, "member", "ben-bad")).status_code == 202
        assert (await report(adas, "message", bad["id"])).status_code == 202


async def test_a_request_is_reported_and_declined_with_one_button(cast: Cast) -> None:
    stan, wanda = await cast.member("Stan Stranger"), await cast.member("Wanda Willing", contact="everyone")
    moderator = await cast.holder("Mo Derator", "moderator")
    async with await cast.browser(stan) as stans, await cast.browser(wanda) as wandas:
        thread = await direct(stans, wanda)
        await say(stans, thread, "Buy my course")
        here = thread.replace("/api/v1/threads", "/messages")
        assert f"{here}/report" in (await wandas.get(here)).text
        form = (await wandas.get(f"{here}/report")).text
        assert "Buy my course" in form and "The request is declined with it" in form
        assert (await wandas.post(f"{here}/report", data={"note": "no reason"})).status_code == 422
        sent = await wandas.post(f"{here}/report", data={"reason": "spam", "note": "An advertisement"})
        assert (sent.status_code, sent.headers["location"]) == (303, "/report/thanks?member=stan-stranger")
        assert "/members/stan-stranger/block" in (await wandas.get(sent.headers["location"])).text
        assert (await titles(wandas), await titles(wandas, "requests")) == ([], [])
        assert (await wandas.get(f"{here}/report")).status_code == 404
    async with await cast.browser(moderator) as mos:
        assert [one["note"] for one in await waiting(mos)] == ["An advertisement"]


async def test_the_form_is_reached_from_a_profile_and_from_a_message(cast: Cast) -> None:
    ada, ben, _stan = await two_and_a_stranger(cast)
    async with await cast.browser(ada) as adas, await cast.browser(ben) as bens:
        thread = await direct(adas, ben)
        bad = await say(bens, thread, "You are dull")
        assert 'href="/report/member/ben-bad"' in (await adas.get("/members/ben-bad")).text
        one = f"{thread.replace('/api/v1/threads', '/messages')}/1"
        assert f'href="{one}/report"' in (await adas.get(one)).text
        assert f'href="{one}/report"' not in (await bens.get(one)).text
        there = await adas.get(f"{one}/report")
        assert there.headers["location"] == f"/report/message/{bad['id']}"
        assert "You are dull" in (await adas.get(there.headers["location"])).text
        sent = await adas.post(there.headers["location"], data={"reason": "harassment"})
        assert (sent.status_code, sent.headers["location"]) == (303, "/report/thanks?member=ben-bad")


class TestLimits:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"limits": "on"})

    async def test_twenty_reports_a_day(self, cast: Cast) -> None:
        ada, _ben, stan = await two_and_a_stranger(cast)
        async with await cast.browser(ada) as adas, await cast.browser(stan) as stans:
            answers = [(await report(adas, "member", "ben-bad")).status_code for _n in range(21)]
            assert answers == [202] * 20 + [429]
            assert (await report(stans, "member", "ben-bad")).status_code == 202

"""A wide invitation waits for a second person: the secretariat hears of it, and who asked of what was decided
(case 63)."""

from datetime import date

import httpx
from sqlalchemy import func, insert, select

from ssc.core import clock, ids
from ssc.events.models import Event, InvitationRound, Invited
from ssc.people.models import Member
from tests.cast import Cast
from tests.events.planning import published


async def bell(browser: httpx.AsyncClient) -> list[tuple[str, str]]:
    return [(one["text"], one["url"]) for one in (await browser.get("/api/v1/notifications")).json()["items"]]


async def unread(browser: httpx.AsyncClient) -> int:
    return sum(one["read_at"] is None for one in (await browser.get("/api/v1/notifications")).json()["items"])


async def crowd(cast: Cast, number: int) -> None:
    """So many members of Thailand, at once."""
    rows = [
        {"id": ids.new(), "name": f"M {n}", "name_key": f"m {n}", "country": "TH", "handle": f"m{n}"}
        | {"joined_at": clock.now(), "birth_date": date(1995, 4, 30), "adult_from": date(2013, 4, 30)}
        for n in range(number)
    ]
    async with cast.running.database.transaction() as session:
        await session.execute(insert(Member), rows)


async def test_staff_are_told_of_it_and_a_no_reaches_who_asked_and_invites_nobody(cast: Cast) -> None:
    await crowd(cast, 501)
    staff, second = await cast.browser(await cast.staff()), await cast.browser(await cast.staff("Second Staff"))
    mali = await cast.browser(await cast.member("Mali Member", country="IN"))
    slug = await published(staff)
    path = f"/api/v1/events/{slug}/invitations"
    asked = (await staff.post(path, json={"country": "TH"})).json()
    assert (asked["count"], asked["waiting"]) == (501, True)
    await cast.run_jobs()
    sentence = "An invitation of 501 people to “Reunion in Bangkok” waits for a second person."
    assert [await bell(second), await bell(staff)] == [[(sentence, "/desk/event-invitations")], []]
    (waiting,) = (await second.get("/api/v1/event-invitations")).json()
    assert (waiting["id"], waiting["event"], waiting["count"], waiting["asked_by"]) == (
        asked["id"],
        slug,
        501,
        "Sachi Staff",
    )
    queue = (await second.get("/api/v1/desk/queue")).json()["items"]
    assert [(one["kind"], one["count"]) for one in queue] == [("event-invitations", 1)]
    assert "/desk/event-invitations" in (await second.get("/desk")).text
    desk = [(await who.get("/desk/event-invitations")).text for who in (second, staff)]
    assert [("/decline" in page, "somebody else decides" in page) for page in desk] == [(True, False), (False, True)]
    own = f"{path}/{asked['id']}"
    assert (await mali.post(f"{own}/decline", json={"note": "No"})).status_code == 403
    assert (await staff.post(f"{own}/decline", json={"note": "No"})).status_code == 403
    too_long = await second.post(f"/events/{slug}/invitations/{asked['id']}/decline", data={"note": "x" * 301})
    assert too_long.status_code == 422
    sent = await second.post(f"/events/{slug}/invitations/{asked['id']}/decline", data={"note": "Too many letters"})
    assert (sent.status_code, sent.headers["location"]) == (303, "/desk/event-invitations?done=declined")
    assert await bell(staff) == [
        ("Your invitation to “Reunion in Bangkok” was declined. Too many letters", f"/events/{slug}/tell#invited")
    ]
    assert "Too many letters" in (await staff.get(f"/events/{slug}/tell")).text
    assert [(await second.post(f"{own}/{word}", json={})).status_code for word in ("confirm", "decline")] == [409, 409]
    assert (await unread(second), (await second.get("/api/v1/event-invitations")).json()) == (0, [])
    await cast.run_jobs()
    async with cast.running.database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(Invited)) == 0


async def test_who_counts_a_wide_one_reads_that_a_second_person_has_to_agree_before_she_asks(cast: Cast) -> None:
    await crowd(cast, 501)
    staff, cora = await cast.browser(await cast.staff()), await cast.browser(await cast.coordinator("TH"))
    slug = await published(cora)
    counted = {"country": "TH", "dry_run": "true"}
    wide = await staff.post(f"/events/{slug}/invitations", data=counted)
    assert ("Ask to invite them" in wide.text, "second person" in wide.text) == (True, True)
    narrow = await staff.post(f"/events/{slug}/invitations", data={**counted, "fiscal_years": "2017"})
    assert ("Ask to invite them" in narrow.text, "second person" in narrow.text) == (False, False)
    own = await cora.post(f"/events/{slug}/invitations", data=counted)
    assert (">Invite them<" in own.text, "second person" in own.text) == (True, False)


async def test_a_yes_reaches_who_asked_and_is_looked_at_by_nobody_any_more(cast: Cast) -> None:
    sachi = await cast.staff()
    staff, second = await cast.browser(sachi), await cast.browser(await cast.staff("Second Staff"))
    slug = await published(staff)
    async with cast.running.database.transaction() as session:
        event = (await session.scalars(select(Event))).one()
        made = InvitationRound(event_id=event.id, filters={}, persons=501, asked_by=sachi.id, waits=True)
        session.add(made)
        await session.flush()
    page = await second.post(f"/events/{slug}/invitations/{made.id}/confirm")
    assert (page.status_code, page.headers["location"]) == (303, "/desk/event-invitations?done=confirmed")
    sentence = "Your invitation to “Reunion in Bangkok” is confirmed and goes out."
    assert await bell(staff) == [(sentence, f"/events/{slug}/tell#invited")]
    await cast.run_jobs()
    assert "Sent" in (await staff.get(f"/events/{slug}/tell")).text


async def test_an_invitation_to_what_is_called_off_waits_for_nobody(cast: Cast) -> None:
    sachi = await cast.staff()
    staff, second = await cast.browser(sachi), await cast.browser(await cast.staff("Second Staff"))
    slug = await published(staff)
    async with cast.running.database.transaction() as session:
        event = (await session.scalars(select(Event))).one()
        made = InvitationRound(event_id=event.id, filters={}, persons=501, asked_by=sachi.id, waits=True)
        session.add(made)
        await session.flush()
    assert len((await second.get("/api/v1/event-invitations")).json()) == 1
    await staff.post(f"/api/v1/events/{slug}/cancel", json={"reason": "A storm."})
    assert (await second.get("/api/v1/event-invitations")).json() == []
    assert (await second.post(f"/api/v1/events/{slug}/invitations/{made.id}/confirm")).status_code == 409

"""An event from the draft to the day: who sees it, who may write it, and what cannot be written."""

from datetime import timedelta

import httpx

from ssc.core.clock import rfc3339
from ssc.events import jobs
from tests.cast import Cast
from tests.events.planning import later, plan, pointers, published


async def test_a_coordinator_drafts_publishes_and_cancels_her_reunion(cast: Cast) -> None:
    cora, visitor = await cast.browser(await cast.coordinator("TH")), cast.visitor()
    starts = later(days=30)
    made = await cora.post(
        "/api/v1/events",
        json=plan(
            theme="Science for all",
            description="Come **all**.",
            hosts=[{"name": "SSCAT", "kind": "chapter"}],
            agenda=[{"at": rfc3339(starts), "title": "Opening", "speaker": "Suda"}],
            questions=["What do you eat?"],
            capacity=100,
        ),
    )
    assert made.status_code == 201
    event = made.json()
    assert event == {
        "slug": "reunion-in-bangkok",
        "title": "Reunion in Bangkok",
        "theme": "Science for all",
        "summary": "",
        "country": "TH",
        "venue": "",
        "address": "",
        "latitude": None,
        "longitude": None,
        "online": False,
        "online_url": None,
        "starts_at": rfc3339(starts),
        "ends_at": rfc3339(starts + timedelta(hours=3)),
        "time_zone": "Asia/Bangkok",
        "hosts": [{"name": "SSCAT", "kind": "chapter"}],
        "capacity": 100,
        "guests_per_person": 1,
        "going": 0,
        "waitlisted": 0,
        "rsvp_closes_at": None,
        "audience": "public",
        "status": "draft",
        "description": "Come **all**.",
        "html": "<p>Come <strong>all</strong>.</p>\n",
        "agenda": [{"at": rfc3339(starts), "title": "Opening", "speaker": "Suda"}],
        "questions": [
            {
                "key": "q1",
                "label": "What do you eat?",
                "kind": "text",
                "choices": [],
                "required": False,
                "sensitive": False,
            }
        ],
        "organisers": [{"handle": "cora-coordinator", "name": "Cora Coordinator", "photo": None}],
        "places": "direct",
        "version": 1,
    }
    path = "/api/v1/events/reunion-in-bangkok"
    assert (await visitor.get(path)).status_code == 404
    assert (await cora.post(f"{path}/publish", json={})).json()["status"] == "published"
    seen = (await visitor.get(path)).json()
    assert (seen["status"], seen["organisers"], "version" in seen) == ("published", [], False)
    assert pointers(await cora.post(f"{path}/cancel", json={"reason": " "})) == ["/reason"]
    cancelled = (await cora.post(f"{path}/cancel", json={"reason": "A storm"})).json()
    assert (cancelled["status"], cancelled["cancel_reason"]) == ("cancelled", "A storm")
    assert (await cora.post(f"{path}/publish", json={})).status_code == 409
    assert (await cora.delete(path)).status_code == 409


async def test_who_is_no_organiser_finds_no_draft_and_changes_nothing(cast: Cast) -> None:
    cora = await cast.browser(await cast.coordinator("TH"))
    other = await cast.browser(await cast.coordinator("IN", "Indra Other"))
    member = await cast.browser(await cast.member("Mali Member"))
    staff = await cast.browser(await cast.staff())
    path = "/api/v1/events/" + (await cora.post("/api/v1/events", json=plan())).json()["slug"]
    assert [(await who.get(path)).status_code for who in (cora, staff, other, member)] == [200, 200, 404, 404]
    assert (await cora.post(f"{path}/publish")).status_code == 200
    changed = {"title": "Mine"}
    answers = [(await who.patch(path, json=changed)).status_code for who in (cast.visitor(), other, member, staff)]
    assert answers == [401, 403, 403, 200]
    assert [(await who.post("/api/v1/events", json=plan())).status_code for who in (member, other)] == [403, 403]
    assert (await other.post("/api/v1/events", json=plan(country="IN"))).status_code == 201


async def test_whoever_is_named_organises_too_and_an_office_ends_with_its_term(cast: Cast) -> None:
    cora, mali = await cast.coordinator("TH"), await cast.member("Mali Member")
    helper = await cast.browser(mali)
    path = "/api/v1/events/" + await published(await cast.browser(cora), organisers=["mali-member"])
    assert (await helper.patch(path, json={"theme": "Ours"})).json()["theme"] == "Ours"
    wrong = await helper.patch(path, json={"organisers": ["no-such-member"]})
    assert pointers(wrong) == ["/organisers"]
    async with cast.running.database.transaction() as session:
        await session.change("UPDATE role SET ends_on = '2020-05-01'", {})
    assert (await (await cast.browser(cora)).patch(path, json={"theme": "Mine"})).status_code == 403


async def test_whose_office_has_ended_is_organiser_of_nothing_to_come_and_leaves_its_thread_until_she_is_named(
    cast: Cast,
) -> None:
    former = await cast.coordinator("TH", "Fay Former")
    fay, anan = await cast.browser(former), await cast.browser(await cast.member("Anan A"))
    next_one = await cast.browser(await cast.coordinator("TH", "Suda Successor"))
    path = "/api/v1/events/" + await published(fay)
    over = "/api/v1/events/" + await published(fay, title="Long ago")
    await anan.put(f"{path}/rsvp", json={"status": "going"})
    await cast.run_jobs()

    async def shown(event: str = path) -> tuple[list[str], bool]:
        organisers = [one["name"] for one in (await anan.get(event)).json()["organisers"]]
        return organisers, "thread_id" in (await fay.get(event)).json()

    assert await shown() == (["Fay Former"], True)
    async with cast.running.database.transaction() as session:
        past = "UPDATE event SET starts_at = now() - interval '2 days', ends_at = now() - interval '1 day'"
        await session.change(f"{past} WHERE title = 'Long ago'", {})
        ended = "UPDATE role SET ends_on = '2020-05-01' WHERE member_id = %(member)s"
        await session.change(ended, {"member": former.id})
    await jobs.keep_in_office(cast.running)
    assert [await shown(), await shown(over)] == [([], False), (["Fay Former"], True)]
    assert (await next_one.patch(path, json={"organisers": ["fay-former"]})).status_code == 200
    await cast.run_jobs()
    await jobs.keep_in_office(cast.running)
    assert await shown() == (["Fay Former"], True)
    assert (await fay.patch(path, json={"theme": "Once more"})).status_code == 200


async def test_an_audience_sees_its_events_and_nobody_else_does(cast: Cast) -> None:
    cora = await cast.browser(await cast.coordinator("TH"))
    for title, audience in (("For all", "public"), ("For members", "members"), ("For the chapter", "chapter")):
        await published(cora, title=title, audience=audience)
    await cora.post("/api/v1/events", json=plan(title="Not yet"))
    people = {
        "visitor": cast.visitor(),
        "member": await cast.browser(await cast.member("Kenji Kenya", country="KE")),
        "chapter": await cast.browser(await cast.member("Mali Member")),
        "living there": await cast.browser(await cast.member("Lara Living", country="KE", lives_in="TH")),
        "coordinator": cora,
    }
    seen = {who: await titles(browser) for who, browser in people.items()}
    everything = ["For all", "For members", "For the chapter"]
    assert seen == {
        "visitor": ["For all"],
        "member": ["For all", "For members"],
        "chapter": everything,
        "living there": everything,
        "coordinator": everything,
    }
    assert [await titles(people[who], when="drafts") for who in ("chapter", "coordinator")] == [[], ["Not yet"]]
    assert [(await people[who].get("/api/v1/events/for-the-chapter")).status_code for who in people] == [
        404,
        404,
        200,
        200,
        200,
    ]


async def titles(browser: httpx.AsyncClient, **query: object) -> list[str]:
    """Through all pages of the list, two at a time."""
    found: list[str] = []
    cursor = None
    while True:
        params: dict[str, object] = {"limit": 2, **query, **({"cursor": cursor} if cursor else {})}
        page = (await browser.get("/api/v1/events", params=params)).raise_for_status().json()  # type: ignore[arg-type]
        found += [event["title"] for event in page["items"]]
        cursor = page["next"]
        if cursor is None:
            return sorted(found)


async def test_events_are_found_by_country_time_and_words(cast: Cast) -> None:
    staff = await cast.browser(await cast.staff())
    past = {"starts_at": rfc3339(later(days=-400)), "ends_at": rfc3339(later(days=-399))}
    await published(staff, title="A first meeting", **past)
    await published(staff, title="ホームカミング 2026", country="JP", online=True, venue="100%_real")
    await published(staff, title="Reunion in Bangkok", hosts=[{"name": "JST", "kind": "jst"}])
    visitor = cast.visitor()
    assert await titles(visitor) == ["A first meeting", "Reunion in Bangkok", "ホームカミング 2026"]
    assert await titles(visitor, when="past") == ["A first meeting"]
    assert await titles(visitor, when="upcoming") == ["Reunion in Bangkok", "ホームカミング 2026"]
    assert await titles(visitor, country="jp") == ["ホームカミング 2026"]
    assert await titles(visitor, online=False, when="upcoming") == ["Reunion in Bangkok"]
    assert await titles(visitor, q="jst bang") == ["Reunion in Bangkok"]
    assert await titles(visitor, q="ホーム") == ["ホームカミング 2026"]
    assert await titles(visitor, q="100%_") == ["ホームカミング 2026"]
    assert await titles(visitor, q="%") == ["ホームカミング 2026"]
    assert pointers(await visitor.get("/api/v1/events", params={"when": "never"})) == ["/when"]
    assert pointers(await visitor.get("/api/v1/events", params={"cursor": "x"})) == ["/cursor"]
    slugs = {event["slug"] for event in (await visitor.get("/api/v1/events")).json()["items"]}
    assert slugs == {"a-first-meeting", "reunion-in-bangkok", f"jp-{later(days=30):%Y-%m-%d}"}


async def test_what_no_event_can_be_is_refused_at_its_field(cast: Cast) -> None:
    cora = await cast.browser(await cast.coordinator("TH"))
    starts = later(days=30)
    for changed, pointer in (
        ({"ends_at": rfc3339(starts - timedelta(hours=1))}, "/ends_at"),
        ({"ends_at": rfc3339(starts)}, "/ends_at"),
        ({"time_zone": "Asia/Atlantis"}, "/time_zone"),
        ({"time_zone": "../../etc/passwd"}, "/time_zone"),
        ({"capacity": -1}, "/capacity"),
        ({"guests_per_person": 10_000}, "/guests_per_person"),
        ({"starts_at": "2026-12-05T18:00:00"}, "/starts_at"),
        ({"starts_at": "9999-12-31T23:59:59Z"}, "/starts_at"),
        ({"rsvp_closes_at": rfc3339(starts + timedelta(days=3))}, "/rsvp_closes_at"),
        ({"country": "XX"}, "/country"),
        ({"title": "​"}, "/title"),
        ({"online_url": "javascript:alert(1)"}, "/online_url"),
        ({"latitude": 13.7}, "/longitude"),
        ({"questions": [{"label": "Tea?", "kind": "choice", "choices": ["yes"]}]}, "/questions/0/choices"),
        ({"audience": "friends"}, "/audience"),
        ({"no_such": 1}, "/no_such"),
    ):
        assert pointers(await cora.post("/api/v1/events", json=plan(**changed))) == [pointer], changed
    missing = await cora.post("/api/v1/events", json={})
    assert pointers(missing) == ["/title", "/country", "/starts_at", "/ends_at", "/time_zone"]
    path = "/api/v1/events/" + await published(cora)
    moved = {"starts_at": rfc3339(later(days=-2)), "ends_at": rfc3339(later(days=-1))}
    assert pointers(await cora.patch(path, json=moved)) == ["/starts_at"]
    assert pointers(await cora.patch(path, json={"ends_at": rfc3339(later(days=1))})) == ["/ends_at"]


async def test_two_who_edit_at_once_lose_nothing(cast: Cast) -> None:
    """(case 62)"""
    cora, staff = await cast.browser(await cast.coordinator("TH")), await cast.browser(await cast.staff())
    made = (await cora.post("/api/v1/events", json=plan())).json()
    path, stamp = f"/api/v1/events/{made['slug']}", {"If-Match": f'"{made["version"]}"'}
    assert (await staff.patch(path, json={"theme": "First"}, headers=stamp)).status_code == 200
    late = await cora.patch(path, json={"theme": "Second"}, headers=stamp)
    assert (late.status_code, late.json()["type"]) == (409, "/problems/edited-meanwhile")
    assert (await cora.get(path)).json()["theme"] == "First"
    page = await cora.post(f"/events/{made['slug']}/edit", data={**form(), "version": "1"})
    assert (page.status_code, "Somebody changed this meanwhile" in page.text) == (422, True)


async def test_a_copy_keeps_the_words_and_moves_its_agenda(cast: Cast) -> None:
    cora = await cast.browser(await cast.coordinator("TH"))
    starts = later(days=30)
    agenda = [{"at": rfc3339(starts + timedelta(hours=1)), "title": "Talk", "speaker": ""}]
    slug = await published(cora, theme="Science", agenda=agenda, capacity=20)
    copied = await cora.post(f"/api/v1/events/{slug}/copy")
    assert copied.status_code == 201
    event = copied.json()
    assert (event["slug"], event["status"], event["theme"], event["capacity"]) == (f"{slug}-2", "draft", "Science", 20)
    assert event["starts_at"] == rfc3339(starts + timedelta(days=364))
    assert event["agenda"][0]["at"] == rfc3339(starts + timedelta(days=364, hours=1))
    moved = await cora.patch(
        f"/api/v1/events/{event['slug']}", json={"starts_at": rfc3339(starts + timedelta(days=363))}
    )
    assert moved.json()["agenda"][0]["at"] == rfc3339(starts + timedelta(days=363, hours=1))
    assert (await cora.delete(f"/api/v1/events/{event['slug']}")).status_code == 204
    assert (await cora.get(f"/api/v1/events/{event['slug']}")).status_code == 404


def form(**changed: object) -> dict[str, object]:
    """What the page's form sends."""
    return {
        "title": "Reunion in Kathmandu",
        "country": "TH",
        "starts_at": "2030-03-01T18:00",
        "ends_at": "2030-03-01T21:00",
        "time_zone": "Asia/Kathmandu",
        "audience": "public",
        "guests_per_person": "2",
        "places": "direct",
        **changed,
    }


async def test_the_page_takes_clocks_without_a_zone_and_says_what_is_wrong_at_the_field(cast: Cast) -> None:
    cora = await cast.browser(await cast.coordinator("TH"))
    assert (await cora.get("/events/new")).status_code == 200
    sent = form(
        agenda="18:30 | Opening | Dr Siti\n2030-03-02 09:00 | Visit",
        host_name=["SSCAT", ""],
        host_kind=["chapter", "jst"],
        question_label=["Tea?"],
        question_kind=["choice"],
        question_choices=["green, black"],
        question_need=["required"],
        question_eyes=["sensitive"],
        question_key=[""],
    )
    made = await cora.post("/events", data=sent)
    assert (made.status_code, made.headers["location"]) == (303, "/events/reunion-in-kathmandu")
    event = (await cora.get("/api/v1/events/reunion-in-kathmandu")).json()
    assert (event["starts_at"], event["guests_per_person"]) == ("2030-03-01T12:15:00Z", 2)
    assert event["hosts"] == [{"name": "SSCAT", "kind": "chapter"}]
    assert event["agenda"] == [
        {"at": "2030-03-01T12:45:00Z", "title": "Opening", "speaker": "Dr Siti"},
        {"at": "2030-03-02T03:15:00Z", "title": "Visit", "speaker": ""},
    ]
    assert event["questions"][0] == {
        "key": "q1",
        "label": "Tea?",
        "kind": "choice",
        "choices": ["green", "black"],
        "required": True,
        "sensitive": True,
    }
    edit = await cora.get("/events/reunion-in-kathmandu/edit")
    assert 'value="2030-03-01T18:00"' in edit.text
    assert "18:30 | Opening | Dr Siti\n2030-03-02 09:00 | Visit" in edit.text
    gap = form(time_zone="Europe/Berlin", starts_at="2030-03-31T02:30", ends_at="2030-03-31T05:00")
    refused = await cora.post("/events", data=gap)
    assert (refused.status_code, "this hour does not exist" in refused.text) == (422, True)
    for wrong in (form(starts_at="soon"), form(agenda="later | Talk"), form(title=""), form(time_zone="x")):
        assert (await cora.post("/events", data=wrong)).status_code == 422


async def test_a_page_shows_three_clocks_and_a_visitors_copy_is_kept_until_it_changes(cast: Cast) -> None:
    cora = await cast.browser(await cast.coordinator("TH"))
    await cora.post("/events", data=form(address="Durbar Marg", venue="Hotel"))
    await cora.post("/events/reunion-in-kathmandu/publish")
    theirs = await cast.browser(await cast.member("Kenji Kenya", country="KE", time_zone="Africa/Nairobi"))
    page = (await theirs.get("/events/reunion-in-kathmandu")).text
    hours = ("18:00 – 21:00", "15:15 – 18:15", "21:15 – 2 Mar 2030, 00:15")
    assert [one in page for one in (*hours, "GMT+05:45", "geo:0,0?q=Hotel")] == [True] * 5
    visitor = cast.visitor()
    first = await visitor.get("/events/reunion-in-kathmandu")
    assert (first.status_code, "Cancel the event" in first.text) == (200, False)
    assert (await visitor.get("/events")).text.count("Reunion in Kathmandu") == 1
    await cora.patch("/api/v1/events/reunion-in-kathmandu", json={"title": "Reunion in Nepal"})
    assert "Reunion in Nepal" in (await visitor.get("/events/reunion-in-kathmandu")).text
    assert (await visitor.get("/events")).text.count("Reunion in Nepal") == 1

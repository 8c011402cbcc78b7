"""Events in calendars: read alike by two parsers that know nothing of each other, saying no more than is meant."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject

from ssc.core import ids
from ssc.core.config import Settings
from ssc.events.calendars import Entry, file_of
from ssc.events.models import Event
from tests.cast import Cast
from tests.events.planning import published


def event(**columns: object) -> Event:
    starts = datetime(2027, 3, 27, 17, 30, tzinfo=UTC)
    values = {"starts_at": starts, "ends_at": starts + timedelta(hours=9), "time_zone": "Europe/Berlin"}
    plain = {"title": "Reunion", "slug": "reunion", "venue": "", "address": "", "summary": "", "sequence": 2}
    dates = {"updated_at": starts - timedelta(days=60), "cancel_reason": "", "online": False}
    return Event(**{"id": ids.new(), **values, **plain, **dates, **columns})


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Asia/Tokyo", "Australia/Lord_Howe", "UTC"]
)
def test_two_parsers_read_the_same_instants_in_every_zone(zone: str, settings: Settings) -> None:
    """The event in Berlin ends after its clocks were put forward; Lord Howe's are moved by half an hour."""
    one = event(time_zone=zone)
    content = file_of(settings, [Entry(one)], "A calendar")
    assert content == content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    calendar = icalendar.Calendar.from_ical(content)
    assert [component.errors for component in calendar.walk() if component.errors] == []
    (first,) = calendar.walk("VEVENT")
    second = vobject.readOne(content.decode()).vevent
    for read in ((first.decoded("DTSTART"), first.decoded("DTEND")), (second.dtstart.value, second.dtend.value)):
        assert [at.astimezone(UTC) for at in read] == [one.starts_at, one.ends_at]
    described = [str(part["TZID"]) for part in calendar.walk("VTIMEZONE")]
    assert described == ([] if zone == "UTC" else [zone])
    for part in calendar.walk("VTIMEZONE"):
        assert isinstance(part, icalendar.Timezone)
        theirs = part.to_tz(lookup_tzid=False)
        for days in range(-300, 300, 7):
            at = one.starts_at + timedelta(days=days)
            wall = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
            assert wall.replace(tzinfo=theirs).utcoffset() == wall.replace(tzinfo=ZoneInfo(zone)).utcoffset()


def test_no_text_adds_a_property_and_lines_fold_between_characters(settings: Settings) -> None:
    """(case 53)"""
    wicked = 'A "B"; C, D\\E\r\nATTACH:http://evil.example\nEND:VEVENT\rX'
    long = "桜" * 60 + "é" * 60 + "🌸" * 30
    content = file_of(settings, [Entry(event(title=wicked, venue=long, summary=wicked * 2))], wicked)
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # no character is cut
    assert b"\n" not in content.replace(b"\r\n", b"")
    (read,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert str(read["SUMMARY"]) == wicked.replace("\r\n", "\n").replace("\r", "\n")
    assert (str(read["LOCATION"]), "ATTACH" in read) == (long, False)
    assert vobject.readOne(content.decode()).vevent.location.value == long


async def test_an_event_keeps_its_name_in_calendars_while_it_moves_and_when_it_is_cancelled(cast: Cast) -> None:
    cora = await cast.browser(await cast.coordinator("TH"))
    slug = await published(cora, latitude=13.74, longitude=100.55)
    visitor = cast.visitor()
    first = await visitor.get(f"/events/{slug}.ics")
    assert first.headers["content-type"] == "text/calendar; charset=utf-8"
    known = {"If-None-Match": first.headers["etag"]}
    assert (await visitor.get(f"/api/v1/events/{slug}.ics", headers=known)).status_code == 304
    await cora.patch(f"/api/v1/events/{slug}", json={"venue": "The embassy"})
    second = icalendar.Calendar.from_ical((await visitor.get(f"/events/{slug}.ics")).content).walk("VEVENT")[0]
    await cora.post(f"/api/v1/events/{slug}/cancel", json={"reason": "A storm"})
    third = icalendar.Calendar.from_ical((await visitor.get(f"/events/{slug}.ics")).content).walk("VEVENT")[0]
    before = icalendar.Calendar.from_ical(first.content).walk("VEVENT")[0]
    assert {str(one["UID"]) for one in (before, second, third)} == {str(before["UID"])}
    assert [one["SEQUENCE"] for one in (before, second, third)] == [0, 1, 2]
    assert [str(one["STATUS"]) for one in (before, second, third)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    draft = (await cora.post(f"/api/v1/events/{slug}/copy")).json()["slug"]
    assert [(await who.get(f"/events/{draft}.ics")).status_code for who in (visitor, cora)] == [404, 404]


async def test_a_members_calendar_has_a_secret_address_that_can_be_renewed(cast: Cast) -> None:
    cora, mali = await cast.browser(await cast.coordinator("TH")), await cast.browser(await cast.member("Mali Member"))
    coming = {"audience": "members", "online": True, "online_url": "https://meet.example.org/x"}
    slugs = [await published(cora, title=title, **coming) for title in ("Going", "Perhaps", "Not at all", "Off")]
    for slug, status in zip(slugs, ("going", "maybe", "declined", "going"), strict=True):
        await mali.put(f"/api/v1/events/{slug}/rsvp", json={"status": status})
    await cora.post(f"/api/v1/events/{slugs[3]}/cancel", json={"reason": "A storm"})
    assert (await cast.visitor().post("/api/v1/me/calendar")).status_code == 401
    address = (await mali.post("/api/v1/me/calendar")).json()["url"]
    visitor = cast.visitor()
    answer = await visitor.get(address)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "private, no-store")
    read = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert {str(one["SUMMARY"]): str(one["STATUS"]) for one in read} == {
        "Going": "CONFIRMED",
        "Perhaps": "TENTATIVE",
        "Off": "CANCELLED",
    }
    assert {str(one["SUMMARY"]) for one in read if "https://meet" in one.get("DESCRIPTION", "")} == {"Going", "Off"}
    assert 'question="Make a new address?"' in (await mali.get("/me/calendar")).text  # it would end the one in use
    renewed = await mali.post("/me/calendar")
    assert (renewed.status_code, "It is shown only now." in renewed.text) == (200, True)
    assert (await visitor.get(address)).status_code == 404
    assert (await mali.post("/me/calendar/end")).status_code == 303
    assert (await visitor.get("/calendar/no-such-secret.ics")).status_code == 404

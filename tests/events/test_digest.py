"""A digest tells of events near its reader, her chapter's too, and of no others."""

from datetime import timedelta

from ssc.core import clock, mail
from ssc.notifications import jobs
from tests.cast import Cast
from tests.events.planning import published

LONG_AGO = timedelta(days=-400)


async def test_events_to_come_near_one_are_in_ones_digest(cast: Cast) -> None:
    anan, kenyan, here, answered = [
        await cast.member(name, country=country, joined_at=clock.now() + LONG_AGO)
        for name, country in (("Anan Suda", "TH"), ("Ken Ya", "KE"), ("Here Now", "TH"), ("Ann Swered", "TH"))
    ]
    await cast.browser(here)
    organiser = await cast.browser(await cast.coordinator("TH"))
    chapters = await published(organiser, title="Tea of the chapter", audience="chapter")
    both = await published(organiser, title="Reunion in Bangkok")
    cancelled = await published(organiser, title="Cancelled")
    assert (await organiser.post(f"/api/v1/events/{cancelled}/cancel", json={"reason": "rain"})).status_code == 200
    async with await cast.browser(answered) as browser:
        for slug in (chapters, both):
            answer = await browser.put(f"/api/v1/events/{slug}/rsvp", json={"status": "going", "guests": 0})
            assert answer.status_code == 200, answer.text
    await jobs.digest(cast.running)
    await mail.deliver(cast.running)
    letters = {letter.to: letter for letter in cast.letters() if "missed in" in letter.subject}
    assert set(letters) == {"anan-suda@example.org"}
    [letter] = letters.values()
    assert letter.subject == "2 things you have missed in the Sakura Science Club"
    section = letter.text.partition("Events near you")[2]
    assert f"http://localhost:8000/events/{chapters}" in section
    assert f"http://localhost:8000/events/{both}" in section
    assert "(Bangkok)" in section
    assert "Cancelled" not in letter.text
    assert "Events near you" in letter.html
    assert (anan.id != kenyan.id, len(cast.letters()) >= 1) == (True, True)
    with clock.shifted(timedelta(days=15)):
        await jobs.digest(cast.running)
        await mail.deliver(cast.running)
    assert [one.to for one in cast.letters() if "missed in" in one.subject] == ["anan-suda@example.org"]

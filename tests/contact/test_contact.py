"""Writing to the secretariat: who may, how often, and what becomes of it."""

from datetime import timedelta

from sqlalchemy import select

from ssc.app import create_app
from ssc.contact import actions
from ssc.contact.models import ContactMessage
from ssc.core import clock
from ssc.core.config import Settings
from ssc.core.process import opened
from tests.cast import Cast

WORDS = {"name": "Wanjiru 花子", "email": "Wanjiru@example.org", "topic": "Course D", "message": "When?\nAnd how?"}


async def test_a_visitor_writes_staff_are_told_and_answer(cast: Cast) -> None:
    staff = await cast.staff()
    async with cast.visitor(**{"accept-language": "ja"}) as visitor, await cast.browser(staff) as desk:
        assert (await visitor.post("/api/v1/contact", json=WORDS)).status_code == 202
        assert cast.letters() == []
        (queued,) = (await desk.get("/api/v1/desk/queue")).json()["items"]
        assert (queued["kind"], queued["count"]) == ("contact", 1)
        (notice,) = (await desk.get("/api/v1/notifications")).json()["items"]
        assert (notice["url"], notice["text"]) == ("/desk/contact", "A message to the secretariat waits for an answer")
        assert "And how?" in (await desk.get("/desk/contact")).text
        (waiting,) = (await desk.get("/api/v1/contact-messages")).json()["items"]
        answer = f"/api/v1/contact-messages/{waiting['id']}/answer"
        told = (await desk.post(answer, json={"answer": "In September."})).json()
        again = await desk.post(answer, json={"answer": "In September."})
        closed = await desk.get("/desk/contact?state=closed")
        assert (await desk.get("/api/v1/desk/queue")).json()["items"] == []
    assert (told["state"], again.status_code) == ("answered", 409)
    assert "In September." in closed.text
    await cast.run_jobs()
    (letter,) = cast.letters()
    assert (letter.to, letter.language) == ("Wanjiru@example.org", "ja")
    assert "In September." in letter.text and "> When?" in letter.text


async def test_a_page_takes_it_too_and_says_what_is_wrong_at_its_field(cast: Cast) -> None:
    async with cast.visitor() as browser:
        wrong = await browser.post("/contact", data={**WORDS, "email": "nobody"})
        right = await browser.post("/contact", data=WORDS)
    assert wrong.status_code == 422 and "This is not an address that mail can reach" in wrong.text
    assert "Wanjiru 花子" in wrong.text
    assert right.status_code == 202 and "Your message is with us" in right.text


async def test_no_line_break_in_a_topic_becomes_a_header(cast: Cast) -> None:
    """(case 54)"""
    odd = {**WORDS, "topic": "Hello\r\nBcc: all@example.org", "name": "A {{7*7}}\nB", "message": "{{7*7}} <b>"}
    async with cast.visitor() as visitor, await cast.browser(await cast.staff()) as desk:
        assert (await visitor.post("/api/v1/contact", json=odd)).status_code == 202
        (waiting,) = (await desk.get("/api/v1/contact-messages")).json()["items"]
        assert waiting["topic"] == "Hello Bcc: all@example.org" and waiting["name"] == "A {{7*7}} B"
        await desk.post(f"/desk/contact/{waiting['id']}/answer", data={"answer": "Yes <i>"})
    await cast.run_jobs()
    (letter,) = cast.letters()
    assert letter.subject == "The secretariat's answer: Hello Bcc: all@example.org"
    assert "Yes &lt;i&gt;" in letter.html and "{{7*7}}" in letter.text


async def test_three_messages_an_hour_come_from_one_network(settings: Settings) -> None:
    limited = settings.model_copy(update={"limits": "on"})
    async with opened(limited, pool_size=4) as running:
        cast = Cast(create_app(limited, running), running)
        async with cast.visitor(address="2001:db8::1") as one, cast.visitor(address="2001:db8::2") as neighbour:
            said = [(await one.post("/api/v1/contact", json=WORDS)).status_code for _ in range(3)]
            more = await neighbour.post("/contact", data=WORDS)
        async with cast.visitor(address="198.51.100.7") as another:
            elsewhere = await another.post("/api/v1/contact", json=WORDS)
    assert (said, more.status_code, elsewhere.status_code) == ([202] * 3, 429, 202)
    assert int(more.headers["retry-after"]) > 0


async def test_closed_messages_are_forgotten_after_half_a_year(cast: Cast) -> None:
    async with cast.running.database.transaction() as session:
        old, new, waiting = (ContactMessage(language="en", **WORDS) for _ in range(3))
        old.closed_at = clock.now() - timedelta(days=181)
        new.closed_at = clock.now() - timedelta(days=179)
        session.add_all([old, new, waiting])
        await session.flush()
        await actions.forget(session)
        assert {row.id for row in await session.scalars(select(ContactMessage))} == {new.id, waiting.id}

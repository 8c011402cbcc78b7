"""The mail log: what became of letters, without what they said; and sending again."""

import pytest
from sqlalchemy import update

from ssc.core import clock, ids, mail
from ssc.core.mail import Letter, OutgoingLetter
from tests.cast import Cast

API = "/api/v1/mail-log"


async def letter(cast: Cast, to: str, state: str = "queued", text: str = "A secret") -> str:
    async with cast.running.database.transaction() as session:
        made = await mail.send(session, Letter(to, "test.greeting", "Private title", text, text, "en"))
        if state != "queued":
            kept = {"text": text if state in ("failed", "unsure") else "", "sent_at": clock.now()}
            await session.execute(update(OutgoingLetter).where(OutgoingLetter.id == made).values(state=state, **kept))
    return str(made)


async def test_the_log_says_to_whom_of_what_kind_and_what_became_of_it(cast: Cast) -> None:
    await letter(cast, "a@example.org", "sent")
    await letter(cast, "b@example.org", "bounced")
    newest = await letter(cast, "c@example.org")
    async with await cast.browser(await cast.staff()) as staff:
        items = (await staff.get(API)).raise_for_status().json()["items"]
        assert [(item["to"], item["kind"], item["state"]) for item in items] == [
            ("c@example.org", "test.greeting", "queued"),
            ("b@example.org", "test.greeting", "bounced"),
            ("a@example.org", "test.greeting", "sent"),
        ]
        assert items[0]["id"] == newest
        for filters, found in (
            ({"state": "trouble"}, "b"),
            ({"state": "waiting"}, "c"),
            ({"to": "A@example.org"}, "a"),
            ({"limit": "2"}, "cb"),
        ):
            part = (await staff.get(API, params=filters)).json()["items"]
            assert "".join(item["to"][0] for item in part) == found
        page = (await staff.get("/desk/mail-log")).text.partition("<main")[2]
        assert ("a@example.org" in page, "Private" in page, "secret" in page) == (True, False, False)
        for answer in (await staff.get(API), await staff.get("/desk/mail-log")):
            assert "Private" not in answer.text


@pytest.mark.parametrize(("state", "status"), [("failed", 200), ("unsure", 200), ("sent", 409), ("bounced", 409)])
async def test_only_what_did_not_surely_arrive_is_sent_again(cast: Cast, state: str, status: int) -> None:
    made = await letter(cast, "a@example.org", state)
    async with await cast.browser(await cast.staff()) as staff:
        assert (f"/desk/mail-log/{made}/resend" in (await staff.get("/desk/mail-log")).text) == (status == 200)
        answer = await staff.post(f"{API}/{made}/resend")
        assert answer.status_code == status, answer.text
        await cast.run_jobs()
        assert [sent.to for sent in cast.letters()] == (["a@example.org"] if status == 200 else [])
        assert (await staff.post(f"{API}/{made}/resend")).status_code == 409
        for nothing in (ids.new(), "nonsense"):
            assert (await staff.post(f"{API}/{nothing}/resend")).status_code == 404


async def test_what_has_forgotten_words_or_goes_to_a_bouncing_address_is_not_sent_again(cast: Cast) -> None:
    blank, bouncing = await letter(cast, "a@example.org", "failed", ""), await letter(cast, "b@example.org", "failed")
    async with cast.running.database.transaction() as session:
        for _bounce in range(2):
            await mail.record_bounce(session, "b@example.org", hard=True)
    async with await cast.browser(await cast.staff()) as staff:
        for made, why in ((blank, "forgotten"), (bouncing, "coming back")):
            answer = await staff.post(f"{API}/{made}/resend")
            assert (answer.status_code, why in answer.json()["detail"]) == (409, True)

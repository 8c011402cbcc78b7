"""Visitors ask the author: confirmed, screened, delivered without addresses, answered; and forgotten."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from ssc.core import clock
from ssc.core.config import Settings
from ssc.stories.actions import questions
from tests.cast import Cast, Sent
from tests.stories.tales import begun, published

pytestmark = pytest.mark.anyio

ASKED = {"name": "Vera", "email": "vera@example.org", "question": "Was it cold?"}


async def letter_to(cast: Cast, address: str) -> Sent:
    await cast.run_jobs()
    return [one for one in cast.letters() if one.to == address][-1]


def token_of(letter: Sent) -> str:
    (link,) = [one for one in letter.links if "/questions/" in one]
    return httpx.URL(link).path.removeprefix("/questions/")


@pytest.fixture
async def story(cast: Cast) -> dict[str, Any]:
    """A public story, and who has to do with it."""
    editor = await cast.browser(await cast.holder("Emi Editor", "editor", country="JP"))
    anan = await cast.member("Anan Author")
    slug = await published(cast, anan, editor)
    moderator = await cast.browser(await cast.holder("Mo Moderator", "moderator"))
    return {"slug": slug, "author": await cast.browser(anan), "editor": editor, "moderator": moderator}


async def test_a_question_reaches_the_author_by_way_of_the_mailbox_and_a_moderator_and_its_answer_all(
    cast: Cast, story: dict[str, Any]
) -> None:
    visitor, author, moderator, slug = cast.visitor(), story["author"], story["moderator"], story["slug"]
    page = await visitor.post(f"/stories/{slug}/questions", data=ASKED)
    assert page.status_code == 200 and "Look into your mailbox" in page.text
    assert (await moderator.get("/api/v1/desk/questions")).json() == []  # nobody reads what is not proven
    token = token_of(await letter_to(cast, "vera@example.org"))
    assert "Was it cold?" in (await visitor.get(f"/questions/{token}")).text
    assert (await visitor.post(f"/questions/{token}")).status_code == 200
    assert (await visitor.post(f"/api/v1/questions/{token}/confirm")).status_code == 410
    assert (await author.get("/api/v1/me/questions")).json() == []
    (waiting,) = (await moderator.get("/api/v1/desk/questions")).json()
    assert "vera@" not in str(waiting) and "Was it cold?" in (await moderator.get("/desk/questions")).text
    early = await author.post(f"/api/v1/questions/{waiting['id']}/answer", json={"answer": "Yes"})
    assert early.status_code == 404
    passed = await moderator.post(f"/api/v1/questions/{waiting['id']}/decision", json={"deliver": True})
    assert passed.status_code == 200
    again = await moderator.post(f"/api/v1/questions/{waiting['id']}/decision", json={"deliver": False})
    assert again.status_code == 409
    (asked,) = (await author.get("/api/v1/me/questions")).json()
    assert (asked["question"], asked["name"]) == ("Was it cold?", "Vera") and "vera@" not in str(asked)
    answer = {"answer": "Very. **Bring** a coat.", "public": "true"}
    assert (await author.post(f"/me/questions/{asked['id']}/answer", data=answer)).status_code == 303
    letter = await letter_to(cast, "vera@example.org")
    assert "Bring" in letter.text and "anan-author@" not in letter.text + letter.html
    shown = (await visitor.get(f"/api/v1/stories/{slug}")).json()["questions"]
    assert [(one["name"], one["question"], one["html"]) for one in shown] == [
        ("Vera", "Was it cold?", "<p>Very. <strong>Bring</strong> a coat.</p>\n")
    ]
    assert "Was it cold?" in (await visitor.get(f"/stories/{slug}")).text
    assert (await author.delete(f"/api/v1/questions/{asked['id']}/answer")).status_code == 204
    assert "Was it cold?" not in (await visitor.get(f"/stories/{slug}")).text


async def test_a_declined_question_is_told_to_who_asked_and_a_private_answer_stays_off_the_page(
    cast: Cast, story: dict[str, Any]
) -> None:
    visitor, author, moderator, slug = cast.visitor(), story["author"], story["moderator"], story["slug"]
    for name, deliver in (("Rude", False), ("Vera", True)):
        body = {**ASKED, "name": name, "email": f"{name.lower()}@example.org"}
        assert (await visitor.post(f"/api/v1/stories/{slug}/questions", json=body)).status_code == 202
        token = token_of(await letter_to(cast, body["email"]))
        assert (await visitor.post(f"/api/v1/questions/{token}/confirm")).status_code == 204
        (waiting,) = (await moderator.get("/api/v1/desk/questions")).json()
        assert (
            await author.post(f"/api/v1/questions/{waiting['id']}/decision", json={"deliver": True})
        ).status_code == 403
        await moderator.post(f"/desk/questions/{waiting['id']}/decision", data={"deliver": str(deliver).lower()})
    assert "has not passed on" in (await letter_to(cast, "rude@example.org")).text
    (asked,) = (await author.get("/api/v1/me/questions")).json()
    assert asked["name"] == "Vera"
    assert (await author.post(f"/api/v1/questions/{asked['id']}/answer", json={"answer": "Yes."})).status_code == 200
    twice = await author.post(f"/api/v1/questions/{asked['id']}/answer", json={"answer": "No."})
    assert twice.status_code == 409
    assert "Yes." in (await letter_to(cast, "vera@example.org")).text
    assert (await visitor.get(f"/api/v1/stories/{slug}")).json()["questions"] == []


async def test_no_question_goes_where_nobody_reads_a_story_or_its_author_wants_none(
    cast: Cast, story: dict[str, Any]
) -> None:
    author, hidden = await begun(cast, await cast.member("Olga Other"), title="Hidden")
    for client in (cast.visitor(), author):
        assert (await client.post(f"/api/v1/stories/{hidden}/questions", json=ASKED)).status_code == 404
    silent = await story["editor"].patch(f"/api/v1/stories/{story['slug']}", json={"takes_questions": False})
    assert silent.status_code == 200
    assert (await cast.visitor().post(f"/api/v1/stories/{story['slug']}/questions", json=ASKED)).status_code == 409
    assert 'name="question"' not in (await cast.visitor().get(f"/stories/{story['slug']}")).text
    wrong = {**ASKED, "email": "no address", "question": " "}
    assert (await cast.visitor().post(f"/stories/{story['slug']}/questions", data=wrong)).status_code == 422


async def test_what_nobody_confirmed_is_forgotten_and_an_address_is_not_kept_for_ever(
    cast: Cast, story: dict[str, Any]
) -> None:
    visitor, slug = cast.visitor(), story["slug"]
    assert (await visitor.post(f"/api/v1/stories/{slug}/questions", json=ASKED)).status_code == 202
    token = token_of(await letter_to(cast, "vera@example.org"))
    async with cast.running.database.transaction() as session:
        await questions.sweep(session, clock.now() + timedelta(hours=47))
    assert (await visitor.get(f"/questions/{token}")).status_code == 200
    async with cast.running.database.transaction() as session:
        await questions.sweep(session, clock.now() + timedelta(hours=49))
    assert (await visitor.get(f"/questions/{token}")).status_code == 404


class TestLimits:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"limits": "on"})

    async def test_a_network_asks_three_times_an_hour_and_an_address_thrice_a_day(
        self, cast: Cast, story: dict[str, Any]
    ) -> None:
        """(case 57)"""

        async def ask(network: str, email: str) -> int:
            body = {**ASKED, "email": email}
            client = cast.visitor(address=network)
            return (await client.post(f"/api/v1/stories/{story['slug']}/questions", json=body)).status_code

        assert [await ask("192.0.2.1", f"v{n}@example.org") for n in range(4)] == [202, 202, 202, 429]
        assert [await ask(f"192.0.2.{n}", "vera@example.org") for n in range(11, 15)] == [202, 202, 202, 429]

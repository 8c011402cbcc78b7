"""Photos and the consent of those in them: nothing is shown without it, and all goes when it is taken back."""

import asyncio
import io
from datetime import date

import httpx
import pytest
from PIL import Image
from sqlalchemy import text

from ssc.core.errors import Problem
from ssc.core.process import Process
from ssc.people.models import Member
from ssc.people.viewer import Viewer
from ssc.stories.actions import consents, photos, stages
from ssc.stories.forms import ConsentBody, PhotoWords
from ssc.stories.queries import reach, work
from ssc.stories.reporting import STORY
from tests.cast import Cast
from tests.core.live.hearing import until
from tests.statements import WAITING
from tests.stories.tales import begun, slugs

pytestmark = pytest.mark.anyio


def photo() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (900, 600), "seagreen").save(file, "JPEG")
    return file.getvalue()


async def add(browser: httpx.AsyncClient, slug: str, alt: str, **words: str) -> httpx.Response:
    files = {"file": ("IMG_1.jpg", photo(), "image/jpeg")}
    return await browser.post(f"/api/v1/stories/{slug}/photos", files=files, data={"alt": alt, **words})


async def agree(browser: httpx.AsyncClient, slug: str, **about: object) -> httpx.Response:
    body = {"person": "Aiko", "scopes": ["site"], "given_on": "2025-01-10", **about}
    return await browser.post(f"/api/v1/stories/{slug}/consents", json=body)


@pytest.fixture
async def editor(cast: Cast) -> httpx.AsyncClient:
    return await cast.browser(await cast.holder("Emi Editor", "editor", country="JP"))


@pytest.fixture
async def anan(cast: Cast) -> Member:
    return await cast.member("Anan Author")


async def test_a_photo_of_people_is_public_by_their_consent_and_gone_at_once_when_it_is_taken_back(
    cast: Cast, anan: Member, editor: httpx.AsyncClient
) -> None:
    """(case 51: its address too)"""
    author, slug = await begun(cast, anan)
    of_aiko = (await add(author, slug, "Aiko at the microscope")).json()
    of_hills = (await add(author, slug, "Hills", caption="The way up", shows_people="false")).json()
    body = f"Before ![Aiko at the microscope](picture:{of_aiko['id']}) after ![Hills](picture:{of_hills['id']})"
    assert (await author.patch(f"/api/v1/stories/{slug}", json={"body": body})).status_code == 200
    refused = await author.post(f"/api/v1/stories/{slug}/submit")
    assert (refused.status_code, (await author.get(f"/api/v1/stories/{slug}")).json()["missing_consents"]) == (
        409,
        [of_aiko["id"]],
    )
    recorded = (await agree(author, slug, photo=of_aiko["id"])).json()
    assert (recorded["how"], recorded["scopes"]) == ("pictured", ["site"])
    assert (await author.post(f"/api/v1/stories/{slug}/submit")).status_code == 200
    visitor, address = cast.visitor(), of_aiko["files"]["480"]
    assert (await visitor.get(address)).status_code == 404
    assert (await editor.get(address)).status_code == 200
    assert (await editor.post(f"/api/v1/stories/{slug}/publish")).status_code == 200

    pages = (f"/stories/{slug}", "/stories", "/stories/feed.atom", "/stories/feed.json", f"/api/v1/stories/{slug}")
    shown = await visitor.get(address)
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/webp")
    assert shown.headers["cache-control"] == "public, no-cache"
    for page in pages:
        assert of_aiko["id"] in (await visitor.get(page)).text, page

    way_back = httpx.URL(recorded["revoke_at"]).path
    assert (await visitor.post(way_back, headers={"origin": "https://evil.example"})).status_code == 403
    assert (await visitor.post(f"/api/v1{way_back}/revoke")).status_code == 204
    assert (await visitor.get(address)).status_code == 404
    assert (await visitor.get(address, headers={"If-None-Match": shown.headers["etag"]})).status_code == 404
    for page in pages:
        text = (await visitor.get(page)).text
        assert of_aiko["id"] not in text and "Aiko" not in text, page
    assert of_hills["id"] in (await visitor.get(f"/stories/{slug}")).text
    assert await cast.running.blobs.get(f"writing/{of_aiko['id']}/480.webp") is None
    for client in (author, editor):
        assert (await client.get(address)).status_code == 404
    assert (await visitor.post(f"/api/v1{way_back}/revoke")).status_code == 204
    assert [step["kind"] for step in (await editor.get(f"/api/v1/stories/{slug}/steps")).json()] == [
        "submit",
        "publish",
    ]


async def test_a_member_who_is_quoted_is_told_and_her_word_takes_the_story_down(
    cast: Cast, anan: Member, editor: httpx.AsyncClient
) -> None:
    aiko_ = await cast.member("Aiko Quoted", country="JP")
    aiko = await cast.browser(aiko_)
    author, slug = await begun(cast, anan)
    assert (await agree(author, slug, member="aiko-quoted", scopes=["magazine"])).status_code == 201
    assert (await author.post(f"/api/v1/stories/{slug}/submit")).status_code == 409  # not for the site
    for_the_site = (await agree(author, slug, member="aiko-quoted", scopes=["site", "print"])).json()
    ((wrong,),) = ([c for c in (await aiko.get("/api/v1/me/consents")).json() if c["scopes"] == ["magazine"]],)
    assert (await aiko.delete(f"/api/v1/consents/{wrong['id']}")).status_code == 204
    assert (await author.post(f"/api/v1/stories/{slug}/submit")).status_code == 200
    assert (await editor.post(f"/api/v1/stories/{slug}/publish")).status_code == 200
    texts = [one["text"] for one in (await aiko.get("/api/v1/notifications")).json()["items"]]
    assert texts[0].startswith("It is recorded that you agreed")
    stranger = await cast.browser(await cast.member("Sam Stranger"))
    assert (await stranger.delete(f"/api/v1/consents/{for_the_site['id']}")).status_code == 404
    visitor = cast.visitor()
    assert await slugs(visitor) == [slug]
    assert (await visitor.get(f"/stories/{slug}")).status_code == 200
    assert (await aiko.delete(f"/api/v1/consents/{for_the_site['id']}")).status_code == 204
    assert await slugs(visitor) == []
    assert (await visitor.get(f"/stories/{slug}")).status_code == 404
    told = (await author.get("/api/v1/notifications")).json()["items"][0]["text"]
    assert told.startswith("Somebody in your story “A week of robots”")


async def test_who_has_only_an_address_gets_a_letter_with_the_way_back_and_the_address_is_not_kept(
    cast: Cast, anan: Member
) -> None:
    author, slug = await begun(cast, anan)
    assert (await agree(author, slug, email="aiko@example.org", under_age=True)).status_code == 422  # by whose word?
    assert (
        await agree(author, slug, email="aiko@example.org", under_age=True, guardian="Her mother")
    ).status_code == 201
    await cast.run_jobs()
    (letter,) = [one for one in cast.letters() if one.to == "aiko@example.org"]
    (link,) = [one for one in letter.links if "/consents/" in one]
    page = await cast.visitor().get(httpx.URL(link).path)
    assert page.status_code == 200 and "Aiko" in page.text and "A week of robots" in page.text
    assert (await cast.visitor().post(httpx.URL(link).path)).status_code == 200
    consents = (await author.get(f"/api/v1/stories/{slug}/consents")).json()
    assert [bool(one["revoked_at"]) for one in consents] == [True]
    assert "aiko@" not in str(consents)


async def test_what_is_no_picture_or_goes_with_no_words_is_refused(cast: Cast, anan: Member) -> None:
    """(cases 49 and 50)"""
    author, slug = await begun(cast, anan)
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
    for content, alt, status in ((svg, "A drawing", 415), (b"GIF89a", "Moving", 415), (photo(), " ", 422)):
        files = {"file": ("a.jpg", content, "image/jpeg")}
        answer = await author.post(f"/api/v1/stories/{slug}/photos", files=files, data={"alt": alt})
        assert answer.status_code == status, alt
    remote = {"body": "![x](https://evil.example/p.png) and ![](picture:1)"}
    assert (await author.patch(f"/api/v1/stories/{slug}", json=remote)).status_code == 422
    described = {"body": "Here: ![a cat](https://evil.example/p.png)."}
    assert (await author.patch(f"/api/v1/stories/{slug}", json=described)).json()["html"] == "<p>Here: a cat.</p>\n"


async def test_anothers_photo_consent_and_story_are_out_of_reach(cast: Cast, anan: Member) -> None:
    author, slug = await begun(cast, anan)
    made = (await add(author, slug, "Hills", shows_people="false")).json()
    other, own = await begun(cast, await cast.member("Olga Other"), title="Another")
    for address in (f"/api/v1/stories/{slug}/photos/{made['id']}", f"/api/v1/stories/{own}/photos/{made['id']}"):
        assert (await other.delete(address)).status_code == 404
        assert (await other.get(made["files"]["480"])).status_code == 404
    assert (await agree(other, own, photo=made["id"])).status_code == 422
    assert (await agree(other, slug)).status_code == 404
    hidden = await cast.member("Hana Hidden", visibility={"name": "me"})
    assert (await agree(other, own, member=hidden.handle or "")).status_code == 422


async def test_each_use_is_taken_back_for_itself_by_the_link_and_without_the_site_nothing_shows_her(
    cast: Cast, anan: Member, editor: httpx.AsyncClient
) -> None:
    author, slug = await begun(cast, anan)
    made = (await add(author, slug, "Aiko at the microscope")).json()
    every = ["site", "magazine", "print"]
    link = httpx.URL((await agree(author, slug, photo=made["id"], scopes=every)).json()["revoke_at"]).path
    assert (await author.post(f"/api/v1/stories/{slug}/submit")).status_code == 200
    assert (await editor.post(f"/api/v1/stories/{slug}/publish")).status_code == 200
    visitor, address = cast.visitor(), made["files"]["480"]

    async def held() -> list[str]:
        (consent,) = (await author.get(f"/api/v1/stories/{slug}/consents")).json()
        return [] if consent["revoked_at"] else list(consent["scopes"])

    page = (await visitor.get(link)).text
    assert page.count('name="scope"') == 3 and "Take all of it back" in page
    assert (await visitor.post(link, data={"scope": "everything"})).status_code == 422
    assert (await visitor.post(link, data={"scope": "magazine"})).status_code == 200
    assert (await held(), (await visitor.get(address)).status_code) == (["site", "print"], 200)
    assert (await visitor.post(f"/api/v1{link}/revoke", json={"scope": "site"})).status_code == 204
    assert await held() == ["print"]
    for client, status in ((visitor, 404), (editor, 200)):  # for print the editors still have it
        assert (await client.get(address)).status_code == status
    for shown in (f"/stories/{slug}", "/stories", "/", "/stories/feed.atom", "/search?q=microscope"):
        assert made["id"] not in (await visitor.get(shown)).text, shown
    assert (await visitor.post(link, data={"scope": "print"})).status_code == 200
    assert (await held(), (await editor.get(address)).status_code) == ([], 404)


async def test_a_member_takes_one_use_back_on_her_page_and_a_quote_without_the_site_takes_the_story_down_everywhere(
    cast: Cast, anan: Member, editor: httpx.AsyncClient
) -> None:
    aiko = await cast.browser(await cast.member("Aiko Quoted", country="JP"))
    author, slug = await begun(cast, anan)
    made = (await agree(author, slug, member="aiko-quoted", scopes=["site", "print"])).json()
    assert (await author.post(f"/api/v1/stories/{slug}/submit")).status_code == 200
    assert (await editor.post(f"/api/v1/stories/{slug}/publish")).status_code == 200
    await cast.running.shelf.heard()
    visitor, revoke = cast.visitor(), f"/me/consents/{made['id']}/revoke"
    everywhere = ("/", "/stories", "/stories/feed.atom", "/stories/feed.json", "/sitemap.xml", "/search?q=robots")
    for page in everywhere:
        assert slug in (await visitor.get(page)).text, page
    assert (await visitor.get(f"/stories/{slug}/card.png")).status_code == 200
    stranger = await cast.browser(await cast.member("Sam Stranger"))
    assert (await stranger.post(revoke, data={"scope": "print"})).status_code == 404
    assert "No longer in print" in (await aiko.get("/me/consents")).text
    assert (await aiko.post(revoke, data={"scope": "print"})).headers["location"] == "/me/consents"
    assert (await visitor.get(f"/stories/{slug}")).status_code == 200  # the site is another use
    assert (await aiko.post(revoke, data={"scope": "print"})).status_code == 303  # once more changes nothing
    assert (await aiko.delete(f"/api/v1/consents/{made['id']}", params={"scope": "site"})).status_code == 204
    for page in everywhere:
        assert slug not in (await visitor.get(page)).text, page
    for gone in (f"/stories/{slug}", f"/api/v1/stories/{slug}", f"/stories/{slug}/card.png"):
        assert (await visitor.get(gone)).status_code == 404


async def test_who_takes_back_and_who_removes_the_photo_do_not_wait_in_a_ring(cast: Cast, anan: Member) -> None:
    """To remove a photo holds the story, then the consents about it: whoever takes one back begins with the story."""
    author, slug = await begun(cast, anan)
    of_aiko = (await add(author, slug, "Aiko at the microscope")).json()
    consent = (await agree(author, slug, photo=of_aiko["id"])).json()
    async with cast.running.database.transaction() as removing:
        story = await work.story_named(removing, slug)
        assert story is not None
        await reach.lock(removing, story)
        taking_back = asyncio.create_task(author.delete(f"/api/v1/consents/{consent['id']}"))
        await until(lambda: is_waiting(cast.running))
        await photos.drop(removing, cast.running.blobs, story, story.photos[0])
    assert (await taking_back).status_code == 204
    assert (await author.get(f"/api/v1/stories/{slug}/consents")).json()[0]["revoked_at"] is not None


async def is_waiting(running: Process) -> bool:
    async with running.database.transaction() as session:
        return bool(await session.scalar(text(WAITING)))


async def test_no_photo_or_consent_comes_past_the_last_by_coming_at_once(
    cast: Cast, anan: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photos, "MOST_PHOTOS", 1)
    monkeypatch.setattr(consents, "MOST_CONSENTS", 1)
    author, slug = await begun(cast, anan)
    async with cast.running.database.transaction() as session:
        story = await work.story_named(session, slug)  # as the second one read it before the first was done
    assert story is not None
    assert (await add(author, slug, "Hills")).status_code == 201
    assert (await agree(author, slug)).status_code == 201
    viewer = Viewer(member=anan)
    body = ConsentBody(person="Bo", scopes=["site"], given_on=date(2025, 1, 10))
    for late in ("photo", "consent"):
        with pytest.raises(Problem, match="conflict"):
            async with cast.running.database.transaction() as session:
                session.add(story)
                if late == "photo":
                    words = PhotoWords(alt="More hills")
                    await photos.add_photo(session, cast.running.blobs, viewer, story, photo(), words)
                else:
                    await consents.record(session, viewer, story, body)


async def test_what_moderators_remove_while_an_editor_publishes_it_is_down(
    cast: Cast, anan: Member, editor: httpx.AsyncClient
) -> None:
    author, slug = await begun(cast, anan)
    await author.post(f"/api/v1/stories/{slug}/submit")

    async def remove() -> None:
        assert STORY.remove is not None
        async with cast.running.database.transaction() as session:
            await STORY.remove(session, cast.running.blobs, slug, anan.id)

    async with cast.running.database.transaction() as publishing:
        story = await work.story_named(publishing, slug)
        assert story is not None
        await stages.publish(publishing, Viewer(member=anan, roles=frozenset({"editor"})), story)
        removing = asyncio.create_task(remove())
        await until(lambda: is_waiting(cast.running))
    await removing
    assert (await author.get(f"/api/v1/stories/{slug}")).json()["state"] == "withdrawn"

"""Who is in a photo of a published report takes it down with one tap: at once, for everybody, and nobody asks why."""

import io
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from PIL import Image
from sqlalchemy import select

from ssc.core import clock
from ssc.core.clock import rfc3339
from ssc.events.invitations import Pass
from ssc.events.models import Event
from ssc.writing import actions as texts
from ssc.writing.models import Picture, PictureTakeDown
from tests.cast import Cast
from tests.events.planning import later, published


@dataclass
class Reported:
    """An event that is over, whose report is public with two photos; Mali and Una (by her link) were there."""

    slug: str
    news: str
    photos: list[str]
    cora: httpx.AsyncClient
    mali: httpx.AsyncClient
    link: str

    @property
    def path(self) -> str:
        return f"/api/v1/events/{self.slug}/report/photos"


def picture(colour: str) -> dict[str, Any]:
    file = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(file, "PNG")
    return {"file": ("a.png", file.getvalue(), "image/png")}


@pytest.fixture
async def reported(cast: Cast) -> Reported:
    cora = await cast.browser(await cast.coordinator("TH"))
    mali = await cast.browser(await cast.member("Mali Member"))
    una = await cast.member("Una Roster", claimed=False)
    starts = later(hours=-6)
    slug = await published(cora, starts_at=rfc3339(later(hours=6)), ends_at=rfc3339(later(hours=8)))
    async with cast.running.database.transaction() as session:
        event = (await session.scalars(select(Event))).one()
    link = f"/event-answers/{Pass(event.id, una.id).token(cast.running.settings.key)}"
    await mali.put(f"/api/v1/events/{slug}/rsvp", json={"status": "going"})
    await cast.visitor().post(link, data={"status": "going"})
    path = f"/api/v1/events/{slug}/report"
    first = await cora.post(
        f"{path}/photos", data={"alt": "Mali [left] laughs", "agreed": "true"}, files=picture("red")
    )
    other = await cora.post(f"{path}/photos", data={"alt": "Cups of tea", "agreed": "true"}, files=picture("blue"))
    async with cast.running.database.transaction() as session:
        event = (await session.scalars(select(Event))).one()
        event.starts_at, event.ends_at = starts, starts + timedelta(hours=2)
    news = (await cora.post(f"{path}/publish")).json()["news_slug"]
    return Reported(slug, news, [first.json()["id"], other.json()["id"]], cora, mali, link)


async def test_who_was_there_takes_a_photo_down_at_once_with_its_addresses_and_words(
    cast: Cast, reported: Reported
) -> None:
    visitor, olga = cast.visitor(), await cast.browser(await cast.member("Olga Other"))
    first, other = reported.photos
    news, file = f"/api/v1/news/{reported.news}", f"/files/news/{first}/1600.webp"
    page = f"/news/{reported.news}"
    before = (await visitor.get(news)).json()
    assert (before["html"].count("<img "), "Mali (left) laughs" in before["html"]) == (2, True)
    kept = (await visitor.get(page)).headers["last-modified"]
    assert ((await visitor.get(file)).status_code, f"{page}/photos" in (await visitor.get(page)).text) == (200, True)
    leads = await visitor.get(f"{page}/photos")
    assert leads.headers["location"] == f"/events/{reported.slug}/photos"
    listed = (await visitor.get(reported.path)).json()
    assert [(one["id"], one["taken_down"]) for one in listed] == [(first, False), (other, False)]
    here = f"/events/{reported.slug}/photos"
    shown = [(await who.get(here)).text for who in (visitor, olga, reported.mali)]
    assert ["/take-down" in text for text in shown] == [False, False, True]
    assert ["/contact" in text for text in shown[:2]] == [True, True]
    assert (await visitor.post(f"{reported.path}/{first}/take-down")).status_code == 401
    assert (await olga.post(f"{reported.path}/{first}/take-down")).status_code == 403
    with clock.shifted(timedelta(seconds=2)):
        assert (await reported.mali.post(f"{here}/{first}/take-down")).status_code == 303
        after = (await visitor.get(news)).json()
        assert (after["html"].count("<img "), "Mali" in after["html"], "Mali" in after["body"]) == (1, False, False)
        assert (await visitor.get(file)).status_code == 404
        fresh = await visitor.get(page, headers={"If-Modified-Since": kept})
        assert (fresh.status_code, "Mali" in fresh.text, "Cups of tea" in fresh.text) == (200, False, True)
        assert [one["id"] for one in (await visitor.get(reported.path)).json()] == [other]
        told = (await reported.cora.get("/api/v1/notifications")).json()["items"]
        assert (told[0]["text"].startswith("A photo in the report of “Reunion in Bangkok”"), told[0]["count"]) == (
            True,
            1,
        )
        assert "Mali" not in told[0]["text"]
        assert (await reported.mali.post(f"{reported.path}/{first}/take-down")).status_code == 204  # once more
        assert len((await reported.cora.get("/api/v1/notifications")).json()["items"]) == len(told)
    assert (await reported.mali.post(f"{reported.path}/{uuid4()}/take-down")).status_code == 404


async def test_only_she_and_moderators_bring_it_back(cast: Cast, reported: Reported) -> None:
    first, other = reported.photos
    moda = await cast.browser(await cast.holder("Moda Moderator", "moderator", country="JP"))
    bela = await cast.browser(await cast.member("Bela B"))
    undo = f"{reported.path}/{first}/take-down"
    for again in (reported.mali, moda):
        assert (await reported.mali.post(undo)).status_code == 204
        refused = [(await who.delete(undo)).status_code for who in (reported.cora, bela, cast.visitor())]
        assert refused == [404, 404, 401]
        found = (await again.get(reported.path)).json()
        assert [(one["id"], one["url"] == "", one["taken_down"]) for one in found][1:] == [(first, True, True)]
        assert [one["id"] for one in (await reported.cora.get(reported.path)).json()] == [other]
        assert (await again.delete(undo)).status_code == 204
        assert (await cast.visitor().get(f"/api/v1/news/{reported.news}")).json()["html"].count("<img ") == 2
    here = f"/events/{reported.slug}/photos"
    await reported.mali.post(f"{here}/{first}/take-down")
    assert "/bring-back" in (await reported.mali.get(here)).text
    assert "/bring-back" not in (await reported.cora.get(here)).text
    assert (await reported.mali.post(f"{here}/{first}/bring-back")).status_code == 303


async def test_who_has_no_account_does_it_by_her_own_link(cast: Cast, reported: Reported) -> None:
    visitor, (first, other) = cast.visitor(), reported.photos
    page = (await visitor.get(reported.link)).text
    assert (f"{reported.link}/photos" in page, f"/news/{reported.news}" in page) == (True, True)
    here = f"{reported.link}/photos"
    assert "/take-down" in (await visitor.get(here)).text
    assert (await visitor.post(f"{here}/{first}/take-down")).status_code == 303
    own = (await visitor.get(f"/api/v1{reported.link}/report/photos")).json()
    assert [(one["id"], one["taken_down"]) for one in own] == [(other, False), (first, True)]
    assert (await reported.mali.delete(f"{reported.path}/{first}/take-down")).status_code == 404  # another's
    assert (await visitor.post(f"{here}/{first}/bring-back")).status_code == 303
    assert (await visitor.post(f"/api/v1{reported.link}/report/photos/{other}/take-down")).status_code == 204
    assert (await visitor.delete(f"/api/v1{reported.link}/report/photos/{other}/take-down")).status_code == 204
    await visitor.post(reported.link, data={"status": "declined"})
    assert (await visitor.post(f"{here}/{first}/take-down")).status_code == 403


async def test_after_a_month_it_is_deleted_with_its_files(cast: Cast, reported: Reported) -> None:
    first, other = reported.photos
    assert (await reported.mali.post(f"{reported.path}/{first}/take-down")).status_code == 204
    blobs = cast.running.blobs
    for days, left in ((29, [first, other]), (31, [other])):
        with clock.shifted(timedelta(days=days)):
            async with cast.running.database.transaction() as session:
                await texts.sweep_pictures(session, blobs)
        async with cast.running.database.transaction() as session:
            rows = (await session.scalars(select(Picture.id).order_by(Picture.id))).all()
        assert [str(one) for one in rows] == left
    assert await blobs.get(f"writing/{first}/480.webp") is None
    assert await blobs.get(f"writing/{other}/480.webp") is not None
    async with cast.running.database.transaction() as session:
        assert (await session.scalars(select(PictureTakeDown))).all() == []

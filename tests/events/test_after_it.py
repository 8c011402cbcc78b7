"""After an event: photos and quotes in its report, and certificates in words that staff approved."""

import io
from datetime import timedelta
from typing import Any

import httpx
import pytest
from PIL import Image

from ssc.core import clock
from ssc.core.clock import rfc3339
from tests.cast import Cast
from tests.events.planning import later, pointers, published


@pytest.fixture
async def cora(cast: Cast) -> httpx.AsyncClient:
    return await cast.browser(await cast.coordinator("TH"))


async def tonight(organiser: httpx.AsyncClient, **more: Any) -> str:
    """An event that begins in six hours and lasts two."""
    starts = later(hours=6)
    times = {"starts_at": rfc3339(starts), "ends_at": rfc3339(starts + timedelta(hours=2))}
    return await published(organiser, **times, **more)


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(file, "PNG")
    return file.getvalue()


async def test_a_quote_is_printed_with_consent_and_goes_from_the_news_when_it_is_taken_back(
    cast: Cast, cora: httpx.AsyncClient
) -> None:
    mali, bela = await cast.browser(await cast.member("Mali Member")), await cast.browser(await cast.member("Bela B"))
    mina = await cast.browser(await cast.minor())
    slug = await tonight(cora)
    path = f"/api/v1/events/{slug}"
    for person in (mali, bela, mina):
        await person.put(f"{path}/rsvp", json={"status": "going"})
    asked = {"member": "mali-member", "text": "It was *fine*.\nTruly."}
    assert (await cora.post(f"{path}/quotes", json=asked)).status_code == 409
    with clock.shifted(timedelta(hours=9)):
        assert pointers(await cora.post(f"{path}/quotes", json={"member": "mina-minor"})) == ["/member"]
        assert pointers(await cora.post(f"{path}/quotes", json={"member": "nobody"})) == ["/member"]
        assert (await bela.post(f"{path}/quotes", json=asked)).status_code == 403
        for handle in ("mali-member", "bela-b"):
            assert (await cora.post(f"{path}/quotes", json={**asked, "member": handle})).status_code == 201
        told = (await mali.get("/api/v1/notifications")).json()["items"]
        assert told[0]["text"].startswith("May the report of “Reunion in Bangkok” quote you?")
        assert "It was *fine*." in (await mali.get(told[0]["url"])).text
        assert (await mina.get(f"{path}/quote")).status_code == 404
        assert pointers(await mali.put(f"{path}/quote", json={"agree": True, "text": " "})) == ["/text"]
        mine = {"agree": True, "text": "Tea for all.", "signed": "M., Thailand"}
        assert (await mali.put(f"{path}/quote", json=mine)).json()["state"] == "agreed"
        assert (await bela.post(f"/events/{slug}/quote", data={"agree": "false"})).status_code == 303
        assert [one["state"] for one in (await cora.get(f"{path}/quotes")).json()] == ["agreed", "refused"]
        assert (await cora.post(f"{path}/quotes", json={**asked, "member": "bela-b"})).status_code == 409
        assert "Tea for all." in (await cora.get(f"/events/{slug}/after")).text
        await cora.put(f"{path}/report", json={"body": "We met."})
        done = (await cora.post(f"{path}/report/publish")).json()
        news = f"/api/v1/news/{done['news_slug']}"
        shown = (await cast.visitor().get(news)).json()
        assert shown["body"] == "We met.\n\n> Tea for all.\n>\n> — M., Thailand"
        assert (await mali.put(f"{path}/quote", json={**mine, "text": "Else"})).status_code == 409
        assert (await mali.put(f"{path}/quote", json={"agree": False})).json() == {
            "state": "refused",
            "text": "",
            "signed": "",
            "printed": False,
        }
        assert (await cast.visitor().get(news)).json()["body"] == "We met."
        assert "Tea for all" not in (await cast.visitor().get(f"/news/{done['news_slug']}")).text
        assert (await mali.put(f"{path}/quote", json={"agree": False})).status_code == 200


async def test_a_report_whose_quote_an_editor_has_changed_is_withdrawn_when_it_is_taken_back(
    cast: Cast, cora: httpx.AsyncClient
) -> None:
    mali = await cast.browser(await cast.member("Mali Member"))
    editor = await cast.browser(await cast.holder("Edda Editor", "editor", country="JP"))
    slug = await tonight(cora)
    path = f"/api/v1/events/{slug}"
    await mali.put(f"{path}/rsvp", json={"status": "going"})
    with clock.shifted(timedelta(hours=9)):
        await cora.post(f"{path}/quotes", json={"member": "mali-member", "text": "Tea."})
        await mali.put(f"{path}/quote", json={"agree": True})
        await cora.put(f"{path}/report", json={"body": "We met."})
        news = f"/api/v1/news/{(await cora.post(f'{path}/report/publish')).json()['news_slug']}"
        changed = await editor.patch(news, json={"body": "We met, and Mali had tea."}, headers={"If-Match": "*"})
        assert changed.status_code == 200, changed.text
        await mali.put(f"{path}/quote", json={"agree": False})
        assert (await cast.visitor().get(news)).status_code == 404


async def test_photos_of_a_report_are_the_organisers_until_they_are_news(cast: Cast, cora: httpx.AsyncClient) -> None:
    mali = await cast.browser(await cast.member("Mali Member"))
    slug = await tonight(cora)
    path = f"/api/v1/events/{slug}/report"
    file = {"file": ("a.png", picture(), "image/png")}
    words = {"alt": "Tea | on a table", "agreed": "true"}
    refused = await cora.post(f"{path}/photos", data={"alt": "Tea"}, files=file)
    assert pointers(refused) == ["/agreed"]
    odd = await cora.post(f"{path}/photos", data=words, files={"file": ("a.png", b"<html>", "image/png")})
    assert (odd.status_code, (await mali.post(f"{path}/photos", data=words, files=file)).status_code) == (415, 403)
    made = (await cora.post(f"{path}/photos", data=words, files=file)).json()
    second = await cora.post(f"/events/{slug}/report/photos", data={**words, "alt": "Cups"}, files=file)
    assert second.status_code == 303
    seen = await cora.get(made["url"])
    assert (seen.status_code, seen.headers["content-type"]) == (200, "image/webp")
    assert [(await who.get(made["url"])).status_code for who in (mali, cast.visitor())] == [404, 404]
    page = (await cora.get(f"/events/{slug}/after")).text
    assert ("Cups" in page, made["id"] in page) == (True, True)
    with clock.shifted(timedelta(hours=9)):
        done = (await cora.post(f"{path}/publish")).json()
        item = (await cast.visitor().get(f"/api/v1/news/{done['news_slug']}")).json()
        assert (item["html"].count("<img "), f"picture:{made['id']}" in item["body"]) == (2, True)
        public = made["url"].replace("/files/events/", "/files/news/")
        assert (await cast.visitor().get(public)).status_code == 200
        assert (await cora.delete(f"{path}/photos/{made['id']}")).status_code == 409
        assert (await cora.post(f"{path}/photos", data=words, files=file)).status_code == 409


async def test_a_photo_taken_out_is_gone_with_its_files(cast: Cast, cora: httpx.AsyncClient) -> None:
    path = f"/api/v1/events/{await tonight(cora)}/report/photos"
    words, file = {"alt": "Tea", "agreed": "true"}, {"file": ("a.png", picture(), "image/png")}
    made = (await cora.post(path, data=words, files=file)).json()
    other = f"/api/v1/events/{await tonight(cora, title='Another')}/report/photos"
    await cora.post(other, data=words, files=file)
    assert (await cora.delete(f"{other}/{made['id']}")).status_code == 404
    assert (await cora.delete(f"{path}/{made['id']}")).status_code == 204
    assert [(await cora.get(made["url"])).status_code, (await cora.delete(f"{path}/{made['id']}")).status_code] == [
        404,
        404,
    ]


async def test_nothing_is_certified_before_staff_have_approved_its_words(cast: Cast, cora: httpx.AsyncClient) -> None:
    mali, staff = await cast.member("Mali Member"), await cast.browser(await cast.staff())
    exchange = await cast.exchange("SSP-1", [mali], title="Robots in Tsukuba")
    browser, other = await cast.browser(mali), await cast.browser(await cast.member("Olga Other"))
    path = f"/api/v1/exchanges/{exchange.code}/certificate"
    assert ((await browser.post(path)).status_code, (await other.post(path)).status_code) == (409, 404)
    wordings = "/api/v1/certificate-wordings"
    texts = {"kind": "participation", "en": "{name} was at “{title}”.", "ja": "{name}さんは「{title}」に参加しました。"}
    assert pointers(await staff.post(wordings, json={**texts, "en": "{name} was there."})) == ["/en"]
    assert pointers(await staff.post(wordings, json={**texts, "ja": "{name}{title}{age}"})) == ["/ja"]
    assert (await cora.post(wordings, json=texts)).status_code == 403
    first = (await staff.post(wordings, json=texts)).json()
    assert ((await browser.post(path)).status_code, first["approved_at"]) == (409, None)
    assert (await staff.post(f"{wordings}/{first['id']}/approve")).status_code == 200
    made = (await browser.post(path)).json()
    assert (await browser.post(path)).json() == made
    seen = await cast.visitor().get(made["url"])
    assert "Mali Member was at “Robots in Tsukuba”." in seen.text
    later_one = await staff.post("/desk/certificates", data={**texts, "en": "{name}, {title}, {day}, {place}: yes."})
    assert later_one.status_code == 303
    second = (await staff.get(wordings)).json()[0]
    assert (await staff.post(f"/desk/certificates/{second['id']}/approve")).status_code == 303
    assert (await staff.post(f"{wordings}/{first['id']}/approve")).status_code == 409
    assert "was at “Robots in Tsukuba”." in (await cast.visitor().get(made["url"])).text  # as it was given
    own = (await browser.get("/me/certificates")).text
    assert (f"/verify/{made['code']}" in own, "In force" in (await staff.get("/desk/certificates")).text) == (
        True,
        True,
    )


async def test_a_certificate_of_attendance_holds_as_long_as_the_check_in_stands(
    cast: Cast, cora: httpx.AsyncClient
) -> None:
    mali, staff = await cast.browser(await cast.member("Mali Member")), await cast.browser(await cast.staff())
    slug = await tonight(cora, hosts=[{"name": "SSCAT", "kind": "chapter"}])
    path = f"/api/v1/events/{slug}"
    code = (await mali.put(f"{path}/rsvp", json={"status": "going"})).json()["ticket_code"]
    desk = (await staff.get("/desk/certificates")).text
    assert "Take this proposal" in desk
    texts = {"kind": "attendance", "en": "{name} came to {title}.", "ja": "{name}さんは{title}に参加しました。"}
    made = (await staff.post("/api/v1/certificate-wordings", json=texts)).json()
    await staff.post(f"/api/v1/certificate-wordings/{made['id']}/approve")
    await cora.post(f"{path}/check-ins", json={"ticket_code": code})
    assert (await mali.post(f"{path}/certificate")).status_code == 409
    with clock.shifted(timedelta(hours=9)):
        certificate = (await mali.post(f"{path}/certificate")).json()
        visitor = cast.visitor()
        seen = await visitor.get(certificate["url"])
        assert ("Mali Member came to Reunion in Bangkok." in seen.text, "SSCAT" in seen.text) == (True, True)
        assert "に参加しました。" in (await visitor.get(certificate["url"], headers={"Accept-Language": "ja"})).text
        assert (await visitor.get("/verify/NOSUCHCODE")).status_code == 404
        await cora.delete(f"{path}/check-ins/{code}")
        assert (await visitor.get(certificate["url"])).status_code == 404

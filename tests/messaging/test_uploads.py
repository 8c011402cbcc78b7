"""Files: what is taken and as what, who may read it, and that nobody else learns of it. [abuse 38, 58]"""

import io
import zipfile
from datetime import timedelta
from typing import Any

import httpx
import pytest
from PIL import Image
from sqlalchemy import func, select

from ssc.core import clock
from ssc.core.config import Settings
from ssc.messaging.jobs import sweep_uploads
from ssc.messaging.models import Upload
from tests.cast import Cast
from tests.messaging.people import direct, group, say

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def picture(kind: str = "JPEG", size: tuple[int, int] = (2000, 1000), **more: Any) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "pink").save(file, kind, **more)
    return file.getvalue()


def located() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "taken in a secret place"
    return picture(exif=exif)


def archive(*names: str, mimetype: str = "") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        if mimetype:
            made.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        for name in names:
            made.writestr(name, "<xml/>")
    return file.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")
ODT = archive("content.xml", mimetype="application/vnd.oasis.opendocument.text")


async def bring(client: httpx.AsyncClient, content: bytes, name: str = "file", kind: str = "") -> httpx.Response:
    sent = (name, content, kind) if kind else (name, content)
    return await client.post("/api/v1/uploads", files={"file": sent})


@pytest.fixture
async def ann(cast: Cast) -> httpx.AsyncClient:
    return await cast.browser(await cast.member("Ann Able"))


async def test_a_picture_is_kept_in_sizes_and_says_nothing_of_where_it_was_taken(ann: httpx.AsyncClient) -> None:
    answer = await bring(ann, located(), "桜.JPG", "text/html")
    assert answer.status_code == 201
    told = answer.json()
    assert {name: told[name] for name in ("kind", "name", "width", "height")} == {
        "kind": "image",
        "name": "桜.webp",
        "width": 1600,
        "height": 800,
    }
    for address, size in ((told["url"], (1600, 800)), (f"{told['url']}/480.webp", (480, 240))):
        file = await ann.get(address)
        assert (file.status_code, file.headers["content-type"]) == (200, "image/webp")
        with Image.open(io.BytesIO(file.content)) as shown:
            assert (shown.size, dict(shown.getexif()), shown.info.get("icc_profile")) == (size, {}, None)
        assert b"secret" not in file.content
    assert len((await ann.get(told["url"])).content) == told["bytes"]
    assert (await ann.get(f"{told['url']}/481.webp")).status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (PDF, "報告.pdf", ("報告.pdf", "application/pdf")),
        (PDF, "page.html", ("page.pdf", "application/pdf")),
        (PDF, "../../etc/passwd", ("passwd.pdf", "application/pdf")),
        (PDF, "C:\\tmp\\.hidden", ("hidden.pdf", "application/pdf")),
        (PDF, "桜" * 300 + ".pdf", ("桜" * 100 + ".pdf", "application/pdf")),
        (PDF, "...", ("file.pdf", "application/pdf")),
        (PDF + b"<script>alert(1)</script>", "x.svg", ("x.pdf", "application/pdf")),
        (DOCX, "a.exe", ("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")),
        (ODT, "a", ("a.odt", "application/vnd.oasis.opendocument.text")),
    ],
)
async def test_a_document_is_a_download_under_what_it_is(
    ann: httpx.AsyncClient, content: bytes, name: str, expected: tuple[str, str]
) -> None:
    """(case 58)"""
    told = (await bring(ann, content, name, "text/html")).json()
    assert (told["kind"], told["name"], told["bytes"]) == ("file", expected[0], len(content))
    file = await ann.get(told["url"])
    assert (file.content, file.headers["content-type"]) == (content, expected[1])
    assert file.headers["content-disposition"].startswith("attachment;")
    assert file.headers["x-content-type-options"] == "nosniff"
    assert file.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert (await ann.get(f"{told['url']}/480.webp")).status_code == 404


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 415),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415),
        (b"<!doctype html><script>alert(1)</script>", 415),
        (b"GIF89a" + b"\0" * 40, 415),
        (b"PK\x03\x04", 415),
        (archive("anything.txt"), 415),
        (archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), 415),
        (archive("[Content_Types].xml", *(f"word/{n:0180d}" for n in range(5000))), 415),
        (picture()[:2000], 422),
        (picture("PNG", (10, 10))[:40], 422),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0\0\xff\xff" * 2 + b"\x08\x02\0\0\0", 422),
        (picture() + b"\0" * (10 << 20), 413),
    ],
)
async def test_what_is_no_file_to_keep_is_refused(
    cast: Cast, ann: httpx.AsyncClient, content: bytes, status: int
) -> None:
    """(case 58)"""
    answer = await bring(ann, content, "me.png", "image/png")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    async with cast.running.database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Upload)) == 0


async def test_permission_is_asked_at_every_read(cast: Cast) -> None:
    """(case 58)"""
    ann, bob, cat = [await cast.member(name) for name in ("Ann Able", "Bob Baker", "Cat Carter")]
    await cast.exchange("X-1", [ann, bob, cat])
    anns, bobs, cats = [await cast.browser(one) for one in (ann, bob, cat)]
    thread = await group(anns, "Closed", bob, history="since-joining")
    told = (await bring(anns, picture())).json()
    path = told["url"]
    nowhere = path[:-12] + "0" * 12

    async def readers() -> list[int]:
        return [(await client.get(path)).status_code for client in (anns, bobs, cats)]

    assert await readers() == [200, 404, 404]
    assert (await cats.get(path)).headers["content-type"] == (await cats.get(nowhere)).headers["content-type"]
    sent = await say(anns, thread, "", attachments=[told["id"]])
    assert sent["attachments"] == [told]
    assert await readers() == [200, 200, 404]
    tag = (await anns.get(path)).headers["etag"]
    assert (await cats.get(path, headers={"if-none-match": tag})).status_code == 404
    assert (await bobs.get(path, headers={"if-none-match": tag})).status_code == 304
    await anns.post(f"{thread}/members", json={"member": cat.handle})
    assert await readers() == [200, 200, 404]
    await cast.block(bob, ann)
    assert await readers() == [200, 404, 404]
    assert (await cast.visitor().get(path)).status_code in (303, 401)
    async with await cast.bearer(ann, "read") as reading, await cast.bearer(ann, "messages") as writing:
        assert [(await client.get(path)).status_code for client in (reading, writing)] == [403, 200]
    assert (await anns.delete(f"{thread}/messages/{sent['seq']}")).status_code == 204
    assert await readers() == [200, 404, 404]


async def test_who_left_reads_no_file_any_more(cast: Cast) -> None:
    """(case 58)"""
    ann, bob = await cast.member("Ann Able"), await cast.member("Bob Baker")
    await cast.exchange("X-1", [ann, bob])
    anns, bobs = await cast.browser(ann), await cast.browser(bob)
    thread = await group(anns, "Sakura", bob)
    told = (await bring(anns, PDF)).json()
    await say(anns, thread, "", attachments=[told["id"]])
    assert (await bobs.get(told["url"])).status_code == 200
    await bobs.delete(f"{thread}/members/bob-baker")
    assert (await bobs.get(told["url"])).status_code == 404


async def test_anothers_upload_cannot_be_sent(cast: Cast) -> None:
    """(case 38)"""
    ann, bob = await cast.member("Ann Able"), await cast.member("Bob Baker")
    await cast.exchange("X-1", [ann, bob])
    anns, bobs = await cast.browser(ann), await cast.browser(bob)
    thread = await direct(bobs, ann)
    told = (await bring(anns, PDF)).json()
    form = {"client_id": "1", "body": "", "attachments": [told["id"]]}
    assert (await bobs.post(f"{thread}/messages", json=form)).status_code == 422
    assert (await anns.post(f"{thread}/messages", json=form)).status_code == 201
    assert (await anns.post(f"{thread}/messages", json={**form, "client_id": "2"})).status_code == 422


async def test_what_no_message_carries_is_gone_after_a_day(cast: Cast) -> None:
    ann, bob = await cast.member("Ann Able"), await cast.member("Bob Baker")
    await cast.exchange("X-1", [ann, bob])
    anns = await cast.browser(ann)
    kept, unused = (await bring(anns, PDF)).json(), (await bring(anns, picture())).json()
    await say(anns, await direct(anns, bob), "", attachments=[kept["id"]])
    await sweep_uploads(cast.running)
    assert [(await anns.get(one["url"])).status_code for one in (kept, unused)] == [200, 200]
    with clock.shifted(timedelta(hours=25)):
        await sweep_uploads(cast.running)
    assert [(await anns.get(one["url"])).status_code for one in (kept, unused)] == [200, 404]
    assert await cast.running.blobs.get(f"messages/{unused['id']}/480.webp") is None


class TestLimits:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"limits": "on"})

    async def test_sixty_an_hour(self, ann: httpx.AsyncClient) -> None:
        """(case 63)"""
        statuses = [(await bring(ann, PDF)).status_code for _ in range(61)]
        assert statuses == [201] * 60 + [429]

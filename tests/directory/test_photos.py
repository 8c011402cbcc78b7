"""Photos: what becomes of an upload, what is refused, and who gets to see the file. [abuse 58]"""

import io
import struct
import zlib
from typing import Any

import httpx
import pytest
from PIL import Image

from ssc.people.models import Member
from tests.cast import Cast

SECRET = b"Taken at home, 35.6586, 139.7454"


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 480), **how: Any) -> bytes:
    file = io.BytesIO()
    Image.new(how.pop("mode", "RGB"), size, how.pop("colour", (200, 30, 60))).save(file, kind, **how)
    return file.getvalue()


def with_metadata() -> bytes:
    """Half red above, half blue below, lying on its side by EXIF; with a place and a comment."""
    image = Image.new("RGB", (600, 400), "red")
    image.paste("blue", (0, 200, 600, 400))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = SECRET.decode()
    file = io.BytesIO()
    image.save(file, "JPEG", exif=exif, comment=SECRET)
    return file.getvalue()


def png(width: int, height: int) -> bytes:
    """A small file that says to be a large picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def moving(kind: str) -> bytes:
    frames = [Image.new("RGB", (80, 80), colour) for colour in ("red", "blue", "green")]
    file = io.BytesIO()
    frames[0].save(file, kind, save_all=True, append_images=frames[1:], duration=50, loop=0)
    return file.getvalue()


async def upload(browser: httpx.AsyncClient, content: bytes, name: str = "me.jpg", kind: str = "image/jpeg") -> Any:
    return await browser.put("/api/v1/me/photo", files={"file": (name, content, kind)})


@pytest.fixture
async def anan(cast: Cast) -> Member:
    return await cast.member("Anan Suda")


@pytest.mark.parametrize(
    "content",
    [
        picture("JPEG"),
        picture("PNG"),
        picture("WEBP"),
        picture("WEBP", lossless=True),
        picture("PNG", mode="RGBA", colour=(0, 0, 0, 0)),
        picture("PNG", mode="P", colour=3),
        picture("PNG", mode="L", colour=3),
        picture("JPEG", mode="CMYK", colour=(0, 9, 9, 9)),
        picture("JPEG", size=(1, 1)),
        picture("JPEG", size=(3000, 20)),
        picture("JPEG", progressive=True),
    ],
)
async def test_a_picture_is_kept_square_in_our_sizes(cast: Cast, anan: Member, content: bytes) -> None:
    browser = await cast.browser(anan)
    answer = await upload(browser, content, "写真" * 150 + "../../etc/passwd\0.jpg")
    assert answer.status_code == 200, answer.text
    photo = answer.json()["photo"]
    assert set(photo) == {"64", "256"}
    for size, address in photo.items():
        file = await browser.get(address)
        image = Image.open(io.BytesIO(file.content))
        assert (file.headers["content-type"], image.format, image.size) == ("image/webp", "WEBP", (int(size),) * 2)
    assert (await browser.get("/api/v1/me")).json()["photo"] == photo


async def test_metadata_is_gone_and_the_picture_stands_upright(cast: Cast, anan: Member) -> None:
    """Case 58."""
    assert SECRET in with_metadata()
    browser = await cast.browser(anan)
    address = (await upload(browser, with_metadata())).json()["photo"]["256"]
    content = (await browser.get(address)).content
    image = Image.open(io.BytesIO(content))
    assert (SECRET in content, dict(image.getexif()), set(image.info) & {"exif", "xmp", "icc_profile"}) == (
        False,
        {},
        set(),
    )
    left, right = (image.convert("RGB").getpixel((x, 128)) for x in (40, 216))
    assert isinstance(left, tuple) and isinstance(right, tuple)
    assert (left[2] > 200, right[0] > 200) == (True, True)


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 415),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", 415),
        (b"<html><script>alert(1)</script>", 415),
        (b"GIF89a" + b"\0" * 50, 415),
        (b"%PDF-1.7", 415),
        (picture("TIFF"), 415),
        (picture("GIF"), 415),
        (png(12_000, 12_000), 422),
        (png(2**31 - 1, 2**31 - 1), 422),
        (png(0, 10), 422),
        (png(300, 300)[:60], 422),
        (picture("JPEG")[:1500], 422),
        (picture("JPEG")[:8], 422),
        (picture("PNG")[:200], 422),
        (picture("WEBP")[:100], 422),
        (b"\xff\xd8\xff" + b"\xff" * 100_000, 422),
        (b"\x89PNG\r\n\x1a\n<html>", 415),
        (b"RIFF\0\0\0\0WEBPVP8X" + b"\xff" * 40, 422),
        (moving("WEBP"), 422),
        (moving("PNG"), 422),
    ],
)
async def test_what_is_no_picture_to_keep_is_refused(cast: Cast, anan: Member, content: bytes, status: int) -> None:
    """Case 58."""
    browser = await cast.browser(anan)
    before = (await upload(browser, picture())).json()["photo"]
    answer = await upload(browser, content, "me.png", "image/png")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    assert (await browser.get("/api/v1/me")).json()["photo"] == before
    assert (await browser.get(before["64"])).status_code == 200


async def test_what_is_too_large_is_refused_while_it_is_read(cast: Cast, anan: Member) -> None:
    """Case 59."""
    browser = await cast.browser(anan)
    for content in (picture() + b"\0" * (10 << 20), picture() + b"\0" * (11 << 20)):
        assert (await upload(browser, content)).status_code == 413
    assert (await browser.put("/api/v1/me/photo", data={"file": "text"})).status_code == 422
    assert (await browser.put("/api/v1/me/photo", files={"other": picture()})).status_code == 422


async def test_a_polyglot_leaves_only_its_pixels(cast: Cast, anan: Member) -> None:
    """Case 58."""
    browser = await cast.browser(anan)
    script = b"<script>alert(document.cookie)</script>"
    address = (await upload(browser, picture("PNG") + script)).json()["photo"]["256"]
    file = await browser.get(address)
    assert (script in file.content, file.headers["x-content-type-options"]) == (False, "nosniff")
    assert file.headers["content-security-policy"] == "default-src 'none'; sandbox"


async def test_a_new_photo_has_a_new_address_and_the_old_file_is_gone(cast: Cast, anan: Member) -> None:
    browser = await cast.browser(anan)
    first = (await upload(browser, picture())).json()["photo"]["64"]
    second = (await upload(browser, picture("PNG"))).json()["photo"]["64"]
    assert [(await browser.get(one)).status_code for one in (first, second)] == [404, 200]
    assert await cast.running.blobs.get(first.removeprefix("/files/")) is None
    assert (await browser.delete("/api/v1/me/photo")).status_code == 204
    assert (await browser.delete("/api/v1/me/photo")).status_code == 204
    assert (await browser.get(second)).status_code == 404
    assert await cast.running.blobs.get(second.removeprefix("/files/")) is None


async def test_the_audience_is_asked_at_every_read(cast: Cast, anan: Member) -> None:
    """Case 58."""
    mate, stranger = await cast.member("Mate Matthews"), await cast.member("Stan Stranger")
    await cast.exchange("X-1", [anan, mate])
    owner = await cast.browser(anan)
    address = (await upload(owner, picture())).json()["photo"]["256"]
    readers = {
        "visitor": cast.visitor(),
        "stranger": await cast.browser(stranger),
        "mate": await cast.browser(mate),
        "owner": owner,
    }

    async def seen_by() -> set[str]:
        seen = set()
        for who, browser in readers.items():
            file = await browser.get(address)
            profile = (await browser.get("/api/v1/members/anan-suda")).json()
            assert (file.status_code == 200) == bool(profile.get("photo")), who
            seen |= {who} if file.status_code == 200 else set()
            tag = (await owner.get(address)).headers["etag"]
            again = await browser.get(address, headers={"if-none-match": tag})
            assert again.status_code == (304 if file.status_code == 200 else 404)
        return seen

    assert await seen_by() == {"stranger", "mate", "owner"}
    for audience, expected in (("cohorts", {"mate", "owner"}), ("me", {"owner"})):
        await owner.patch("/api/v1/me/preferences", json={"visibility": {"photo": audience}})
        assert await seen_by() == expected
    await owner.patch("/api/v1/me/preferences", json={"visibility": {"photo": "everyone"}})
    assert await seen_by() == {"stranger", "mate", "owner"}
    await owner.patch("/api/v1/me/preferences", json={"visibility": {"name": "everyone"}})
    assert await seen_by() == {"visitor", "stranger", "mate", "owner"}
    await cast.block(anan, mate)
    assert await seen_by() == {"visitor", "stranger", "owner"}


@pytest.mark.parametrize(
    "path",
    ["x/64.webp", "{id}/65.webp", "{id}/64.png", "{id}/..%2f..%2fsecret", "{ID}x/64.webp", "%00/64.webp", "{id}/%00"],
)
async def test_an_address_that_is_none_is_404(cast: Cast, anan: Member, path: str) -> None:
    """Case 58."""
    browser = await cast.browser(anan)
    address = (await upload(browser, picture())).json()["photo"]["64"]
    photo = address.split("/")[3]
    assert (await browser.get(address)).status_code == 200
    assert (await browser.get("/files/photos/" + path.format(id=photo, ID=photo.upper()))).status_code == 404

"""How tests come to photos: drawn, uploaded by the API, read at their addresses."""

import io
from typing import Any

import httpx
from PIL import Image


def drawn(
    colour: tuple[int, int, int] = (200, 30, 60), size: tuple[int, int] = (640, 480), kind: str = "JPEG"
) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, kind)
    return file.getvalue()


async def upload(browser: httpx.AsyncClient, code: str = "X-1", content: bytes | None = None, **fields: Any) -> Any:
    """The answer."""
    file = {"file": ("IMG_1.jpg", drawn() if content is None else content, "image/jpeg")}
    return await browser.post(f"/api/v1/exchanges/{code}/album", files=file, data=fields)


async def put(browser: httpx.AsyncClient, code: str = "X-1", content: bytes | None = None, **fields: Any) -> Any:
    """The photo."""
    return (await upload(browser, code, content, **fields)).raise_for_status().json()


async def captions(browser: httpx.AsyncClient, code: str = "X-1") -> list[str]:
    answer = await browser.get(f"/api/v1/exchanges/{code}/album")
    return [one["caption"] for one in answer.raise_for_status().json()["items"]]


async def statuses(browser: httpx.AsyncClient, photo: Any, code: str = "X-1") -> list[int]:
    """Of the photo by API, by page, and of its files."""
    paths = (
        f"/api/v1/exchanges/{code}/album/{photo['id']}",
        f"/exchanges/{code}/album/{photo['id']}",
        *photo["files"].values(),
    )
    return [(await browser.get(path)).status_code for path in paths]

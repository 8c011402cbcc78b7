"""What an uploaded picture becomes: its pixels alone, upright, in the sizes wanted; anything odd is refused."""

import io
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from PIL import Image, ImageOps

from ssc.core import errors
from ssc.core.errors import UNSUPPORTED, Problem
from ssc.core.i18n import _

T = TypeVar("T")

MOST_PIXELS = 40_000_000
LARGEST_FILE = 10 << 20
_KINDS = ("JPEG", "PNG", "WEBP")
_MOST_PARTS = 5000  # before a JPEG says its size: a file of ten million empty ones would hold everybody up
_one_at_a_time = CapacityLimiter(1)


@dataclass(frozen=True)
class Fitted:
    """A picture whose longer side is at most so many pixels: by that, WebP files; and how large the largest is."""

    files: dict[int, bytes]
    width: int
    height: int


async def squares(content: bytes, sizes: Sequence[int]) -> dict[int, bytes]:
    """Side → WebP, the middle of the picture. 415 for what is no JPEG, PNG or WebP; 413 and 422 for what must not or
    cannot be decoded.

    Decoding is done beside the requests, one picture at a time, so that memory stays bounded.
    """
    return await _beside(content, max(sizes), lambda upright: {size: _square(upright, size) for size in sizes})


async def fitted(content: bytes, sizes: Sequence[int]) -> Fitted:
    """The whole picture, in these sizes, never larger than it is. Refuses like `squares`."""
    return await _beside(content, max(sizes), lambda upright: _fitted(upright, sizes))


def is_picture(content: bytes) -> bool:
    """Whether it begins like one of the kinds that are taken."""
    return _announced(content) is not None


async def _beside(content: bytes, draft: int, make: Callable[[Image.Image], T]) -> T:
    if len(content) > LARGEST_FILE:
        raise Problem(errors.TOO_LARGE)
    size = _announced(content)
    if size is None:
        raise Problem(UNSUPPORTED, _("Choose a JPEG, PNG or WebP picture."))
    if min(size) < 1 or size[0] * size[1] > MOST_PIXELS:
        raise errors.invalid(("file", _("This picture has too many pixels. Choose a smaller one.")))
    return await to_thread.run_sync(lambda: make(_upright(content, draft)), limiter=_one_at_a_time)


def _upright(content: bytes, draft: int) -> Image.Image:
    try:
        with Image.open(io.BytesIO(content), formats=_KINDS) as picture:
            # Phones write a small copy behind a JPEG; only in the other two kinds more frames are motion.
            if picture.format != "MPO" and getattr(picture, "n_frames", 1) > 1:
                raise errors.invalid(("file", _("This picture moves. Choose one that stands still.")))
            picture.draft("RGB", (draft, draft))
            return _on_white(ImageOps.exif_transpose(picture))
    except Problem:
        raise
    except Exception as broken:  # decoders raise whatever a damaged file leads them to
        raise errors.invalid(("file", _("This picture is damaged. Choose another one."))) from broken


def _on_white(picture: Image.Image) -> Image.Image:
    """Plain colours: no transparency, palette or profile is left."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    white = Image.new("RGB", layer.size, "white")
    white.paste(layer, mask=layer.getchannel("A"))
    return white


def _square(picture: Image.Image, size: int) -> bytes:
    return _encoded(ImageOps.fit(picture, (size, size), Image.Resampling.LANCZOS))


def _fitted(picture: Image.Image, sizes: Sequence[int]) -> Fitted:
    files: dict[int, bytes] = {}
    width = height = 0
    for size in sorted(sizes, reverse=True):
        picture.thumbnail((size, size), Image.Resampling.LANCZOS)  # from the larger one: less to look at
        if not files:
            width, height = picture.size
        files[size] = _encoded(picture)
    return Fitted(files, width, height)


def _encoded(picture: Image.Image) -> bytes:
    """A new file: nothing of the old one but what the eye sees."""
    file = io.BytesIO()
    picture.save(file, "WEBP", quality=82, method=4)
    return file.getvalue()


def _announced(content: bytes) -> tuple[int, int] | None:
    """Width and height as the file's head has them, before any decoder sees it; None for another kind of file."""
    try:
        if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
            width, height = struct.unpack(">II", content[16:24])
            return width, height
        if content.startswith(b"\xff\xd8\xff"):
            return _of_jpeg(content)
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return _of_webp(content)
    except (struct.error, IndexError):
        return (0, 0)
    return None


def _of_jpeg(content: bytes) -> tuple[int, int]:
    place = 2
    for _part in range(_MOST_PARTS):
        marker, length = content[place + 1], struct.unpack(">H", content[place + 2 : place + 4])[0]
        if content[place] != 0xFF:
            raise IndexError
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return width, height
        place += 1 if marker == 0xFF else 2 + length
    raise IndexError


def _of_webp(content: bytes) -> tuple[int, int]:
    match content[12:16]:
        case b"VP8X":
            return (
                1 + int.from_bytes(content[24:27], "little"),
                1 + int.from_bytes(content[27:30], "little"),
            )
        case b"VP8 ":
            width, height = struct.unpack("<HH", content[26:30])
            return width & 0x3FFF, height & 0x3FFF
        case b"VP8L":
            bits = struct.unpack("<I", content[21:25])[0]
            return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    raise IndexError

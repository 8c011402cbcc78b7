"""A text's pictures as files: under which key they lie, how they are answered, how the text shows them."""

import re
from collections.abc import Collection, Sequence
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from ssc.core import errors
from ssc.core.blobs import Blobs
from ssc.core.markdown import Image
from ssc.web import etags
from ssc.writing.models import Picture

SIZES = (480, 1600)
NAMES = {f"{size}.webp": size for size in SIZES}
_CALLED = re.compile(r"!\[[^\[\]]*\]\(picture:([^\s()]*)\)")
_HEADERS = {
    # Asked for anew each time: the text may have been withdrawn, or somebody pictured have taken back consent.
    "Vary": "Cookie, Authorization",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Content-Disposition": "inline",
}


def blob_of(picture_id: UUID, size: int) -> str:
    return f"writing/{picture_id}/{size}.webp"


def shown(pictures: Sequence[Picture], folder: str, query: str = "") -> dict[str, Image]:
    """For `markdown.article`: each under the name by which a text calls it. `folder`: where the feature answers them.

    `query` is added to the addresses, as a preview needs it.
    """
    return {str(one.id): _image(one, f"{folder}/{one.id}", query) for one in pictures}


def without_others(source: str, images: Collection[str]) -> str:
    """The text without pictures of ours that are not to be seen: their words name who is in them."""
    return _CALLED.sub(lambda called: called[0] if called[1] in images else "", source)


def called_in(source: str) -> list[str]:
    """The names of the pictures of ours that a text calls."""
    return _CALLED.findall(source)


def _image(picture: Picture, address: str, query: str) -> Image:
    longest = max(picture.width, picture.height)
    widths = {size: max(1, round(picture.width * min(1, size / longest))) for size in SIZES}
    return Image({widths[size]: f"{address}/{size}.webp{query}" for size in SIZES}, picture.width, picture.height)


async def answer(request: Request, blobs: Blobs, picture: Picture, name: str, *, private: bool) -> Response:
    """A size of the picture, to who may read the text: which its route has asked. 404 for another name."""
    size = NAMES.get(name)
    if size is None:
        raise errors.not_found()
    kept = "private, no-cache" if private else "public, no-cache"
    headers = {**_HEADERS, "Cache-Control": kept, "ETag": f'"{picture.id}-{size}"'}
    if etags.is_known(request, headers["ETag"]):
        return Response(None, 304, headers)
    content = await blobs.get(blob_of(picture.id, size))
    if content is None:
        raise errors.not_found()
    return Response(content, 200, headers, "image/webp")

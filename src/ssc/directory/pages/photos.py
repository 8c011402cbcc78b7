"""Photos as files: from a path of their own, to whoever may see them at this moment."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import Visitor
from ssc.core import errors, ids
from ssc.directory import actions
from ssc.people import queries as people
from ssc.people.shapes import PHOTO_SIZES
from ssc.web import etags
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)

_NAMES = {f"{size}.webp": size for size in PHOTO_SIZES}
_HEADERS = {
    # Kept by the reader's browser alone, and asked for anew each time: the audience may have changed.
    "Cache-Control": "private, no-cache",
    "Vary": "Cookie, Authorization",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Content-Disposition": "inline",
}


@router.get("/files/photos/{photo}/{name}")
async def photo(
    request: Request, photo: str, name: str, viewer: Visitor, process: Running, session: Transaction
) -> Response:
    """A size of a member's photo; 404 to everyone for whom it is not, as if there were none."""
    photo_id, size = ids.parse(photo), _NAMES.get(name)
    if photo_id is None or size is None or not await people.sees_photo(session, viewer, photo_id):
        raise errors.not_found()
    headers = {**_HEADERS, "ETag": f'"{photo_id}-{size}"'}
    if etags.is_known(request, headers["ETag"]):
        return Response(None, 304, headers)
    content = await process.blobs.get(actions.blob_of(photo_id, size))
    if content is None:
        raise errors.not_found()
    return Response(content, 200, headers, "image/webp")

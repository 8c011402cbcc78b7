"""Files for messages: brought by one call, carried by another, read at an address that asks who reads."""

from typing import Annotated

from fastapi import APIRouter, File, Request, UploadFile
from starlette.responses import Response

from ssc.accounts.loaders import Correspondent
from ssc.core import errors, ids
from ssc.core.db import Session
from ssc.messaging import encoding, files, limiting
from ssc.messaging.actions.uploads import IMAGE_SIZES, blob_of, take_file
from ssc.messaging.models import Upload
from ssc.messaging.queries.uploads import readable_upload
from ssc.messaging.shapes import Attachment
from ssc.people.viewer import Viewer
from ssc.web import api, etags
from ssc.web.api import problems
from ssc.web.transactions import Running, Transaction

router = api.router(tags=["Messages"])
file_router = APIRouter(include_in_schema=False)

_SIZES = {f"{size}.webp": size for size in IMAGE_SIZES}
_HEADERS = {
    # Kept by the reader's browser alone, and asked for anew each time: the message may be gone, or her membership.
    "Cache-Control": "private, no-cache",
    "Vary": "Cookie, Authorization",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


@router.post(
    "/uploads",
    status_code=201,
    response_model=Attachment,
    response_model_exclude_none=True,
    max_body_size=api.UPLOAD_LIMIT,
    responses=problems(401, 403, 413, 415, 422, 429),
)
async def upload(
    viewer: Correspondent, process: Running, session: Transaction, file: Annotated[UploadFile, File()]
) -> Attachment:
    """A file of at most 10 MiB that a message can then carry; 60 an hour. One that no message carries is gone in a day.

    Pictures (JPEG, PNG, WebP) are kept in our sizes (`<url>/480.webp`, `<url>/1600.webp`) without metadata; PDF and
    office documents without macros are downloads. What it is decide its bytes.
    """
    await process.limits.take(limiting.UPLOADS, str(viewer.id))
    taken = await take_file(session, process.blobs, viewer, file.filename, await file.read())
    return Attachment(
        id=str(taken.id),
        url=f"{encoding.UPLOADS}/{taken.id}",
        kind="image" if taken.kind == "image" else "file",
        name=taken.name,
        bytes=taken.bytes,
        width=taken.width,
        height=taken.height,
    )


@file_router.get("/files/messages/{upload_id}")
async def whole_file(
    request: Request, upload_id: str, viewer: Correspondent, process: Running, session: Transaction
) -> Response:
    """The file as a download, or the picture; 404 to everyone who may not read a message that carries it."""
    return await _answer(request, process, await _readable(session, viewer, upload_id), IMAGE_SIZES[-1])


@file_router.get("/files/messages/{upload_id}/{name}")
async def sized_picture(
    request: Request, upload_id: str, name: str, viewer: Correspondent, process: Running, session: Transaction
) -> Response:
    """A size of a picture."""
    found = await _readable(session, viewer, upload_id)
    if found.kind != "image" or name not in _SIZES:
        raise errors.not_found()
    return await _answer(request, process, found, _SIZES[name])


async def _readable(session: Session, viewer: Viewer, upload_id: str) -> Upload:
    identity = ids.parse(upload_id)
    found = await readable_upload(session, viewer, identity) if identity else None
    if found is None:
        raise errors.not_found()
    return found


async def _answer(request: Request, process: Running, found: Upload, size: int) -> Response:
    is_image = found.kind == "image"
    headers = {
        **_HEADERS,
        "ETag": f'"{found.id}-{size}"',
        "Content-Disposition": files.disposition(found.name, inline=is_image),
    }
    if etags.is_known(request, headers["ETag"]):
        return Response(None, 304, headers)
    content = await process.blobs.get(blob_of(found, size))
    if content is None:
        raise errors.not_found()
    return Response(content, 200, headers, found.media_type)

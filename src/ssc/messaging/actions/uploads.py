"""Files for messages: taken over as what they are, and swept away when no message carries them."""

from datetime import timedelta

from sqlalchemy import delete

from ssc.core import clock, ids, pictures
from ssc.core.blobs import Blobs
from ssc.core.db import Session
from ssc.messaging import files
from ssc.messaging.models import Upload
from ssc.people.viewer import Viewer

IMAGE_SIZES = (480, 1600)
UNUSED_FOR = timedelta(days=1)


def blob_of(upload: Upload, size: int = IMAGE_SIZES[-1]) -> str:
    """Under which key the file is kept, or a size of the picture."""
    return f"{upload.blob}/{size}.webp" if upload.kind == "image" else upload.blob


async def take_file(session: Session, blobs: Blobs, viewer: Viewer, name: str | None, content: bytes) -> Upload:
    """A picture in our sizes without metadata, or a document as it is; 415 for anything else, 422 for a broken one."""
    made = ids.new()
    row = Upload(id=made, member_id=viewer.id, blob=f"messages/{made}")
    if pictures.is_picture(content):
        picture = await pictures.fitted(content, IMAGE_SIZES)
        row.kind, sort, row.bytes = "image", files.WEBP, len(picture.files[IMAGE_SIZES[-1]])
        row.width, row.height = picture.width, picture.height
        for size, file in picture.files.items():
            await blobs.put(blob_of(row, size), file)
    else:
        row.kind, sort, row.bytes = "file", files.sort_of(content), len(content)
        await blobs.put(row.blob, content)
    row.media_type, row.name = sort.media_type, files.safe_name(name, sort)
    session.add(row)
    await session.flush()
    return row


async def sweep_unused(session: Session, blobs: Blobs) -> None:
    """Deletes what no message has carried for a day, the files once that stands."""
    old = clock.now() - UNUSED_FOR
    gone = list(
        await session.scalars(delete(Upload).where(Upload.seq.is_(None), Upload.created_at < old).returning(Upload))
    )
    keys = [blob_of(upload, size) for upload in gone for size in IMAGE_SIZES]

    async def remove() -> None:
        await blobs.delete(*dict.fromkeys(keys))

    session.after_commit(remove)

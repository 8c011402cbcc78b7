"""Where an album's page is, under which keys a photo's files lie, and at which addresses they are read."""

from urllib.parse import quote
from uuid import UUID

from ssc.communities.albums.models import AlbumPhoto
from ssc.communities.albums.rules import SIZES
from ssc.programmes.models import Exchange

FOLDER = "/files/albums"
NAMES = {f"{size}.webp": size for size in SIZES}


def blob_of(photo_id: UUID, size: int) -> str:
    return f"albums/{photo_id}/{size}.webp"


def blobs_of(photo_id: UUID) -> list[str]:
    return [blob_of(photo_id, size) for size in SIZES]


def addresses_of(photo: AlbumPhoto) -> dict[str, str]:
    """By size."""
    return {str(size): f"{FOLDER}/{photo.id}/{size}.webp" for size in SIZES}


def path_of(exchange: Exchange) -> str:
    """The page of its album."""
    return f"/exchanges/{quote(exchange.code, safe='')}/album"

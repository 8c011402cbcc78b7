"""What the API says of an album's photos."""

from dataclasses import dataclass
from uuid import UUID

from pydantic import BaseModel, Field

from ssc.communities.albums.files import addresses_of
from ssc.communities.albums.models import AlbumPhoto
from ssc.people.shapes import MemberInShort
from ssc.people.viewer import Viewer
from ssc.web.api import Instant


@dataclass(frozen=True)
class Shown:
    """A photo, and who uploaded it as the reader may know her.

    Of somebody blocked the photo is shown without a name: else nobody could take a photo of herself down that is hers
    who hurt her.
    """

    photo: AlbumPhoto
    by: MemberInShort | None


class Photo(BaseModel):
    """A photo of a cohort's album. `files` are addresses by size, which ask at each read who reads."""

    id: UUID
    caption: str
    by: MemberInShort | None = Field(description="Who uploaded it; null where the reader may not know her.")
    own: bool = Field(description="Whether the reader uploaded it.")
    width: int = Field(description="Of the largest size.")
    height: int
    files: dict[str, str]
    created_at: Instant

    @classmethod
    def of(cls, viewer: Viewer, shown: Shown) -> "Photo":
        photo = shown.photo
        return cls(
            id=photo.id,
            caption=photo.caption,
            by=shown.by,
            own=photo.member_id == viewer.id,
            width=photo.width,
            height=photo.height,
            files=addresses_of(photo),
            created_at=photo.created_at,
        )


class TakenDown(BaseModel):
    """That a photo is down. Nobody sees it; after thirty days it is deleted."""

    id: UUID
    taken_at: Instant

"""What may be said of an album's photos."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from ssc.communities.albums.rules import CAPTION_LIMIT, PLACES
from ssc.core import text
from ssc.web.api import Body

Caption = Annotated[str, text.ONE_LINE, StringConstraints(max_length=CAPTION_LIMIT)]
Place = Annotated[int, Field(ge=0, lt=PLACES)]


class PhotoWords(Body):
    """What its uploader says of it."""

    caption: Caption = Field("", description="What it shows, also for who does not see it; up to 300 characters.")


class PhotoPlace(Body):
    """Where it stands among what was brought together."""

    batch: UUID | None = None
    place: Place = 0

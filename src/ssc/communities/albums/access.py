"""Loaders: an album and its photos, through the reader's own participation."""

from typing import Annotated, NamedTuple

from fastapi import Depends

from ssc.accounts.loaders import SignedIn
from ssc.communities.albums import queries
from ssc.communities.albums.models import AlbumPhoto, AlbumTakeDown
from ssc.communities.albums.rules import BY_DAY, TAKING_DOWN, UPLOADS
from ssc.communities.queries.exchanges import exchange_of
from ssc.core import errors, ids
from ssc.core.process import Process
from ssc.people.viewer import Viewer
from ssc.programmes.models import Exchange
from ssc.web import api
from ssc.web.transactions import Transaction


@api.refuses(404)
async def own_album(code: str, viewer: SignedIn, session: Transaction) -> Exchange:
    return errors.found(await queries.album_of(session, viewer, code))


OwnAlbum = Annotated[Exchange, Depends(own_album)]
"""The exchange in the path, whose album is for the reader; 404 else, as if there were none."""


class Placed(NamedTuple):
    """A photo with the exchange in whose album it is."""

    exchange: Exchange
    photo: AlbumPhoto


@api.refuses(404)
async def seen_photo(code: str, identity: str, viewer: SignedIn, session: Transaction) -> Placed:
    photo_id = ids.parse(identity)
    photo = await queries.photo_of(session, viewer, photo_id) if photo_id else None
    exchange = await exchange_of(session, code) if photo else None
    if photo is None or exchange is None or photo.exchange_id != exchange.id:
        raise errors.not_found()
    return Placed(exchange, photo)


SeenPhoto = Annotated[Placed, Depends(seen_photo)]
"""The photo in the path, while it stands and is for the reader; 404 else."""


Downed = tuple[AlbumPhoto, AlbumTakeDown]


@api.refuses(404)
async def downed_photo(identity: str, album: OwnAlbum, viewer: SignedIn, session: Transaction) -> Downed:
    photo_id = ids.parse(identity)
    found = await queries.take_down_of(session, viewer, photo_id) if photo_id else None
    if found is None or found[0].exchange_id != album.id:
        raise errors.not_found()
    return found


DownedPhoto = Annotated[Downed, Depends(downed_photo)]
"""A photo that is down, with who took it down; whether she may bring it back is for the rules."""


async def count_upload(process: Process, viewer: Viewer, number: int = 1) -> None:
    """Before photos are taken: 429 after 60 uploads an hour, or 200 photos a day."""
    await process.limits.take(UPLOADS, str(viewer.id), number)
    await process.limits.take(BY_DAY, str(viewer.id), number)


async def count_take_down(process: Process, viewer: Viewer) -> None:
    """Before one is taken down: 429 after a hundred a day."""
    await process.limits.take(TAKING_DOWN, str(viewer.id))

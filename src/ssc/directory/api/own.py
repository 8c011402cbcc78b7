"""One's own profile, photo and preferences, for programs."""

from typing import Annotated

from fastapi import File, UploadFile
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn
from ssc.core.db import Session
from ssc.directory import actions
from ssc.directory.actions.counting import UPLOADS
from ssc.directory.forms import PreferencesChange, ProfileChange
from ssc.directory.shapes import OwnMember, Preferences, audiences
from ssc.people import queries as people
from ssc.people.models import Member
from ssc.people.shapes import MemberInShort
from ssc.people.viewer import Viewer
from ssc.web import api, etags
from ssc.web.api import problems
from ssc.web.transactions import Running, Transaction

router = api.router(tags=["Sign-in and one's own account"])


@router.get("/me", response_model=OwnMember, response_model_exclude_unset=True, responses=problems(401, 403))
async def me(viewer: SignedIn, session: Transaction) -> Response:
    """One's own profile, whole, and who may see which part of it."""
    return await _own(session, viewer)


@router.patch("/me", response_model=OwnMember, response_model_exclude_unset=True, responses=problems(401, 403, 422))
async def change_me(change: ProfileChange, viewer: SignedIn, session: Transaction) -> Response:
    """Changes what is given; null empties what may be empty."""
    await actions.change_profile(session, await session.get_one(Member, viewer.id), change)
    return await _own(session, viewer)


@router.put("/me/photo", max_body_size=api.UPLOAD_LIMIT, responses=problems(401, 403, 413, 415, 422, 429))
async def change_photo(
    viewer: SignedIn, process: Running, session: Transaction, file: Annotated[UploadFile, File()]
) -> MemberInShort:
    """A JPEG, PNG or WebP of at most 10 MiB and 40 megapixels. Kept square, in our sizes, without metadata.

    60 uploads an hour.
    """
    await process.limits.take(UPLOADS, str(viewer.id))
    member = await session.get_one(Member, viewer.id)
    await actions.change_photo(session, process.blobs, member, await file.read())
    (own,) = await people.in_short(session, viewer, [viewer.id])
    return own


@router.delete("/me/photo", status_code=204, responses=problems(401, 403))
async def remove_photo(viewer: SignedIn, process: Running, session: Transaction) -> Response:
    """Takes the photo away; its files are deleted."""
    await actions.remove_photo(session, process.blobs, await session.get_one(Member, viewer.id))
    return Response(status_code=204)


@router.get("/me/preferences", responses=problems(401, 403))
async def preferences(viewer: SignedIn, response: Response) -> Preferences:
    """What the member chose, and who may see which part of her profile."""
    response.headers["Cache-Control"] = etags.PRIVATE
    return Preferences.of(viewer.member)


@router.patch("/me/preferences", responses=problems(401, 403, 422))
async def change_preferences(
    change: PreferencesChange, viewer: SignedIn, session: Transaction, response: Response
) -> Preferences:
    """Changes what is given; of the maps only the keys that are given."""
    member = await session.get_one(Member, viewer.id)
    await actions.change_preferences(session, member, change)
    response.headers["Cache-Control"] = etags.PRIVATE
    return Preferences.of(member)


async def _own(session: Session, viewer: Viewer) -> Response:
    (own,) = await people.reached(session, viewer, [viewer.id])
    member = await session.get_one(Member, viewer.id)
    values = {name: getattr(own.member, name) for name in own.member.model_fields_set}
    whole = OwnMember.model_construct(**values, visibility=audiences(member))
    content = whole.model_dump_json(exclude_unset=True)
    return Response(content, 200, {"Cache-Control": etags.PRIVATE}, "application/json")

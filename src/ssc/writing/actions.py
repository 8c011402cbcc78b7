"""Beginning a text and changing it, with all that hangs on that; nobody's words are lost.

What is written belongs to a row of the package above (`writing_id`), which asks who may before it calls these.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from ssc.core import clock, ids
from ssc.core import pictures as pixels
from ssc.core.blobs import Blobs
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.writing import pictures
from ssc.writing.models import Editing, Picture, PictureTakeDown, PreviewLink, Version, Writing
from ssc.writing.rules import EDITED_MEANWHILE, KEPT_TAKEN_DOWN, PREVIEW_LASTS, REVISION_NEEDED, amends, is_meant

WORDS = ("lang", "title", "summary", "body")


async def begin(
    session: Session, *, lang: str, title: str, body: str, by: UUID | None, summary: str = "", kept: str | None = None
) -> Writing:
    """A new text, and its first version. `kept`: what that holds as its body, where more is told than the body."""
    made = Writing(id=ids.new(), lang=lang, title=title, summary=summary, body=body, rev=1, written_by=by)
    session.add(made)
    await session.flush()
    session.add(_version(made, kept))
    await session.flush()
    return made


async def revise(
    session: Session,
    writing_id: UUID,
    words: Mapping[str, str],
    *,
    by: UUID | None,
    if_match: str | None,
    kept: Callable[[Writing], str] | None = None,
) -> Writing:
    """Changes those of `WORDS` that are given, of the text that its caller knows as `if_match`.

    428 without that, 409 `edited-meanwhile` when it has changed since. An edit within ten minutes by the same person
    amends her version, a later one is a version of its own. The revision grows also where no word changed, so that
    what hangs on the text (its kind, its countries) is guarded by it too. `kept`: what the version holds as its body,
    asked of the changed text, where more is told than the body.
    """
    if if_match is None:
        raise Problem(REVISION_NEEDED)
    writing = await session.get_one(Writing, writing_id, with_for_update=True, populate_existing=True)
    if not is_meant(if_match, writing.rev):
        raise Problem(EDITED_MEANWHILE)
    for name in WORDS:
        if name in words:
            setattr(writing, name, words[name])
    writing.rev, writing.written_at, writing.written_by = writing.rev + 1, clock.now(), by
    await _keep(session, writing, kept(writing) if kept else None)
    if by is not None:
        await session.execute(delete(Editing).where(Editing.writing_id == writing_id, Editing.member_id == by))
    return writing


async def be_seen(session: Session, writing: Writing, member_id: UUID) -> None:
    """Leaves the trace that she has it open; what she typed before stays."""
    row = {"writing_id": writing.id, "member_id": member_id, "seen_at": clock.now(), "rev": writing.rev}
    statement = insert(Editing).values(row)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[Editing.writing_id, Editing.member_id], set_={"seen_at": statement.excluded.seen_at}
        )
    )


async def keep_typed(session: Session, writing_id: UUID, member_id: UUID, typed: Mapping[str, Any], rev: int) -> None:
    """Autosave: what she typed since revision `rev`, for her alone, until she saves or drops it."""
    now = clock.now()
    row = {"writing_id": writing_id, "member_id": member_id, "seen_at": now, "rev": rev, "typed": dict(typed)}
    statement = insert(Editing).values({**row, "typed_at": now})
    changed = {name: statement.excluded[name] for name in ("seen_at", "rev", "typed", "typed_at")}
    await session.execute(
        statement.on_conflict_do_update(index_elements=[Editing.writing_id, Editing.member_id], set_=changed)
    )


async def drop_typed(session: Session, writing_id: UUID, member_id: UUID) -> None:
    """She goes back to what is saved."""
    await session.execute(delete(Editing).where(Editing.writing_id == writing_id, Editing.member_id == member_id))


async def make_preview(session: Session, writing_id: UUID, by: UUID) -> str:
    """A token by which whoever has it reads the text for some days; only its hash is kept."""
    token = ids.secret()
    session.add(
        PreviewLink(writing_id=writing_id, digest=ids.digest(token), made_by=by, expires_at=clock.now() + PREVIEW_LASTS)
    )
    await session.flush()
    return token


async def end_previews(session: Session, writing_id: UUID) -> None:
    await session.execute(delete(PreviewLink).where(PreviewLink.writing_id == writing_id))


async def add_picture(
    session: Session, blobs: Blobs, writing_id: UUID, content: bytes, *, alt: str, by: UUID
) -> Picture:
    """Takes the picture over in our sizes, without metadata. 415, 413 and 422 as `core.pictures` has them."""
    fitted = await pixels.fitted(content, pictures.SIZES)
    made = Picture(
        id=ids.new(), writing_id=writing_id, alt=alt, width=fitted.width, height=fitted.height, brought_by=by
    )
    for size, file in fitted.files.items():
        await blobs.put(pictures.blob_of(made.id, size), file)
    session.add(made)
    await session.flush()
    return made


async def remove_picture(session: Session, blobs: Blobs, picture: Picture) -> None:
    """Takes it away from everywhere; its files go once that stands."""
    await session.delete(picture)
    await session.flush()
    _delete_files(session, blobs, [picture.id])


async def take_down_picture(session: Session, picture_id: UUID, by: UUID) -> bool:
    """Somebody in it does not want to be seen: from now on nobody sees it, its files' addresses included. False when
    it was down already, or is gone: of two at once one took it down."""
    held = select(Picture.id).where(Picture.id == picture_id).with_for_update(key_share=True)
    if await session.scalar(held) is None:
        return False
    row = {"picture_id": picture_id, "member_id": by, "taken_at": clock.now()}
    taken = insert(PictureTakeDown).values(row).on_conflict_do_nothing().returning(PictureTakeDown.picture_id)
    return (await session.execute(taken)).scalar_one_or_none() is not None


async def bring_back_picture(session: Session, taken: PictureTakeDown) -> None:
    """Whoever may is the caller's question."""
    await session.delete(taken)
    await session.flush()


async def sweep_pictures(session: Session, blobs: Blobs) -> None:
    """Deletes what has been down for a month: nobody brings it back any more."""
    old = select(PictureTakeDown.picture_id).where(PictureTakeDown.taken_at < clock.now() - KEPT_TAKEN_DOWN)
    gone = await session.scalars(delete(Picture).where(Picture.id.in_(old)).returning(Picture.id))
    _delete_files(session, blobs, list(gone))


def _delete_files(session: Session, blobs: Blobs, picture_ids: list[UUID]) -> None:
    """Once it stands that they are gone."""
    keys = [pictures.blob_of(one, size) for one in picture_ids for size in pictures.SIZES]
    if not keys:
        return

    async def remove() -> None:
        await blobs.delete(*keys)

    session.after_commit(remove)


async def _keep(session: Session, writing: Writing, kept: str | None) -> None:
    latest = await session.scalar(
        select(Version).where(Version.writing_id == writing.id).order_by(Version.rev.desc()).limit(1)
    )
    if latest is not None and amends(latest, writing.written_by, writing.written_at):
        latest.rev, latest.title = writing.rev, writing.title
        latest.summary, latest.body = writing.summary, writing.body if kept is None else kept
    else:
        session.add(_version(writing, kept))
    await session.flush()


def _version(writing: Writing, kept: str | None) -> Version:
    return Version(
        id=ids.new(),
        writing_id=writing.id,
        rev=writing.rev,
        title=writing.title,
        summary=writing.summary,
        body=writing.body if kept is None else kept,
        begun_at=writing.written_at or clock.now(),
        written_by=writing.written_by,
    )

"""Beginning a text and changing it; nobody's words are lost."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from ssc.core import clock, ids
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.writing.models import Version, Writing
from ssc.writing.rules import EDITED_MEANWHILE, REVISION_NEEDED, amends, is_meant

WORDS = ("lang", "title", "summary", "body")


async def begin(session: Session, *, lang: str, title: str, body: str, by: UUID | None, summary: str = "") -> Writing:
    """A new text, and its first version."""
    made = Writing(id=ids.new(), lang=lang, title=title, summary=summary, body=body, rev=1, written_by=by)
    session.add(made)
    await session.flush()
    session.add(_version(made))
    await session.flush()
    return made


async def revise(
    session: Session, writing_id: UUID, words: Mapping[str, str], *, by: UUID | None, if_match: str | None
) -> Writing:
    """Changes those of `WORDS` that are given, of the text that its caller knows as `if_match`.

    428 without that, 409 `edited-meanwhile` when it has changed since. An edit within ten minutes by the same person
    amends her version, a later one is a version of its own. The revision grows also where no word changed, so that
    what hangs on the text (its kind, its countries) is guarded by it too.
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
    await _keep(session, writing)
    return writing


async def _keep(session: Session, writing: Writing) -> None:
    latest = await session.scalar(
        select(Version).where(Version.writing_id == writing.id).order_by(Version.rev.desc()).limit(1)
    )
    if latest is not None and amends(latest, writing.written_by, writing.written_at):
        latest.rev, latest.title = writing.rev, writing.title
        latest.summary, latest.body = writing.summary, writing.body
    else:
        session.add(_version(writing))
    await session.flush()


def _version(writing: Writing) -> Version:
    return Version(
        id=ids.new(),
        writing_id=writing.id,
        rev=writing.rev,
        title=writing.title,
        summary=writing.summary,
        body=writing.body,
        begun_at=writing.written_at or clock.now(),
        written_by=writing.written_by,
    )

"""What becomes of a message after it was sent: edited, deleted, reacted to, pinned, read."""

from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from ssc.core import clock, errors, markdown, text
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.messaging import rules, words
from ssc.messaging.actions import holding
from ssc.messaging.emoji import is_emoji
from ssc.messaging.models import Mention, Message, MessageVersion, Pin, Reaction, Upload
from ssc.messaging.queries.messages import Read, message
from ssc.messaging.queries.people import mentionable, other_of
from ssc.messaging.queries.places import Place
from ssc.messaging.telling import Written, tell_of_mentions, withdraw_message
from ssc.messaging.writing import judging
from ssc.people.viewer import Viewer


async def edit_message(session: Session, viewer: Viewer, place: Place, seq: int, body: str) -> Read:
    """Says something else from now on; what it said before is kept as a version. The same again changes nothing."""
    place, held = await holding.held_message(session, viewer, place, seq)
    if held.kind != "text" or held.deleted_at or not rules.may_edit(place, held.author_id):
        raise errors.forbidden(_("Only the author can change a message."))
    if place.kind == "direct":
        judging.check_apart(viewer, await other_of(session, place))
    if body == held.body:
        return await _as_it_is(session, held)
    if not text.canonical(body) and not await _has_files(session, held):
        raise errors.invalid(("body", _("Please fill this in.")))
    rendered = markdown.render(body)
    judging.check_request(place.request, body, rendered)
    await _keep_version(session, held)
    mentioned = await mentionable(session, viewer, place.id, rendered.names[: rules.MENTIONS_LIMIT])
    held.body, held.html, held.edited_at = body, rendered.html(mentioned), clock.now()
    held.tokens = holding.lexemes(words.lexemes(place.id, body))
    await _mention_anew(session, place, held, set(mentioned.values()))
    return await holding.changed(session, held)


async def delete_message(session: Session, viewer: Viewer, place: Place, seq: int) -> None:
    """Empties it: a tombstone keeps its number, and nothing of what it said is left. Twice is once."""
    place, held = await holding.held_message(session, viewer, place, seq)
    if held.kind != "text" or not rules.may_delete(viewer, held.author_id):
        raise errors.forbidden(_("Only the author can delete a message."))
    if held.deleted_at is None:
        await bury(session, held, viewer.id)


async def bury(session: Session, held: Message, by: UUID | None) -> None:
    """Deletes a message whose thread is locked; also for moderators who decide on a report."""
    held.body, held.html, held.tokens = "", "", holding.lexemes(words.of_thread(held.thread_id))
    held.deleted_at, held.deleted_by = clock.now(), by
    for table in (MessageVersion, Mention, Reaction, Pin):
        await session.execute(delete(table).where(table.thread_id == held.thread_id, table.seq == held.seq))
    await session.execute(  # carried by no message, files are swept away
        update(Upload)
        .where(Upload.thread_id == held.thread_id, Upload.seq == held.seq)
        .values(thread_id=None, seq=None)
    )
    await withdraw_message(session, held.thread_id, held.seq)
    await holding.changed(session, held)


async def react(session: Session, viewer: Viewer, place: Place, seq: int, emoji: str) -> Read:
    """Adds the viewer's reaction; once more changes nothing."""
    if not is_emoji(emoji):
        raise errors.invalid(("emoji", _("React with one emoji.")))
    place, held = await holding.held_message(session, viewer, place, seq)
    if held.kind != "text" or held.deleted_at or not rules.may_react(viewer, place):
        raise errors.forbidden(_("You cannot react to this."))
    if place.kind == "direct":
        judging.check_apart(viewer, await other_of(session, place))
    kinds = set(await session.scalars(select(Reaction.emoji).where(*_of(held)).distinct()))
    if emoji not in kinds and len(kinds) >= rules.KINDS_OF_REACTION:
        raise errors.conflict(_("This message has as many kinds of reactions as it can bear. Join one of them."))
    row = {"thread_id": held.thread_id, "seq": seq, "emoji": emoji, "member_id": viewer.id, "created_at": clock.now()}
    added = await session.scalar(insert(Reaction).values(row).on_conflict_do_nothing().returning(Reaction.seq))
    return await holding.changed(session, held) if added else await _as_it_is(session, held)


async def take_back_reaction(session: Session, viewer: Viewer, place: Place, seq: int, emoji: str) -> None:
    """Removes the viewer's own reaction; without one, nothing changes."""
    _place, held = await holding.held_message(session, viewer, place, seq)
    mine = delete(Reaction).where(*_of(held), Reaction.emoji == emoji, Reaction.member_id == viewer.id)
    if await session.scalar(mine.returning(Reaction.seq)):
        await holding.changed(session, held)


async def pin(session: Session, viewer: Viewer, place: Place, seq: int) -> Read:
    """Keeps a message in view for all."""
    place, held = await holding.held_message(session, viewer, place, seq)
    _check_pin(viewer, place)
    if held.kind != "text" or held.deleted_at:
        raise errors.forbidden(_("This cannot be pinned."))
    pinned = await session.scalar(select(func.count()).where(Pin.thread_id == place.id))
    if (pinned or 0) >= rules.PINS_LIMIT:
        raise errors.conflict(_("Unpin another message first."))
    row = {"thread_id": place.id, "seq": seq, "pinned_by": viewer.id, "created_at": clock.now()}
    added = await session.scalar(insert(Pin).values(row).on_conflict_do_nothing().returning(Pin.seq))
    return await holding.changed(session, held) if added else await _as_it_is(session, held)


async def unpin(session: Session, viewer: Viewer, place: Place, seq: int) -> None:
    place, held = await holding.held_message(session, viewer, place, seq)
    _check_pin(viewer, place)
    if await session.scalar(delete(Pin).where(Pin.thread_id == place.id, Pin.seq == seq).returning(Pin.seq)):
        await holding.changed(session, held)


def _check_pin(viewer: Viewer, place: Place) -> None:
    if not rules.may_pin(viewer, place):
        raise errors.forbidden(_("Pins are for the thread's owner."))


def _of(held: Message) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Reaction.thread_id == held.thread_id, Reaction.seq == held.seq


async def _as_it_is(session: Session, held: Message) -> Read:
    read = await message(session, held.thread_id, held.seq)
    assert read is not None
    return read


async def _has_files(session: Session, held: Message) -> bool:
    found = select(Upload.id).where(Upload.thread_id == held.thread_id, Upload.seq == held.seq).limit(1)
    return await session.scalar(found) is not None


async def _keep_version(session: Session, held: Message) -> None:
    own = select(func.max(MessageVersion.version)).where(
        MessageVersion.thread_id == held.thread_id, MessageVersion.seq == held.seq
    )
    version = (await session.scalar(own) or 0) + 1
    session.add(
        MessageVersion(
            thread_id=held.thread_id,
            seq=held.seq,
            version=version,
            body=held.body,
            html=held.html,
            written_at=held.edited_at or held.created_at,
        )
    )


async def _mention_anew(session: Session, place: Place, held: Message, members: set[UUID]) -> None:
    """Who is named now; of them, who was not named before is told."""
    own = (Mention.thread_id == held.thread_id, Mention.seq == held.seq)
    before = set(await session.scalars(select(Mention.member_id).where(*own)))
    await session.execute(delete(Mention).where(*own, Mention.member_id.not_in(members)))
    session.add_all(Mention(thread_id=held.thread_id, seq=held.seq, member_id=new) for new in members - before)
    if held.author_id and members - before:
        named = tuple(members - before)
        await tell_of_mentions(session, Written(place.id, place.kind, held.seq, held.author_id, named, False))

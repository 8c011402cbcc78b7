"""Proposing a topic group, deciding on it, coming into it, changing and closing it."""

import re
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from ssc.communities.actions import settle
from ssc.communities.conversations.queries import subjects_of
from ssc.communities.groups import rules
from ssc.communities.groups.forms import GroupBody, GroupChange, GroupDecision
from ssc.communities.groups.models import GroupPlace, TopicGroup
from ssc.communities.groups.notices import GROUPS, PROPOSALS, PROPOSED, subject_of
from ssc.communities.groups.queries import place_of, proposed, successor_of, waiting_of
from ssc.communities.groups.shapes import Standing
from ssc.core import audit, clock, errors, ids, text
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.core.limits import Limits
from ssc.messaging import limiting
from ssc.messaging.actions import closing
from ssc.messaging.actions.owned import open_owned
from ssc.messaging.actions.seating import Seat, reseat
from ssc.messaging.queries.participants import thread_of
from ssc.notifications import actions as notifications
from ssc.people import queries as people
from ssc.people.viewer import Viewer

RESERVED = frozenset({"finder", "feed", "new"})
_OTHERS = re.compile(r"[^a-z0-9]+")


async def propose(session: Session, limits: Limits, viewer: Viewer, body: GroupBody) -> TopicGroup:
    """It waits for the moderators, who are told. 409 while five of hers wait; 20 new groups a day.

    Who may is `rules.may_propose`.
    """
    await limiting.check_free(session, viewer)
    if await waiting_of(session, viewer.id) >= rules.MOST_PROPOSALS:
        raise errors.conflict(_("Five of your proposals wait for the moderators. Wait until one is decided."))
    await limits.take(limiting.GROUPS, str(viewer.id))
    made = TopicGroup(
        id=ids.new(), slug=await _slug(session, body.title), owner_id=viewer.id, **body.model_dump(), search_text=""
    )
    _index(made)
    session.add(made)
    await session.flush()
    deciders = [one for one in await people.in_office(session, "moderator", "staff") if one != viewer.id]
    told = {"title": made.title}
    await notifications.tell(session, PROPOSALS, deciders, subject=PROPOSED, url="/desk/groups", data=told)
    return made


async def decide(session: Session, viewer: Viewer, group: TopicGroup, decision: GroupDecision) -> None:
    """Opens it, its proposer being the first in it, or does not. 409 once it is decided, or taken back."""
    if not rules.decides(viewer):
        raise errors.forbidden(_("This is for moderators."))
    if group.state != "proposed":
        raise errors.conflict(_("This has been decided already."))
    group.approved, group.decided_at, group.decided_by = decision.approve, clock.now(), viewer.id
    group.decision_note = decision.note
    audit.write(session, viewer.id, "group.decide", f"group:{group.slug}", decision.note, approved=decision.approve)
    await _no_longer_waits(session)
    if decision.approve:
        await open_owned(session, "topic", group.subject, group.title, announces=True)
        if group.owner_id is not None:
            await _seat(session, group, group.owner_id)
    await _tell(session, group, group.owner_id, "approved" if decision.approve else "declined", viewer.id)


async def join(session: Session, viewer: Viewer, group: TopicGroup) -> Standing:
    """Comes into an open group, asks into one by request. Twice is once; minors come in as readers."""
    if viewer.limited:
        raise errors.forbidden(_("This waits until your old addresses can no longer object to your return."))
    place = await place_of(session, group, viewer.id)
    if place is not None:
        return "member" if place.joined_at else "asked"
    if group.state != "open":
        raise errors.conflict(_("Nobody can join this group now."))
    if group.joining == "open" or rules.looks_after(viewer, group):
        await _seat(session, group, viewer.id)
        return "member"
    row = {"group_id": group.id, "member_id": viewer.id, "created_at": clock.now()}
    await session.execute(insert(GroupPlace).values(row).on_conflict_do_nothing())
    await _tell(session, group, group.owner_id, "asked", viewer.id)
    return "asked"


async def leave(session: Session, group: TopicGroup, member_id: UUID) -> None:
    """Goes, or takes a request back. Who looked after it hands it over to whoever has been in it longest."""
    place = await place_of(session, group, member_id)
    if place is not None:
        await session.delete(place)
    if group.owner_id == member_id and group.approved:
        group.owner_id = await successor_of(session, group, member_id)
        if group.owner_id is not None:
            await session.flush()
            await settle(session, [group.owner_id])
            await _tell(session, group, group.owner_id, "yours", member_id)
    await session.flush()
    await settle(session, [member_id])


async def leave_all(session: Session, member_id: UUID) -> None:
    """Goes from all groups, handing over what she looks after and taking back what she proposed and asked for."""
    own = select(TopicGroup).where(TopicGroup.owner_id == member_id).order_by(TopicGroup.id).with_for_update()
    for group in (await session.scalars(own)).all():
        if group.approved:
            await leave(session, group, member_id)
        else:
            await shut(session, group, member_id)
    await session.execute(delete(GroupPlace).where(GroupPlace.member_id == member_id))


async def accept(session: Session, viewer: Viewer, group: TopicGroup, member_id: UUID) -> None:
    """Lets somebody in who has asked; 404 where nobody asks."""
    place = await place_of(session, group, member_id)
    if place is None:
        raise errors.not_found()
    if place.joined_at is None:
        await _seat(session, group, member_id)
        await _tell(session, group, member_id, "accepted", viewer.id)


async def change(session: Session, viewer: Viewer, group: TopicGroup, change: GroupChange) -> None:
    """What is given; its address stays."""
    _check_cares(viewer, group)
    for name, value in change.model_dump(exclude_none=True).items():
        setattr(group, name, value)
    _index(group)
    await session.flush()
    if group.approved:
        await open_owned(session, "topic", group.subject, group.title)


async def close(session: Session, viewer: Viewer, group: TopicGroup) -> None:
    """Nobody joins or writes any more; what was said stays to be read by its members. Twice is once."""
    _check_cares(viewer, group)
    await shut(session, group, viewer.id)


async def shut(session: Session, group: TopicGroup, by: UUID) -> None:
    """The same for whoever may, moderators too."""
    if group.closed_at is not None:
        return
    waited = group.state == "proposed"
    group.closed_at, group.closed_by = clock.now(), by
    audit.write(session, by, "group.close", f"group:{group.slug}")
    await session.flush()
    if waited:
        await _no_longer_waits(session)
    await closing.close_all(session, [group.subject, *await subjects_of(session, group.subject)], by)


async def announcing(session: Session, viewer: Viewer, group: TopicGroup) -> UUID:
    """The group's announcements, for who writes them."""
    _check_cares(viewer, group)
    if group.state != "open":
        raise errors.conflict(_("Nothing is announced in a group that is not open."))
    if await place_of(session, group, viewer.id) is None:
        await _seat(session, group, viewer.id)
    thread_id = await thread_of(session, group.subject)
    assert thread_id is not None
    await reseat(session, [Seat(thread_id, viewer.id, True)])
    return thread_id


async def _no_longer_waits(session: Session) -> None:
    """One proposal less; of none left nobody is told any more."""
    await session.flush()
    if not await proposed(session):
        await notifications.withdraw(session, PROPOSED)


def _check_cares(viewer: Viewer, group: TopicGroup) -> None:
    if not rules.looks_after(viewer, group):
        raise errors.forbidden(_("This is for who looks after the group, and for the secretariat."))


async def _seat(session: Session, group: TopicGroup, member_id: UUID) -> None:
    now = clock.now()
    row = {"group_id": group.id, "member_id": member_id, "created_at": now, "joined_at": now}
    statement = insert(GroupPlace).values(row)
    keys = ["group_id", "member_id"]
    await session.execute(statement.on_conflict_do_update(index_elements=keys, set_={"joined_at": now}))
    await settle(session, [member_id])


async def _slug(session: Session, title: str) -> str:
    """`materials-that-last`; where the title has no Latin letters `group`; with a number where it is taken."""
    stem = _OTHERS.sub("-", text.plain(title))[:70].strip("-")
    if not re.search("[a-z]{3}", stem) or stem in RESERVED:
        stem = "group"
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"group:{stem}", 0))))
    taken = set(await session.scalars(select(TopicGroup.slug).where(TopicGroup.slug.startswith(stem, autoescape=True))))
    return stem if stem not in taken else next(s for n in range(2, len(taken) + 3) if (s := f"{stem}-{n}") not in taken)


def _index(group: TopicGroup) -> None:
    group.search_text = text.plain(" ".join((group.title, group.field, group.description)))


async def _tell(session: Session, group: TopicGroup, member_id: UUID | None, what: str, by: UUID) -> None:
    if member_id is not None:
        data = {"title": group.title, "what": what}
        subject = f"{subject_of(group.slug)}:{what}"
        await notifications.tell(session, GROUPS, [member_id], subject=subject, url=group.url, data=data, by=by)

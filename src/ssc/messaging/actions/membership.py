"""Coming into a thread and going from it: asked in, accepting, declining, leaving, being removed."""

from uuid import UUID

from ssc.core import errors
from ssc.core import live as delivery
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.core.limits import Limits
from ssc.messaging import contact, encoding, limiting, rules
from ssc.messaging.actions import lines
from ssc.messaging.actions.holding import held
from ssc.messaging.actions.lines import enter, go, hold, invite
from ssc.messaging.contact import Sitter
from ssc.messaging.models import Thread, ThreadMember
from ssc.messaging.queries.contact import asked, of_viewer, sitters, standing_to
from ssc.messaging.queries.participants import longest_standing, place_in, present
from ssc.messaging.queries.people import other_of
from ssc.messaging.queries.places import Place
from ssc.messaging.telling import withdraw
from ssc.people import queries as people
from ssc.people.viewer import Viewer

GROUP_LIMIT = 500


async def add_member(
    session: Session, limits: Limits, viewer: Viewer, place: Place, handle: str
) -> tuple[ThreadMember, bool]:
    """Takes somebody into the viewer's group, or invites who shares no history with her or had left. Answers her
    place, and whether it is new. 404 for who is not there for the viewer, 403 `not-accepting`; 50 a day."""
    _check_owner(place)
    (other,) = await asked(session, viewer, [handle])
    await limiting.check_free(session, viewer)
    thread = await _own_group(session, viewer, place)
    known = await place_in(session, place.id, other.id)
    if known is not None:
        return known, False
    opening = contact.opening(other, by_staff=viewer.is_staff)
    if opening == "refused" or not contact.may_sit_together([*await sitters(session, place.id), other]):
        raise contact.not_accepting()
    if len(await present(session, place.id)) >= GROUP_LIMIT:
        raise errors.conflict(_("A group has at most 500 members."))
    await limits.take(limiting.INVITATIONS, str(viewer.id))
    left_before = await session.get(ThreadMember, (place.id, other.id)) is not None
    made = await (invite if opening == "request" or left_before else enter)(session, thread, other.id)
    await _settle(session, thread)
    return made, True


async def remove_member(session: Session, viewer: Viewer, place: Place, handle: str) -> None:
    """Leaving, where it is the viewer's own handle; else the owner removes somebody from a group."""
    member_id = await people.id_of(session, handle)
    if member_id == viewer.id:
        await leave(session, viewer, place)
        return
    _check_owner(place)
    thread = await _own_group(session, viewer, place)
    theirs = await place_in(session, place.id, member_id)
    if theirs is None:
        raise errors.not_found()
    await go(session, thread, theirs)
    await _settle(session, thread)


async def leave(session: Session, viewer: Viewer, place: Place) -> None:
    """Goes from a group. Who owned it hands it over to whoever has been in it for the longest time."""
    if place.kind == "direct":
        raise errors.forbidden(_("A conversation of two cannot be left. Archive or mute it, or block the other."))
    if place.kind in rules.OWNED_BY_FEATURES:
        raise errors.forbidden(_("You are in this thread because you belong there. You can mute or archive it."))
    thread = await hold(session, place.id)
    own = await place_in(session, place.id, viewer.id)
    if own is None:
        raise errors.not_found()
    await go(session, thread, own)
    await hand_over(session, thread, viewer.id)
    await _settle(session, thread)


async def accept(session: Session, viewer: Viewer, place: Place) -> None:
    """Accepts what somebody asked: that she may write, or to come into a group. Twice is once."""
    now = await held(session, viewer, place)
    if now.request is None:
        return
    if now.request == "outgoing":
        raise errors.forbidden(_("It is for the other to accept."))
    if now.kind == "direct":
        await _accept_writer(session, viewer, now)
        return
    if not contact.may_sit_together(await sitters(session, place.id)):
        raise contact.not_accepting()
    await enter(session, await hold(session, place.id), viewer.id)


async def decline(session: Session, viewer: Viewer, place: Place) -> None:
    """Declines; nobody is told. A direct thread can be found and accepted later."""
    now = await held(session, viewer, place)
    if now.request == "declined":
        return
    if now.request != "incoming":
        raise errors.conflict(_("There is nothing to decline."))
    thread = await hold(session, place.id)
    own = await session.get_one(ThreadMember, (place.id, viewer.id))
    if now.kind != "direct":
        await go(session, thread, own)
        return
    own.request = "declined"
    await withdraw(session, place.id, [viewer.id])
    frame = encoding.frame("thread", thread={"id": str(place.id), "left": True})
    delivery.dismiss(session, viewer.id, place.channel, frame)


async def change_group(
    session: Session, viewer: Viewer, place: Place, *, title: str | None, owner: str | None, history: str | None
) -> None:
    """Another title (a line tells of it), owner or history; what is None stays. Only for the owner."""
    _check_owner(place)
    thread = await _own_group(session, viewer, place)
    if title is not None and title != thread.title:
        thread.title = title
        await lines.tell(session, thread, "renamed", body=title)
    thread.history = history or thread.history
    if owner is not None:
        successor = await place_in(session, place.id, await people.id_of(session, owner))
        if successor is None or successor.request is not None or successor.member_id in viewer.blocked:
            raise errors.invalid(("owner", _("Only somebody who is in the group can own it.")))
        thread.owner_id = successor.member_id


async def hand_over(session: Session, thread: Thread, gone_id: UUID) -> None:
    """To the longest-standing; a group that nobody is left in asks nobody in any more."""
    if thread.owner_id == gone_id:
        thread.owner_id = await longest_standing(session, thread.id)
    if thread.member_count == 0:
        for place in await present(session, thread.id):
            await go(session, thread, place)


async def settle_ages(session: Session, thread_id: UUID) -> None:
    """After birthdays and ended terms: an adult beside minors goes, the secretariat alone beside them only reads."""
    thread = await hold(session, thread_id)
    people_there = await sitters(session, thread_id)
    leaving = contact.must_leave(people_there)
    for place in await present(session, thread_id):
        if place.member_id in leaving:
            await go(session, thread, place)
            await hand_over(session, thread, place.member_id)
    await _settle(session, thread)


async def _accept_writer(session: Session, viewer: Viewer, place: Place) -> None:
    other = await other_of(session, place)
    (standing,) = await standing_to(session, viewer, [other.id]) if other else (None,)
    if standing is None or standing.blocked or not contact.may_be_two(of_viewer(viewer), standing):
        raise contact.not_accepting()
    for member_id in (viewer.id, standing.id):
        theirs = await session.get_one(ThreadMember, (place.id, member_id), populate_existing=True)
        theirs.request = None
        delivery.admit(session, member_id, place.channel)


async def _own_group(session: Session, viewer: Viewer, place: Place) -> Thread:
    """The group, held, while it is the viewer's."""
    thread = await hold(session, place.id)
    if thread.owner_id != viewer.id:
        raise errors.forbidden(_owners())
    return thread


def _check_owner(place: Place) -> None:
    if place.kind != "group" or place.owner_id != place.member_id:
        raise errors.forbidden(_owners())


def _owners() -> str:
    return _("Title and members belong to a group's owner.")


async def _settle(session: Session, thread: Thread) -> None:
    """Who of the secretariat may write beside minors, now that somebody came or went."""
    people_there: list[Sitter] = await sitters(session, thread.id)
    if not any(one.minor for one in people_there):
        return
    readers = contact.only_read(people_there)
    staff = {one.id for one in people_there if one.staff}
    for place in await present(session, thread.id):
        if place.member_id in staff and place.request is None:
            may_write = place.member_id not in readers
            thread.member_count += may_write - place.posts
            place.posts = may_write
    await session.flush()

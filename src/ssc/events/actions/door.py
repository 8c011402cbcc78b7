"""The door: people are let in by their ticket's code, once however often it is sent, and it can be taken back."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select, update

from ssc.core import audit, clock, errors, ids
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.core.i18n import _
from ssc.events import rules, tickets
from ssc.events.models import Answer, Event, HelperLink
from ssc.people.models import Member
from ssc.people.viewer import Viewer


class LetIn(NamedTuple):
    answer: Answer
    member: Member
    already: bool


async def check_in(session: Session, event: Event, code: str, viewer: Viewer | None, *, known: bool = False) -> LetIn:
    """404 for an unknown code, 409 `not-going`. `viewer` None: a helper by link.

    `known`: a coordinator of the country (403 for others) says of somebody of the roster that it is she.
    """
    answer, member = await _ticket(session, event, code)
    if answer.status != "going":
        raise Problem(rules.NOT_GOING)
    if known:
        _confirm(session, event, viewer, answer, member)
    already = answer.checked_in_at is not None
    if not already:
        answer.checked_in_at, answer.checked_in_by = clock.now(), viewer.id if viewer else None
    await session.flush()
    return LetIn(answer, member, already)


async def take_back(session: Session, event: Event, code: str) -> None:
    """As if she had not been let in; once more changes nothing."""
    answer, member = await _ticket(session, event, code)
    if answer.known_by is not None:
        audit.write(session, None, "event.known-taken-back", f"member:{member.id}", event=str(event.id))
    answer.checked_in_at = answer.checked_in_by = answer.known_by = None
    await session.flush()


async def make_link(session: Session, viewer: Viewer, event: Event, label: str) -> tuple[HelperLink, str]:
    """A link for a helper, shown this once: it opens the door of this event's day and nothing else."""
    secret = ids.secret()
    made = HelperLink(
        id=ids.new(),
        event_id=event.id,
        digest=ids.digest(secret),
        label=label,
        made_by=viewer.id,
        expires_at=event.ends_at + rules.DOOR_AFTER,
    )
    session.add(made)
    audit.write(session, viewer.id, "event.helper", event.subject, label)
    await session.flush()
    return made, f"{session.settings.base_url}/door/{secret}"


async def move_links(session: Session, event: Event) -> None:
    """They end with the event's night, whenever that is now."""
    held = update(HelperLink).where(HelperLink.event_id == event.id)
    await session.execute(held.values(expires_at=event.ends_at + rules.DOOR_AFTER))


async def end_link(session: Session, viewer: Viewer, event: Event, link_id: UUID) -> None:
    """404 for another event's."""
    held = await session.get(HelperLink, link_id)
    if held is None or held.event_id != event.id:
        raise errors.not_found()
    held.ended_at = held.ended_at or clock.now()
    audit.write(session, viewer.id, "event.helper-end", event.subject, held.label)


def _confirm(session: Session, event: Event, viewer: Viewer | None, answer: Answer, member: Member) -> None:
    """Of who has an account already nobody needs it."""
    if viewer is None or not rules.may_write_in(viewer, event.country):
        raise errors.forbidden(_("A coordinator of the country says who somebody is."))
    if answer.known_by is None and not member.claimed:
        answer.known_by = viewer.id
        audit.write(session, viewer.id, "event.known-in-person", f"member:{member.id}", event=str(event.id))


async def _ticket(session: Session, event: Event, code: str) -> tuple[Answer, Member]:
    found = (
        await session.execute(
            select(Answer, Member)
            .join(Member, Member.id == Answer.member_id)
            .where(Answer.event_id == event.id, Answer.ticket_code == tickets.typed(code))
            .with_for_update(of=Answer)
        )
    ).one_or_none()
    if found is None:
        raise errors.not_found()
    return found[0], found[1]

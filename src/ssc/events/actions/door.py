"""The door: people are let in by their ticket's code, once however often it is sent, and it can be taken back."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select

from ssc.core import audit, clock, errors, ids
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.events import rules, tickets
from ssc.events.models import Answer, Event, HelperLink
from ssc.people.models import Member
from ssc.people.viewer import Viewer


class LetIn(NamedTuple):
    answer: Answer
    member: Member
    already: bool


async def check_in(session: Session, event: Event, code: str, viewer: Viewer | None) -> LetIn:
    """404 for an unknown code, 409 `not-going`. `viewer` None: a helper by link.

    A coordinator who lets somebody of the roster in says by it that it was she.
    """
    answer, member = await _ticket(session, event, code)
    if answer.status != "going":
        raise Problem(rules.NOT_GOING)
    if answer.checked_in_at is not None:
        return LetIn(answer, member, True)
    answer.checked_in_at = clock.now()
    answer.checked_in_by = viewer.id if viewer else None
    if viewer is not None and not member.claimed and rules.may_write_in(viewer, event.country):
        answer.known_by = viewer.id
        audit.write(session, viewer.id, "event.known-in-person", f"member:{member.id}", event=str(event.id))
    await session.flush()
    return LetIn(answer, member, False)


async def take_back(session: Session, event: Event, code: str) -> None:
    """As if she had not been let in; once more changes nothing."""
    answer, _member = await _ticket(session, event, code)
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


async def end_link(session: Session, viewer: Viewer, event: Event, link_id: UUID) -> None:
    """404 for another event's."""
    held = await session.get(HelperLink, link_id)
    if held is None or held.event_id != event.id:
        raise errors.not_found()
    held.ended_at = held.ended_at or clock.now()
    audit.write(session, viewer.id, "event.helper-end", event.subject, held.label)


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

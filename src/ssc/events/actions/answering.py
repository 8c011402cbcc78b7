"""Answering: who comes, who waits, who stays away; under the event's lock, so that no place is given twice."""

import secrets
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from ssc.core import audit, clock, errors, ids
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.core.i18n import _
from ssc.events import answering, rules
from ssc.events.actions.moving import expire, note, settle, tell
from ssc.events.answering import Told
from ssc.events.forms.answer import RsvpBody
from ssc.events.models import Answer, Event, SensitiveAnswer
from ssc.events.queries import places
from ssc.events.queries.events import answer_of
from ssc.events.queries.places import Taken

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that looks like another when it is read out at a door


async def answer(session: Session, event: Event, member_id: UUID, body: RsvpBody, *, by: UUID | None = None) -> Answer:
    """Stores what a member says, or an organiser (`by`) for her; answers what became of it. The event is locked.

    Going becomes waitlisted where the party does not fit or others wait. 409 `event-closed` when it takes no answers
    (declining always works), 409 when a party that has its places cannot grow; 422 at the field.
    """
    others = await places.taken(session, event.id, member_id)
    if others.over:
        await expire(session, event)
        others = await places.taken(session, event.id, member_id)
    held = await answer_of(session, event.id, member_id)
    told = answering.check(event, body, by_organiser=by is not None)
    _check_open(event, held, body, by)
    made = held or Answer(id=ids.new(), event_id=event.id, member_id=member_id, status="", ticket_code=code())
    before = (held.status, held.party, held.offer_expires_at) if held else None
    left = held.queue if held else None
    _place(event, made, body, others)
    _fill_in(made, body, told, by)
    if held is None:
        session.add(made)
    await session.flush()
    await _keep_sensitive(session, made, told, given=body.answers is not None)
    if before != (made.status, made.party, made.offer_expires_at):
        what = _what(before, made)
        note(session, event, what, made, left=left, by_organiser=by is not None, guests=made.guests)
    if by is not None:
        audit.write(session, by, "event.answer-for", event.subject, status=made.status, member=str(member_id))
        await tell(session, event, made, made.status, by=by)
    comes = made.status == "going"
    came = before is not None and before[0] == "going"
    await settle(session, event, freed=before is not None, moved=comes != came)
    return made


def code() -> str:
    """A new ticket's, to be read out at a door."""
    return "".join(secrets.choice(_LETTERS) for _letter in range(10))


def _check_open(event: Event, held: Answer | None, body: RsvpBody, by: UUID | None) -> None:
    if body.status == "declined" and event.status != "draft":
        return
    takes = event.takes_answers or (by is not None and event.status in ("published", "past"))
    takes_offer = held is not None and held.offer_expires_at is not None and event.status == "published"
    if not (takes or takes_offer):
        raise Problem(rules.EVENT_CLOSED)


def _place(event: Event, answer: Answer, body: RsvpBody, others: Taken) -> None:
    """Where the party stands from now on."""
    if body.status != "going":
        answer.status, answer.queue, answer.offer_expires_at = body.status, None, None
        return
    party, has = 1 + body.guests, answer.party if answer.status and answer.holds else 0
    fits = event.capacity is None or others.persons + party <= event.capacity
    if has:
        if party > has and not (fits and not others.queued):
            raise errors.conflict(_("There is no room for more guests. Your own place is kept."))
        answer.status, answer.queue, answer.offer_expires_at = "going", None, None
    elif answer.status == "waitlisted":
        return  # answering again keeps the position; `settle` gives what the smaller party may now have
    elif fits and not others.queued:
        answer.status = "going"
    else:
        answer.status, answer.queue = "waitlisted", max(others.last + 1, int(clock.now().timestamp() * 1e6))


def _fill_in(answer: Answer, body: RsvpBody, told: Told, by: UUID | None) -> None:
    answer.guests = body.guests if body.status != "declined" else 0
    if "guest_names" in body.model_fields_set or len(answer.guest_names or ()) > answer.guests:
        answer.guest_names = body.guest_names[: answer.guests]
    if body.answers is not None:
        answer.answers = dict(told.open)
    answer.answered_by, answer.answered_at = by, clock.now()


async def _keep_sensitive(session: Session, answer: Answer, told: Told, *, given: bool) -> None:
    if not given:
        return
    await session.execute(delete(SensitiveAnswer).where(SensitiveAnswer.answer_id == answer.id))
    if told.sensitive:
        await session.execute(insert(SensitiveAnswer).values(answer_id=answer.id, answers=told.sensitive))


def _what(before: tuple[str, int, Any] | None, answer: Answer) -> str:
    """The log's word: an offer that was taken is not the same as a place that was free."""
    if before is not None and before[0] == answer.status:
        return "guests"
    if before is not None and before[2] is not None:
        return "offer-taken" if answer.status == "going" else "offer-declined"
    return answer.status

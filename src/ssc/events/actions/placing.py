"""A first "I am coming" in one go: one statement under the event's lock, where the careful way takes a dozen."""

import json
from collections.abc import Mapping
from typing import LiteralString, NamedTuple

from ssc.core import clock, ids, shelf
from ssc.core.db import Session
from ssc.events import answering
from ssc.events.actions.answering import answer, code
from ssc.events.actions.following import follow
from ssc.events.forms.answer import RsvpBody
from ssc.events.models import Answer, Event
from ssc.events.queries import places
from ssc.people.viewer import Viewer


class Placed(NamedTuple):
    """An answer as it stands now, and its place in the waitlist."""

    answer: Answer
    position: int | None


async def say(session: Session, viewer: Viewer, event: Event, body: RsvpBody) -> Placed:
    """What a member says to an event that she sees, which is not locked. Problems as in `answering.answer`."""
    told = answering.check(event, body, by_organiser=False) if body.status == "going" else None
    if told is not None and not told.sensitive and (placed := await _at_once(session, viewer, event, body, told.open)):
        return placed
    made = await answer(session, await places.lock(session, event.id), viewer.id, body)
    return Placed(made, (await places.positions(session, [made])).get(made.id))


async def _at_once(
    session: Session, viewer: Viewer, event: Event, body: RsvpBody, told: Mapping[str, str]
) -> Placed | None:
    """None where something stands against it, or she has answered before."""
    made = Answer(
        id=ids.new(),
        event_id=event.id,
        member_id=viewer.id,
        guests=body.guests,
        guest_names=body.guest_names,
        ticket_code=code(),
    )
    values = {
        "event": event.id,
        "as_read": event.version,
        "member": viewer.id,
        "party": made.party,
        "names": made.guest_names,
        "told": json.dumps(dict(told)),
        "answer": made.id,
        "move": ids.new(),
        "code": made.ticket_code,
        "at": clock.now(),
    }
    rows = await session.rows(_TAKE, values, prepare=True)
    if not rows:
        return None
    made.status, made.queue = rows[0].status, rows[0].queue
    await shelf.forget(session, f"event-{event.id}")
    if made.status == "going" and not rows[0].following:
        await follow(session, event)
    return Placed(made, rows[0].position)


_TAKE: LiteralString = """
SELECT * FROM take_event_place(%(event)s, %(as_read)s, %(member)s, %(party)s, %(names)s::text[], %(told)s::jsonb,
    %(answer)s, %(move)s, %(code)s, %(at)s)
"""

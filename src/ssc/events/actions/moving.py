"""Moving the waitlist: a freed place goes to the head, at once or as an offer; each move leaves a line in the log."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm.attributes import set_committed_value

from ssc.core import clock, ids, jobs, mail, shelf
from ssc.core.clock import rfc3339
from ssc.core.db import Session
from ssc.events import letters, rules
from ssc.events.actions.following import follow
from ssc.events.models import Answer, Event, Move
from ssc.events.notices import EVENT_PLACE, data_of
from ssc.events.queries import places, recipients
from ssc.notifications import actions as notifications
from ssc.notifications.kinds import Told

_AT_ONCE = 100


async def settle(session: Session, event: Event, *, freed: bool = True, moved: bool = True) -> None:
    """After places were freed, taken or added: the head gets what is free, and the event is counted anew.

    The event is locked. `freed`: there may be something to give. `moved`: somebody came or went, so that its thread
    changes too, as it does for whoever moves up.
    """
    await session.flush()
    if freed and event.status == "published":
        while await _give(session, event):
            moved = True
    totals = await places.count(session, event.id)
    for name, value in totals._asdict().items():
        set_committed_value(event, name, value)
    await shelf.forget(session, f"event-{event.id}")
    if moved:
        await follow(session, event)


async def expire(session: Session, event: Event) -> None:
    """Offers whose time is up are over: who did not take hers has said maybe. The event is locked."""
    over = await places.offers_over(session, event.id, clock.now())
    for answer in over:
        note(session, event, "offer-expired", answer)
        answer.status, answer.queue, answer.offer_expires_at = "maybe", None, None
        await tell(session, event, answer, "offer-expired")
    if over:
        await settle(session, event, moved=False)


async def _give(session: Session, event: Event) -> bool:
    """Gives to whoever is first, as long as the whole party fits; False when nothing was left to give."""
    free = None if event.capacity is None else event.capacity - await places.held(session, event.id)
    if free is not None and free <= 0:
        return False
    waiting = await places.queue(session, event.id, _AT_ONCE if free is None else min(free, _AT_ONCE))
    given: list[Answer] = []
    for answer in waiting:
        if free is not None and answer.party > free:
            break
        free = None if free is None else free - answer.party
        given.append(answer)
    for answer in given:
        await _to(session, event, answer)
    await session.flush()
    return bool(given)


async def _to(session: Session, event: Event, answer: Answer) -> None:
    if event.places == "direct":
        note(session, event, "moved-up", answer)
        answer.status, answer.queue = "going", None
        await tell(session, event, answer, "moved-up")
        return
    answer.offer_expires_at = rules.offer_ends(event, clock.now())
    until = rfc3339(answer.offer_expires_at)
    note(session, event, "offered", answer, until=until)
    await jobs.defer(session, "events.expire_offers", at=answer.offer_expires_at, event=str(event.id))
    await tell(session, event, answer, "offered", until=until)


def note(
    session: Session,
    event: Event,
    what: str,
    answer: Answer | None,
    *,
    left: int | None = None,
    by_organiser: bool = False,
    **details: Any,
) -> None:
    """A line in the event's log, for whoever stood behind as well. `left`: the place in the queue that was left."""
    session.add(
        Move(
            id=ids.new(),
            event_id=event.id,
            answer_id=answer.id if answer else None,
            what=what,
            queue=left or (answer.queue if answer else None),
            by_organiser=by_organiser,
            details=details,
        )
    )


async def tell(
    session: Session, event: Event, answer: Answer, what: str, *, by: UUID | None = None, **more: str
) -> None:
    """A notice to a member; to somebody on the roster a letter, but for a place, of which her ticket tells her."""
    data, whom = data_of(event, what=what, **more), [answer.member_id]
    await notifications.tell(session, EVENT_PLACE, whom, subject=event.subject, url=event.url, data=data, by=by)
    if answer.status == "going":
        return
    for one in await recipients.by_letter(session, EVENT_PLACE, whom):
        told = Told(data, 1, "", event.subject)
        await mail.send(session, letters.told(session.settings, event, EVENT_PLACE, told, one))

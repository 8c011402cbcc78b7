"""Events as the API shows them: for this viewer, with what she may see."""

from collections.abc import Sequence
from typing import Any

from ssc.core.db import Session
from ssc.events import shapes
from ssc.events.models import Answer, Event
from ssc.events.queries import places
from ssc.events.queries.events import Seen, answers_to
from ssc.messaging.queries.participants import place_in, thread_of
from ssc.people import queries as people
from ssc.people.viewer import Viewer


async def in_short(session: Session, viewer: Viewer | None, events: Sequence[Event]) -> list[shapes.EventInShort]:
    """These events as a list shows them."""
    answers = await answers_to(session, viewer, [event.id for event in events])
    positions = await places.positions(session, answers.values())
    return [
        shapes.EventInShort.model_validate(
            {**shapes.EventInShort.values_of(event), **_own(event, answers.get(event.id), positions)}
        )
        for event in events
    ]


async def whole(session: Session, viewer: Viewer | None, found: Seen) -> shapes.WholeEvent:
    event = found.event
    answers = [found.answer] if found.answer else []
    values: dict[str, Any] = {
        **shapes.WholeEvent.values_of(event),
        **_own(event, found.answer, await places.positions(session, answers)),
        "organisers": await people.in_short(session, viewer, [one.member_id for one in found.organisers]),
    }
    if found.organises:
        values |= {"online_url": event.online_url, "version": event.version, "places": event.places}
    if viewer is not None and (room := await room_of(session, viewer, event)):
        values["thread_id"] = room
    return shapes.WholeEvent.model_validate(values)


async def room_of(session: Session, viewer: Viewer, event: Event) -> str | None:
    """The event's thread, if the viewer is in it."""
    thread_id = await thread_of(session, event.subject)
    place = await place_in(session, thread_id, viewer.id) if thread_id else None
    return str(place.thread_id) if place else None


def _own(event: Event, answer: Answer | None, positions: dict[Any, int]) -> dict[str, Any]:
    if answer is None:
        return {}
    own: dict[str, Any] = {"my_rsvp": shapes.Rsvp.of(answer, positions.get(answer.id))}
    if answer.status == "going" and event.online_url:
        own["online_url"] = event.online_url
    return own

"""Writing an event: drafted, changed, published, cancelled, copied."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete

from ssc.core import audit, clock, errors, ids, shelf, text
from ssc.core.clock import rfc3339
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.core.i18n import _
from ssc.events import rules
from ssc.events.actions import slugs
from ssc.events.actions.door import move_links
from ssc.events.actions.following import follow
from ssc.events.actions.moving import note, settle
from ssc.events.actions.telling import tell_cancelled, tell_change, when_and_where
from ssc.events.forms.event import Copying, EventBody, EventChange, Question
from ssc.events.models import Event, Organiser
from ssc.events.queries.events import Seen, organisers_of
from ssc.people import queries as people
from ssc.people.viewer import Viewer
from ssc.writing.rules import EDITED_MEANWHILE

TOPIC = "events"
_A_YEAR = timedelta(days=364)
_COPIED = (
    *("title", "theme", "summary", "description", "country", "venue", "address", "latitude", "longitude", "online"),
    *("time_zone", "hosts", "questions", "capacity", "guests_per_person", "places", "audience"),
)


_IN_CALENDARS = (
    *("title", "summary", "starts_at", "ends_at", "time_zone", "venue", "address", "latitude", "longitude"),
    *("online", "online_url"),
)


async def draft(session: Session, viewer: Viewer, body: EventBody) -> Event:
    """A new event that only its organisers see; she who makes it is one of them."""
    if not rules.may_write_in(viewer, body.country):
        raise errors.forbidden(_("This is for the coordinators of that country, and for the secretariat."))
    values = _columns(body)
    slug = await slugs.propose(session, body.title, body.country, body.starts_at)
    event = Event(id=ids.new(), slug=slug, created_by=viewer.id, **values)
    _check(event)
    session.add(event)
    await session.flush()
    session.add(Organiser(event_id=event.id, member_id=viewer.id, by_office=True))
    await _name(session, viewer, event, body.organisers)
    audit.write(session, viewer.id, "event.draft", event.subject)
    await session.flush()
    return event


async def change(session: Session, viewer: Viewer, found: Seen, body: EventChange, version: int | None) -> Event:
    """Sets what was given. 409 `edited-meanwhile` when `version` is not the one that stands; `found` is locked."""
    event = found.event
    if version is not None and version != event.version:
        raise Problem(EDITED_MEANWHILE)
    given = _columns(body)
    if "country" in given and given["country"] != event.country and not rules.may_write_in(viewer, given["country"]):
        raise errors.forbidden(_("This is for the coordinators of that country, and for the secretariat."))
    _check_not_moved_to_the_past(event, given)
    capacity = event.capacity
    before, place, was = _calendar_entry(event), _time_and_place(event), when_and_where(event)
    if "starts_at" in given and "agenda" not in given:
        given["agenda"] = _moved(event.agenda, given["starts_at"] - event.starts_at)
    for name, value in given.items():
        setattr(event, name, value)
    _check(event)
    if before != _calendar_entry(event):
        event.sequence += 1
    event.version += 1
    if "organisers" in body.model_fields_set:
        await _name(session, viewer, event, body.organisers)
    audit.write(session, viewer.id, "event.change", event.subject, fields=sorted(body.model_fields_set))
    if place != _time_and_place(event):
        await move_links(session, event)
        if event.status == "published":
            await tell_change(session, event, was)
    if event.capacity != capacity:
        note(session, event, "capacity", None, before=capacity, after=event.capacity)
        await settle(session, event, moved=False)
    await _show(session, event)
    return event


async def publish(session: Session, viewer: Viewer, event: Event) -> None:
    """From now on its audience sees it. Once more changes nothing; 409 for what is cancelled."""
    if event.status == "cancelled":
        raise errors.conflict(_("A cancelled event cannot be published. Copy it instead."))
    if event.published_at is not None:
        return
    event.published_at = clock.now()
    event.version += 1
    audit.write(session, viewer.id, "event.publish", event.subject)
    await _show(session, event)
    await follow(session, event)


async def cancel(session: Session, viewer: Viewer, event: Event, reason: str) -> None:
    """It does not take place, and why. Once more changes nothing; 409 for a draft, and for what is past."""
    if event.status == "draft":
        raise errors.conflict(_("Nobody knows of this draft yet: delete it instead."))
    if event.status == "past":
        raise errors.conflict(_("This event has taken place."))
    if event.status == "cancelled":
        return
    event.cancelled_at, event.cancel_reason = clock.now(), reason
    event.sequence += 1
    event.version += 1
    audit.write(session, viewer.id, "event.cancel", event.subject, reason)
    await tell_cancelled(session, event)
    await _show(session, event)


async def remove(session: Session, viewer: Viewer, event: Event) -> None:
    """Only a draft goes without a trace; 409 for what people know of."""
    if event.published_at is not None:
        raise errors.conflict(_("People know of this event: cancel it instead."))
    audit.write(session, viewer.id, "event.remove", event.subject)
    await session.execute(delete(Event).where(Event.id == event.id))


async def copy(session: Session, viewer: Viewer, event: Event, body: Copying) -> Event:
    """A new draft with the same words, and its agenda on the new day."""
    if not rules.may_write_in(viewer, event.country):
        raise errors.forbidden(_("This is for the coordinators of that country, and for the secretariat."))
    starts_at = body.starts_at or _a_year_later(event)
    by = starts_at - event.starts_at
    values = {name: getattr(event, name) for name in _COPIED} | ({"title": body.title} if body.title else {})
    slug = await slugs.propose(session, values["title"], event.country, starts_at)
    made = Event(
        id=ids.new(),
        slug=slug,
        created_by=viewer.id,
        starts_at=starts_at,
        ends_at=event.ends_at + by,
        agenda=_moved(event.agenda, by),
        **values,
    )
    _check(made)
    session.add(made)
    await session.flush()
    session.add(Organiser(event_id=made.id, member_id=viewer.id, by_office=True))
    audit.write(session, viewer.id, "event.copy", made.subject, of=event.subject)
    await session.flush()
    return made


def _calendar_entry(event: Event) -> tuple[Any, ...]:
    """What calendar programs show: when it changes, they must take the new one for the later."""
    return tuple(getattr(event, name) for name in _IN_CALENDARS)


def _time_and_place(event: Event) -> tuple[Any, ...]:
    """What everybody who answered must hear of when it changes."""
    return event.starts_at, event.ends_at, event.time_zone, event.venue, event.address, event.online


def _a_year_later(event: Event) -> datetime:
    """The same weekday and the same hour on the wall, whatever the clocks did in between; never in the past."""
    wall = event.starts_at.astimezone(event.zone) + _A_YEAR
    while wall <= clock.now():
        wall += _A_YEAR
    return wall.astimezone(UTC)


def _columns(body: EventChange) -> dict[str, Any]:
    """What was given, as the columns hold it."""
    given = body.model_dump(exclude_unset=True, exclude={"organisers", "agenda", "questions"})
    if "agenda" in body.model_fields_set:
        items = sorted(body.agenda, key=lambda item: item.at)
        given["agenda"] = [{**item.model_dump(), "at": rfc3339(item.at)} for item in items]
    if "questions" in body.model_fields_set:
        given["questions"] = _keyed(body.questions)
    return given


def _keyed(questions: list[Question]) -> list[dict[str, Any]]:
    """Each with a key of its own: what is answered keeps its question when others come or go."""
    taken = {question.key for question in questions if question.key}
    if len(taken) < len([question for question in questions if question.key]):
        raise errors.invalid(("questions", _("Two questions have the same key.")))
    fresh = (key for n in range(1, 100) if (key := f"q{n}") not in taken)
    found = [{**question.model_dump(), "key": question.key or next(fresh)} for question in questions]
    for at, question in enumerate(found):
        if question["kind"] == "choice" and len(question["choices"]) < 2:
            raise errors.invalid((f"/questions/{at}/choices", _("Give at least two answers to choose from.")))
    return found


def _check(event: Event) -> None:
    """What one field alone cannot tell."""
    if event.ends_at <= event.starts_at:
        raise errors.invalid(("ends_at", _("The end must be later than the beginning.")))
    if event.ends_at - event.starts_at > timedelta(days=60):
        raise errors.invalid(("ends_at", _("An event lasts 60 days at most.")))
    if event.rsvp_closes_at is not None and event.rsvp_closes_at > event.ends_at:
        raise errors.invalid(("rsvp_closes_at", _("Answers cannot close after the event is over.")))
    if (event.latitude is None) != (event.longitude is None):
        raise errors.invalid(("longitude", _("A place on the map needs both numbers.")))
    words = [event.title, event.theme or "", event.summary or "", event.venue or "", event.address or ""]
    event.search_text = text.plain(" ".join([*words, *(host["name"] for host in event.hosts or ())]))


def _check_not_moved_to_the_past(event: Event, given: dict[str, Any]) -> None:
    """A slip of the year, nearly always; what has begun may be corrected."""
    moved: datetime = given.get("starts_at", event.starts_at)
    now = clock.now()
    if moved <= now < event.starts_at:
        raise errors.invalid(("starts_at", _("This is in the past.")))


def _moved(agenda: list[dict[str, Any]], by: timedelta) -> list[dict[str, Any]]:
    return [{**item, "at": rfc3339(datetime.fromisoformat(item["at"]) + by)} for item in agenda]


async def _name(session: Session, viewer: Viewer, event: Event, handles: list[str]) -> None:
    """Exactly these are named, and who made it stays; 422 at `organisers` for whom the viewer does not see."""
    wanted: set[UUID] = set()
    for handle in handles:
        reached = await people.reached_by_handle(session, viewer, handle.strip().removeprefix("@"))
        if reached is None:
            raise errors.invalid(("organisers", _("Nobody is known under the name {handle}.", handle=handle)))
        wanted.add(reached.id)
    in_office = {one.member_id for one in await organisers_of(session, event.id) if one.by_office}
    held = {one.member_id: one for one in await organisers_of(session, event.id, ever=True)}
    for member_id, one in held.items():
        if member_id in wanted - in_office:
            one.by_office = False  # whose office has ended, and who is asked to stay
        elif member_id not in wanted and not one.by_office:
            await session.delete(one)
    session.add_all(Organiser(event_id=event.id, member_id=one) for one in sorted(wanted - held.keys()))
    await session.flush()
    if event.published_at is not None:
        await follow(session, event)


async def _show(session: Session, event: Event) -> None:
    """Visitors' kept pages are drawn anew."""
    await session.flush()
    if event.published_at is not None:
        await shelf.forget(session, TOPIC, f"event-{event.id}")

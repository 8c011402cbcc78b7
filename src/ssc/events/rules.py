"""Who may see and organise an event, what counts as a place, how long an offer is held: pure predicates."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from ssc.core import errors
from ssc.core.i18n import words
from ssc.core.limits import Limit
from ssc.events.models import Answer, Event, Organiser, Survey
from ssc.people.models import Member
from ssc.people.viewer import Viewer

EVENT_CLOSED = errors.kind(
    "event-closed",
    409,
    words("This event takes no more answers"),
    words("Answers were closed, or the event is over or cancelled. Declining always works."),
)

NOT_GOING = errors.kind(
    "not-going",
    409,
    words("This person is not going"),
    words("The ticket is somebody's who waits, declined or said maybe. An organiser can enter her as going."),
)

DOOR_SHUT = errors.kind(
    "door-shut",
    404,
    words("This door is not open"),
    words(
        "A helper's link opens the door of one event, from the day before until the night after. If it should be open "
        "now, ask the organisers for a new link."
    ),
)

SENSITIVE_KEPT = timedelta(days=7)
OFFER_HELD = timedelta(hours=12)
OFFER_HELD_AT_LEAST = timedelta(minutes=15)


def may_write_in(viewer: Viewer, country: str) -> bool:
    """Whether she may make events of this country: its coordinators, and staff."""
    return not viewer.limited and (viewer.is_staff or country in viewer.coordinates)


def may_write_anywhere(viewer: Viewer) -> bool:
    return not viewer.limited and (viewer.is_staff or bool(viewer.coordinates))


def may_organise(viewer: Viewer | None, event: Event, organisers: Collection[Organiser]) -> bool:
    """By office in the event's country, or because she was asked by name."""
    if viewer is None or viewer.limited:
        return False
    named = any(one.member_id == viewer.id and not one.by_office for one in organisers)
    return named or may_write_in(viewer, event.country)


def may_see_sensitive(viewer: Viewer, event: Event, organisers: Collection[Organiser]) -> bool:
    """Only organisers who are named on the event's page, so that whoever answers knows who will read it."""
    named = any(one.member_id == viewer.id for one in organisers)
    return named and may_organise(viewer, event, organisers)


def is_of_chapter(member: Member, country: str) -> bool:
    return country in (member.country, member.lives_in)


def may_see(viewer: Viewer | None, event: Event, *, organises: bool, answered: bool) -> bool:
    """A draft only its organisers; a chapter's event its chapter, and whoever was asked all the same.

    What moderators took away nobody, not even they who made it.
    """
    if event.removed_at is not None:
        return False
    if organises:
        return True
    if event.published_at is None:
        return False
    if event.audience == "public":
        return True
    if viewer is None or viewer.limited:
        return False
    return event.audience == "members" or answered or is_of_chapter(viewer.member, event.country)


def offer_ends(event: Event, now: datetime) -> datetime:
    """An offered place is held for half a day; for a tenth of the time that is left where that is less."""
    left = (event.starts_at - now) / 10
    return now + max(OFFER_HELD_AT_LEAST, min(OFFER_HELD, left))


def has_named(member_id: UUID, organisers: Collection[Organiser]) -> bool:
    return any(one.member_id == member_id for one in organisers)


CONFIRMED_ABOVE = 500


def may_invite_from(viewer: Viewer, country: str | None) -> bool:
    """A coordinator the members of her region, staff anybody."""
    return not viewer.limited and (viewer.is_staff or (country is not None and country in viewer.coordinates))


def needs_second_person(viewer: Viewer, country: str | None, persons: int) -> bool:
    """A wide mailing does; one's own chapter never."""
    return persons > CONFIRMED_ABOVE and country not in viewer.coordinates


UPLOADS = Limit("uploads", 60, 3600)  # with all else that she uploads
PHOTOS = "/files/events"

TAKING_DOWN = Limit("event-photo-take-down", 50, 86400)


def may_take_down(answer: Answer | None, viewer: Viewer | None = None, *, organises: bool = False) -> bool:
    """Who may have been pictured: who came with or without an account, also for her guests; and who looks after it."""
    return was_there(answer) or organises or moderates(viewer)


def moderates(viewer: Viewer | None) -> bool:
    """Who brings back what another took down."""
    return viewer is not None and not viewer.limited and (viewer.is_moderator or viewer.is_staff)


DOOR_BEFORE, DOOR_AFTER = timedelta(hours=24), timedelta(hours=12)
ANONYMOUS_FROM = 5
SURVEY_OPEN_FOR = timedelta(days=30)


def survey_is_open(event: Event, survey: Survey, now: datetime) -> bool:
    """From the event's end until it closes; what was cancelled or taken away nobody can have attended."""
    return event.status == "past" and now < survey.closes_at


def was_there(answer: Answer | None) -> bool:
    """Whom the survey is for: who meant to come, checked in or not."""
    return answer is not None and answer.status == "going"


def door_takes_place(event: Event) -> bool:
    """Whether there will be, is or was anybody to let in."""
    return event.status in ("published", "past")


def door_opens(event: Event) -> datetime:
    """From when on a helper's link lets people in; until the night after."""
    return event.starts_at - DOOR_BEFORE

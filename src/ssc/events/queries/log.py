"""What moved a member's place, in plain sentences."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.events import clocks
from ssc.events.models import Answer, Event, Move

_LEFT = ("moved-up", "offer-taken", "offer-declined", "offer-expired", "maybe", "declined", "going")
_MOST = 200


@dataclass(frozen=True)
class Line:
    at: datetime
    what: str
    text: str


async def log_of(session: Session, event: Event, answer: Answer) -> list[Line]:
    """Latest first: her own moves, who before her left the waitlist (without names), and when places were added."""
    rows = await session.scalars(
        select(Move)
        .where(
            Move.event_id == answer.event_id,
            or_(Move.answer_id == answer.id, Move.answer_id.is_(None), Move.queue.is_not(None)),
            Move.at >= answer.created_at,
        )
        .order_by(Move.at.desc(), Move.id.desc())
        .limit(_MOST)
    )
    moves = list(rows)
    own = [move for move in moves if move.answer_id == answer.id]
    return [Line(move.at, move.what, text) for move in moves if (text := _sentence(event, move, own, answer))]


def _sentence(event: Event, move: Move, own: list[Move], answer: Answer) -> str:
    if move.answer_id == answer.id:
        return _own(event, move)
    if move.answer_id is None:
        return _("The organisers changed the number of places: {before} → {after}.", **_capacity(move))
    queued = _queued_at(move.at, own)
    if queued is None or move.queue is None or move.queue >= queued or move.what not in _LEFT:
        return ""
    return (
        _("Somebody before you got a place.")
        if move.what in ("moved-up", "offer-taken")
        else _("Somebody before you left the waitlist.")
    )


def _queued_at(at: datetime, own: list[Move]) -> int | None:
    """The place she had in the queue at that time."""
    last = next((move for move in own if move.at <= at), None)
    return last.queue if last is not None and last.what in ("waitlisted", "guests", "offered") else None


def _own(event: Event, move: Move) -> str:
    by = _("An organiser answered for you.") + " " if move.by_organiser else ""
    return by + {
        "going": _("You have a place."),
        "maybe": _("You said maybe."),
        "declined": _("You declined."),
        "waitlisted": _("All places were taken: you joined the waitlist."),
        "guests": _("The number of your guests changed."),
        "moved-up": _("A place became free, and you were first: you are going."),
        "offered": _("A place became free, and is held for you until {when}.", when=_until(event, move)),
        "offer-taken": _("You took the place that was held for you."),
        "offer-declined": _("You gave back the place that was held for you."),
        "offer-expired": _("The time was up: the place held for you is others' now. Your answer is now “maybe”."),
    }.get(move.what, "")


def _until(event: Event, move: Move) -> str:
    """An offer alone has an end."""
    until = move.details.get("until")
    return clocks.moment(datetime.fromisoformat(until), event.time_zone) if until else ""


def _capacity(move: Move) -> dict[str, str]:
    return {name: str(move.details.get(name) or "∞") for name in ("before", "after")}

"""What an answer may hold: guests within the limit, each question as it is asked."""

from typing import Any, NamedTuple

from ssc.core import errors
from ssc.core.i18n import _
from ssc.events.forms.answer import RsvpBody, by_key
from ssc.events.models import Event


class Told(NamedTuple):
    """Answers to the questions: what all organisers see, and what is told in confidence."""

    open: dict[str, str]
    sensitive: dict[str, str]


def check(event: Event, body: RsvpBody, *, by_organiser: bool, free: bool = True) -> Told:
    """422 at the field. An organiser may enter a delegation larger than what people bring by themselves."""
    if body.guests > event.guests_per_person and not by_organiser:
        raise errors.invalid(("guests", _too_many(event.guests_per_person)))
    if event.capacity is not None and body.status == "going" and 1 + body.guests > event.capacity:
        raise errors.invalid(("guests", _("There are only {n} places.", n=event.capacity)))
    if len(body.guest_names) > body.guests:
        raise errors.invalid(("guest_names", _("There are more names than guests.")))
    return _told(event, body, by_organiser=by_organiser)


def _too_many(most: int) -> str:
    return _("Each may bring {n} at most.", n=most) if most else _("Nobody can bring guests to this event.")


def _told(event: Event, body: RsvpBody, *, by_organiser: bool) -> Told:
    try:
        found = by_key(event.questions, body.answers)
    except ValueError as unknown:
        raise errors.invalid(("answers", str(unknown))) from unknown
    for question in event.questions:
        value = found.get(question["key"], "")
        if not value and question["required"] and body.status == "going" and not by_organiser:
            raise errors.invalid((f"/answers/{question['key']}", _("Please answer this question.")))
        if value and not _fits(question, value):
            raise errors.invalid((f"/answers/{question['key']}", _("Choose one of the answers.")))
    confidential = {question["key"] for question in event.questions if question["sensitive"]}
    return Told(
        {key: value for key, value in found.items() if key not in confidential},
        {key: value for key, value in found.items() if key in confidential},
    )


def _fits(question: dict[str, Any], value: str) -> bool:
    if question["kind"] == "yes-no":
        return value in ("yes", "no")
    return question["kind"] != "choice" or value in question["choices"]

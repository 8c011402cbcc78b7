"""What people are told about events."""

from ssc.core.i18n import _, words
from ssc.notifications.kinds import Kind, Told


def _title(told: Told) -> str:
    return str(told.data.get("event", ""))


def _place(told: Told) -> str:
    event = _title(told)
    match told.data.get("what"):
        case "moved-up":
            return _("You have a place: “{event}”.", event=event)
        case "offered":
            return _("A place is held for you: “{event}”. Take it before the time is up.", event=event)
        case "offer-expired":
            return _("The place held for you has gone to the next: “{event}”.", event=event)
        case "going":
            return _("An organiser has put you down as going: “{event}”.", event=event)
        case _other:
            return _("Your answer was changed by an organiser: “{event}”.", event=event)


EVENT_PLACE = Kind("event-place", words("Your place at an event"), _place, _title, push=True)
KINDS = (EVENT_PLACE,)

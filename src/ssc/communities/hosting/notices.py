"""What is told of seats: that one is asked to take one."""

from ssc.core.i18n import _, words
from ssc.notifications.kinds import Kind, Told


def _asked(told: Told) -> str:
    if told.data.get("organisation"):
        return _("You are asked to be the contact of {organisation}.", organisation=told.data["organisation"])
    return _("{host} asks you to look after her or his exchanges.", host=told.data.get("host", ""))


HOSTING = Kind("hosting", words("Looking after exchanges as a host"), _asked)
KINDS = (HOSTING,)
"""A letter too: it is an invitation."""

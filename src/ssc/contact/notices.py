"""What staff hear of messages."""

from ssc.core.i18n import ngettext, words
from ssc.notifications.kinds import Kind, Told

SUBJECT = "contact"


def _waiting(told: Told) -> str:
    return ngettext(
        "A message to the secretariat waits for an answer",
        "{n} messages to the secretariat wait for an answer",
        told.count,
    )


CONTACT = Kind("contact", words("Messages to the secretariat"), _waiting, office=True)
KINDS = (CONTACT,)

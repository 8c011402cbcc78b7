"""What is told of topic groups to those who propose them, decide on them, look after them, or ask to be in them."""

from ssc.core.i18n import _, ngettext, words
from ssc.notifications.kinds import Kind, Told


def subject_of(slug: str) -> str:
    return f"topic-group:{slug}"


def _sentence(told: Told) -> str:
    title = str(told.data.get("title", ""))
    match told.data.get("what"):
        case "approved":
            return _("Your group “{title}” is open.", title=title)
        case "declined":
            return _("The moderators did not open the group “{title}”. Their reason stands on its page.", title=title)
        case "accepted":
            return _("You are in the group “{title}”.", title=title)
        case "yours":
            return _("The group “{title}” is in your care now.", title=title)
        case _asked:
            return ngettext(
                "{n} person would like to join “{title}”.",
                "{n} people would like to join “{title}”.",
                told.count,
                title=title,
            )


def _proposals(told: Told) -> str:
    if told.count == 1:
        return _("The topic group “{title}” is proposed.", title=str(told.data.get("title", "")))
    return ngettext("{n} topic group is proposed.", "{n} topic groups are proposed.", told.count)


PROPOSED = "group-proposals"
"""The subject under which those who decide hear of proposals."""

GROUPS = Kind("topic-groups", words("Your topic groups"), _sentence, mail=False, digest=True)
PROPOSALS = Kind("group-proposals", words("Proposed topic groups"), _proposals, office=True)
KINDS = (GROUPS, PROPOSALS)

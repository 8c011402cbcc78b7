"""What moderators hear of reports, and those who reported of what came of it."""

from ssc.core.i18n import _, ngettext, words
from ssc.notifications.kinds import Kind, Told


def _waiting(told: Told) -> str:
    return ngettext("A report waits for the moderators", "{n} reports wait for the moderators", told.count)


def _answered(told: Told) -> str:
    if told.data.get("acted"):
        return _("The moderators have looked at what you reported, and acted. Thank you.")
    return _("The moderators have looked at what you reported, and leave it as it is. Thank you for watching.")


REPORTS = Kind("reports", words("Reports by members"), _waiting, push=True, always=True, office=True)
ANSWERED = Kind("report-answered", words("What came of something you reported"), _answered)
KINDS = (ANSWERED, REPORTS)

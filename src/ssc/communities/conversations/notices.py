"""What a community's members are told of its conversations: gently, in the app and in the digest."""

from ssc.core.i18n import _, ngettext, words
from ssc.notifications.kinds import Kind, Told


def subject_of(key: str) -> str:
    return f"conversations:{key}"


def _opened(told: Told) -> str:
    where = str(told.data.get("where", ""))
    if told.count == 1:
        return _("A new conversation in {where}: “{title}”", where=where, title=str(told.data.get("title", "")))
    return ngettext("{n} new conversation in {where}", "{n} new conversations in {where}", told.count, where=where)


CONVERSATIONS = Kind(
    "new-conversations",
    words("New conversations in your chapters and groups"),
    _opened,
    title=lambda told: str(told.data.get("where", "")),
    mail=False,
    digest=True,
)
KINDS = (CONVERSATIONS,)

"""What state an issue is in: pure."""

from datetime import datetime
from typing import Literal

from ssc.core.i18n import Words, words
from ssc.news.newsletters.models import Newsletter

State = Literal["draft", "scheduled", "sending", "sent", "stopped"]
STATE_NAMES: dict[State, Words] = {
    "draft": words("Draft"),
    "scheduled": words("Scheduled"),
    "sending": words("Letters are leaving"),
    "sent": words("Sent"),
    "stopped": words("Stopped"),
}


def state_of(issue: Newsletter, waiting: int = 0) -> State:
    """`waiting`: how many of its letters have not left."""
    if issue.stopped_at is not None:
        return "stopped"
    if issue.queued_at is not None:
        return "sending" if waiting else "sent"
    return "scheduled" if issue.send_at is not None else "draft"


def can_change(issue: Newsletter) -> bool:
    """Until its letters are written; what is scheduled can be corrected too."""
    return issue.queued_at is None and issue.stopped_at is None


def is_due(issue: Newsletter, now: datetime) -> bool:
    return can_change(issue) and issue.send_at is not None and issue.send_at <= now

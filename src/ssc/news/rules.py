"""Who writes, changes, approves and reads news: pure predicates."""

from datetime import datetime, timedelta
from typing import Literal, get_args

from ssc.core.i18n import Words, words
from ssc.news.models import NewsItem, Publication
from ssc.people.viewer import Viewer
from ssc.writing.rules import is_editor

Kind = Literal["news", "reunion-report", "opportunity", "notice"]
KINDS: tuple[Kind, ...] = get_args(Kind)
KIND_NAMES: dict[str, Words] = {
    "news": words("News"),
    "reunion-report": words("Reunion reports"),
    "opportunity": words("Opportunities"),
    "notice": words("Notices"),
}
State = Literal["draft", "waiting", "scheduled", "published", "withdrawn"]
STATE_NAMES: dict[State, Words] = {
    "draft": words("Draft"),
    "waiting": words("Waiting for approval"),
    "scheduled": words("Scheduled"),
    "published": words("Published"),
    "withdrawn": words("Withdrawn"),
}
JUST_NOW = timedelta(minutes=2)  # clocks differ: an instant as little past as this is now


def can_write(viewer: Viewer, kind: str) -> bool:
    """Editors everything; any grown member an opportunity, which editors then publish or do not."""
    return is_editor(viewer) or (kind == "opportunity" and not viewer.is_minor and not viewer.limited)


def can_edit(viewer: Viewer, item: NewsItem, publication: Publication | None) -> bool:
    """Editors always; who handed it in until an editor has it."""
    return is_editor(viewer) or (item.author_id == viewer.id and state_of(publication, None) == "draft")


def can_approve(viewer: Viewer, publication: Publication) -> bool:
    """An editor, but not the one who asked: two people have seen it then."""
    return is_editor(viewer) and publication.asked_by != viewer.id


def can_read(viewer: Viewer | None, item: NewsItem, publication: Publication | None, now: datetime) -> bool:
    """Everybody what is published; what is not, editors and who wrote it."""
    if state_of(publication, now) == "published":
        return True
    return viewer is not None and (is_editor(viewer) or item.author_id == viewer.id)


def state_of(publication: Publication | None, now: datetime | None) -> State:
    """Of an item whose latest publication this is; at the moment `now`, None: at whatever moment after it appears."""
    if publication is None:
        return "draft"
    if publication.withdrawn_at is not None:
        appeared = publication.approved_at is not None and publication.at <= publication.withdrawn_at
        return "withdrawn" if appeared else "draft"
    if publication.approved_at is None:
        return "waiting"
    return "published" if now is None or publication.at <= now else "scheduled"

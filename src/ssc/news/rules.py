"""Who writes, changes and publishes news: pure predicates."""

from datetime import datetime
from typing import Literal, get_args

from ssc.news.models import NewsItem, Publication
from ssc.people.viewer import Viewer

Kind = Literal["news", "reunion-report", "opportunity", "notice"]
KINDS: tuple[Kind, ...] = get_args(Kind)
State = Literal["draft", "scheduled", "published", "withdrawn"]


def can_write(viewer: Viewer, kind: str) -> bool:
    """Editors everything; any grown member an opportunity, which editors then publish or do not."""
    return viewer.is_editor or (kind == "opportunity" and not viewer.is_minor and not viewer.limited)


def can_publish(viewer: Viewer) -> bool:
    return viewer.is_editor


def can_edit(viewer: Viewer, item: NewsItem, publication: Publication | None) -> bool:
    """Who handed it in, until it has been before the public for the first time; editors always."""
    return viewer.is_editor or (item.author_id == viewer.id and publication is None)


def can_read(viewer: Viewer | None, item: NewsItem, publication: Publication | None, now: datetime) -> bool:
    """Everybody what is published; what is not, those who may edit it."""
    if state_of(publication, now) == "published":
        return True
    return viewer is not None and (viewer.is_editor or item.author_id == viewer.id)


def state_of(publication: Publication | None, now: datetime) -> State:
    """Of an item whose latest publication this is."""
    if publication is None:
        return "draft"
    if publication.withdrawn_at is not None:
        return "withdrawn"
    return "published" if publication.at <= now else "scheduled"

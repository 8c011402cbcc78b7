"""Who sees whom, and how near: the one place that knows it, for pages, API, search, counts and files."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Protocol
from uuid import UUID

from ssc.core import clock
from ssc.people.rules import DEFAULT_AUDIENCE, Audience, audience_of, reaches
from ssc.people.viewer import Viewer


class Record(Protocol):
    """What decides about a member: a loaded `Member`, or a row with these columns."""

    @property
    def id(self) -> UUID: ...
    @property
    def country(self) -> str: ...
    @property
    def adult_from(self) -> date: ...
    @property
    def joined_at(self) -> datetime | None: ...
    @property
    def visibility(self) -> Mapping[str, Any]: ...


def closeness(viewer: Viewer | None, record: Record, exchanges: Collection[UUID]) -> Audience | None:
    """How near the viewer (None: a visitor) stands to a member who took part in `exchanges`.

    None where the member must seem not to exist: unclaimed, blocked either way, a minor of other
    people's, or one whose name is not for this viewer.
    """
    if record.joined_at is None:
        return None
    if viewer is not None and viewer.id == record.id:
        return "me"
    if viewer is not None and record.id in viewer.blocked:
        return None
    near = _standing(viewer, exchanges)
    if near != "cohorts" and is_minor(record) and not watches_over(viewer, record.country):
        return None
    return near if reaches(audience_of(record.visibility, "name"), near) else None


def may_see(record: Record, field: str, near: Audience) -> bool:
    """Whether a viewer who stands this near sees the field; `in_japan` says no more than `lives_in`."""
    return field in seen_fields(record, near)


def seen_fields(record: Record, near: Audience) -> frozenset[str]:
    """The fields that a viewer who stands this near sees."""
    return _seen(frozenset(record.visibility.items()), near)


@lru_cache(maxsize=10_000)
def _seen(chosen: frozenset[tuple[str, str]], near: Audience) -> frozenset[str]:
    visibility = dict(chosen)
    shown = {field for field in DEFAULT_AUDIENCE if reaches(audience_of(visibility, field), near)}
    return frozenset(shown | {"in_japan"} if "lives_in" in shown else shown)


def is_minor(record: Record) -> bool:
    return record.adult_from > clock.today_in_japan()


def watches_over(viewer: Viewer | None, country: str) -> bool:
    """Whether minors of this country are in the viewer's care: coordinators of it, and staff."""
    if viewer is None or viewer.limited:
        return False
    return viewer.is_staff or country in viewer.coordinates


def _standing(viewer: Viewer | None, exchanges: Collection[UUID]) -> Audience:
    """A recovered account within its 72 hours sees what a visitor sees."""
    if viewer is None or viewer.limited:
        return "everyone"
    return "cohorts" if not viewer.exchanges.isdisjoint(exchanges) else "members"

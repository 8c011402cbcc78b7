"""Which events who may see, as conditions of statements: mirrors `rules.may_see` and `rules.may_organise`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, Uuid, and_, any_, bindparam, exists, false, literal, or_, true
from sqlalchemy.dialects.postgresql import ARRAY

from ssc.core import clock
from ssc.core.db import Prepared, Session
from ssc.events.models import Answer, Event, Organiser
from ssc.people.models import Role
from ssc.people.viewer import Viewer

_CODES = ARRAY(String(2))


@dataclass(frozen=True)
class Seer:
    """A member who looks: her own countries, and those that she coordinates."""

    me: ColumnElement[UUID]
    own: ColumnElement[Sequence[str]]
    coordinates: ColumnElement[Sequence[str]]
    is_staff: bool

    @classmethod
    def of(cls, viewer: Viewer) -> Self:
        told = values_of(viewer)
        own, coordinates = literal(told["own"], _CODES), literal(told["coordinates"], _CODES)
        return cls(literal(viewer.id, Uuid()), own, coordinates, viewer.is_staff)

    @classmethod
    def to_be_told(cls, *, is_staff: bool) -> Self:
        """For a statement that is compiled once, and run with `values_of` a viewer."""
        return cls(
            bindparam("me", type_=Uuid()),
            bindparam("own", type_=_CODES),
            bindparam("coordinates", type_=_CODES),
            is_staff,
        )


class BySight:
    """A select over events that many pages make: compiled once for visitors, for members and for staff."""

    def __init__(self, made: Callable[[Seer | None], Select[*tuple[Any, ...]]]) -> None:
        self._visitors = Prepared(made(None))
        self._members, self._staff = (Prepared(made(Seer.to_be_told(is_staff=staff))) for staff in (False, True))

    async def rows(self, session: Session, viewer: Viewer | None, **values: object) -> list[Any]:
        if viewer is None or viewer.limited:
            return await self._visitors.rows(session, **values)
        statement = self._staff if viewer.is_staff else self._members
        return await statement.rows(session, **values, **values_of(viewer))


def values_of(viewer: Viewer) -> dict[str, object]:
    own = [country for country in (viewer.member.country, viewer.member.lives_in) if country]
    return {"me": viewer.id, "own": own, "coordinates": list(viewer.coordinates)}


def seen_in_lists(viewer: Viewer | None) -> list[ColumnElement[bool]]:
    """What is published; drafts are in no list but their own."""
    return seen_by(None if viewer is None or viewer.limited else Seer.of(viewer))


def seen_by(seer: Seer | None) -> list[ColumnElement[bool]]:
    """None: a visitor, or who is for the present to see no more than one."""
    published = and_(Event.published_at.is_not(None), Event.removed_at.is_(None))
    if seer is None:
        return [published, Event.audience == "public"]
    answered = exists().where(Answer.event_id == Event.id, Answer.member_id == seer.me).correlate(Event)
    asked = or_(Event.country == any_(seer.own), answered, organised_by(seer))
    chapter = and_(Event.audience == "chapter", asked)
    return [published, or_(Event.audience == "public", Event.audience == "members", chapter)]


def organised(viewer: Viewer | None) -> ColumnElement[bool]:
    return organised_by(None if viewer is None or viewer.limited else Seer.of(viewer))


def organised_by(seer: Seer | None) -> ColumnElement[bool]:
    if seer is None:
        return false()
    if seer.is_staff:
        return true()
    named = exists().where(
        Organiser.event_id == Event.id, Organiser.member_id == seer.me, Organiser.by_office.is_(False)
    )
    return or_(Event.country == any_(seer.coordinates), named)


def holds_office() -> ColumnElement[bool]:
    """Of an organiser by office: whether she still looks after the event's country, or is of the secretariat."""
    return exists().where(
        Role.member_id == Organiser.member_id,
        or_(Role.role == "staff", and_(Role.role == "coordinator", Role.country == Event.country)),
        Role.runs(clock.today_in_japan()),
    )

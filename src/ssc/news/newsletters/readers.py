"""Who reads an issue: the audience as a select of members. Who wants no mail is left out by `notifications`."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, any_, exists, func, literal, or_, select

from ssc.core import clock
from ssc.news.forms import Audience
from ssc.people.models import Member, Participation
from ssc.programmes.models import Exchange


def readers(audience: Audience) -> Select[UUID]:
    """Grown members for whom all of it holds. Nobody under 18 is written to: what the magazine offers is for adults."""
    asked: list[ColumnElement[bool]] = [Member.joined_at.is_not(None), Member.adult_from <= clock.today_in_japan()]
    if audience.languages:
        asked.append(Member.language.in_(audience.languages) | Member.languages.overlap(audience.languages))
    if audience.countries:
        asked.append(or_(Member.country.in_(audience.countries), Member.lives_in.in_(audience.countries)))
    if audience.programmes:
        took_part = exists().where(Participation.member_id == Member.id, Participation.exchange_id == Exchange.id)
        asked.append(took_part.where(Exchange.programme.in_(audience.programmes)))
    if audience.fields:
        asked.append(or_(*(_has_field(name.strip().lower()) for name in audience.fields)))
    return select(Member.id).where(*asked)


def _has_field(name: str) -> ColumnElement[bool]:
    """As she says herself, or as the roster has it; capitals do not matter."""
    own: Any = func.string_to_array(func.lower(func.array_to_string(Member.fields, "\n")), "\n")
    rostered = exists().where(Participation.member_id == Member.id, func.lower(Participation.field) == name)
    return or_(literal(name) == any_(own), rostered)

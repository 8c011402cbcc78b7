"""Who is worth meeting beside a member: those who share an exchange, a field, a host or a place with her."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import LiteralString
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.directory import words
from ssc.directory.queries.conditions import Condition
from ssc.directory.queries.scope import Scope
from ssc.people import queries as people
from ssc.people.queries import Reached
from ssc.people.shapes import Member
from ssc.people.viewer import Viewer
from ssc.places import countries
from ssc.programmes.models import Exchange

MOST = 12
_TIED: LiteralString = "SELECT member_id FROM directory_entry WHERE "
_TIED_ENDS = " ORDER BY member_id DESC LIMIT %(room)s"
_EACH = 4


@dataclass(frozen=True)
class _Tie:
    """What is shared: the condition, and the sentence about it."""

    condition: Condition
    reason: str


async def similar(session: Session, viewer: Viewer | None, scope: Scope, member: Reached) -> list[tuple[Reached, str]]:
    """Members whom the viewer may find, each with the nearest tie to `member` that she may see."""
    chosen = await _chosen(session, viewer, scope, member)
    seen = await people.reached(session, viewer, list(chosen))
    return [(one, chosen[one.id]) for one in seen]


async def similar_and_own(
    session: Session, viewer: Viewer, scope: Scope, member: Reached, most: int
) -> tuple[list[tuple[Reached, str]], Member]:
    """The nearest of them, and the viewer's own profile, whole: read in one."""
    chosen = await _chosen(session, viewer, scope, member)
    *seen, own = await people.reached(session, viewer, [*list(chosen)[:most], viewer.id])
    return [(one, chosen[one.id]) for one in seen], own.member


async def _chosen(session: Session, viewer: Viewer | None, scope: Scope, member: Reached) -> dict[UUID, str]:
    """Whom to name, and why."""
    chosen: dict[UUID, str] = {}
    ties = await _ties(session, member)
    for most in (_EACH, MOST):
        for tie in ties:
            room = min(most, MOST - len(chosen))
            without = [member.id, *chosen, *([viewer.id] if viewer else [])]
            for one in await _tied(session, scope, tie, without, room):
                chosen[one] = tie.reason
    return chosen


async def _tied(session: Session, scope: Scope, tie: _Tie, without: Sequence[UUID], room: int) -> Sequence[UUID]:
    if room <= 0:
        return []
    condition = scope.condition() & tie.condition & Condition("member_id <> ALL (%(without)s)", {"without": without})
    sql = _TIED + condition.sql + _TIED_ENDS
    rows = await session.rows(sql, {**condition.values, "room": room}, prepare=False)
    return [row.member_id for row in rows]


async def _ties(session: Session, member: Reached) -> list[_Tie]:
    """The nearest first; only of what the viewer sees of the member."""
    shown = member.member
    ties: list[_Tie] = []
    exchanges = await _exchanges(session, member) if shown.exchanges else []
    for exchange in exchanges:
        reason = _("Took part in the same exchange: {title}", title=exchange.title or exchange.code)
        ties.append(_Tie(Condition("exchanges @> %(tie)s::uuid[]", {"tie": [exchange.id]}), reason))
    for field in shown.fields or []:
        ties.append(
            _Tie(
                Condition("field_keys @> %(tie)s::varchar[]", {"tie": [words.key(field)[:240]]}),
                _("Same field: {field}", field=field),
            )
        )
    for host in {exchange.host_id: exchange.host for exchange in exchanges if exchange.host}.values():
        ties.append(
            _Tie(Condition("hosts @> %(tie)s::uuid[]", {"tie": [host.id]}), _("Same host: {host}", host=host.name))
        )
    if shown.lives_in:
        place = countries.name(shown.lives_in)
        ties.append(
            _Tie(Condition("lives_in = %(tie)s", {"tie": shown.lives_in}), _("Lives in {country} too", country=place))
        )
    if shown.country:
        place = countries.name(shown.country)
        ties.append(
            _Tie(Condition("country = %(tie)s", {"tie": shown.country}), _("Also from {country}", country=place))
        )
    return ties


async def _exchanges(session: Session, member: Reached) -> Sequence[Exchange]:
    rows = await session.scalars(
        select(Exchange)
        .options(joinedload(Exchange.host))
        .where(Exchange.id.in_(member.exchange_ids))
        .order_by(Exchange.fiscal_year.desc(), Exchange.code)
    )
    return rows.all()

"""Who is worth meeting beside a member: those who share an exchange, a field, a host or a place with her."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

from sqlalchemy import Uuid, any_, bindparam, select
from sqlalchemy.dialects.postgresql import ARRAY

from ssc.core.db import Prepared, Session
from ssc.core.i18n import _
from ssc.directory import words
from ssc.directory.queries.conditions import LETTERS, Condition
from ssc.directory.queries.scope import Scope
from ssc.people import queries as people
from ssc.people.queries import Reached
from ssc.people.shapes import Member
from ssc.people.viewer import Viewer
from ssc.places import countries
from ssc.programmes.models import Exchange, Organisation

MOST = 12
_EACH = 4


@dataclass(frozen=True)
class _Tie:
    """What is shared: the condition with its value, and the sentence about it."""

    condition: LiteralString
    value: object
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
    """Whom to name, and why: a few of each tie, the nearest first, then more of each."""
    ties = (await _ties(session, member))[: len(_NAMES)]
    tied = await _tied(session, scope, ties, [member.id, *([viewer.id] if viewer else [])])
    chosen: dict[UUID, str] = {}
    for most in (_EACH, MOST):
        for tie, found in zip(ties, tied, strict=True):
            room = min(most, MOST - len(chosen))
            chosen |= dict.fromkeys([one for one in found if one not in chosen][:room], tie.reason)
    return chosen


async def _tied(session: Session, scope: Scope, ties: Sequence[_Tie], without: Sequence[UUID]) -> list[list[UUID]]:
    """Of each tie the latest members who have it, in one statement: so many that enough are left of any choice."""
    if not ties:
        return []
    findable = scope.condition() & Condition("member_id <> ALL (%(without)s)", {"without": without})
    parts: list[LiteralString] = []
    values: dict[str, Any] = {**findable.values, "room": 2 * MOST}
    for name, tie in zip(_NAMES, ties, strict=False):
        condition = tie.condition.replace("%(tie)s", "%(" + name + ")s")
        which = "(" + findable.sql + ") AND (" + condition + ")"
        parts.append(
            "(SELECT '" + name + "' AS tie, member_id FROM directory_entry "  # noqa: S608  # our own words only
            "WHERE " + which + " ORDER BY member_id DESC LIMIT %(room)s)"
        )
        values[name] = tie.value
    found: dict[str, list[UUID]] = {name: [] for name in _NAMES[: len(ties)]}
    for row in await session.rows(" UNION ALL ".join(parts), values, prepare=False):
        found[row.tie].append(row.member_id)
    return list(found.values())


_NAMES: tuple[LiteralString, ...] = tuple("tie_" + letter for letter in LETTERS)


async def _ties(session: Session, member: Reached) -> list[_Tie]:
    """The nearest first; only of what the viewer sees of the member."""
    shown = member.member
    exchanges = await _exchanges(session, member) if shown.exchanges else []
    hosts = {exchange.host_id: exchange.host for exchange in exchanges if exchange.host_id}
    ties = [
        _Tie(
            "exchanges @> %(tie)s::uuid[]",
            [exchange.id],
            _("Took part in the same exchange: {title}", title=exchange.title or exchange.code),
        )
        for exchange in exchanges
    ]
    ties += [
        _Tie("field_keys @> %(tie)s::varchar[]", [words.key(field)[:240]], _("Same field: {field}", field=field))
        for field in shown.fields or []
    ]
    ties += [
        _Tie("hosts @> %(tie)s::uuid[]", [host_id], _("Same host: {host}", host=host))
        for host_id, host in hosts.items()
    ]
    if code := shown.lives_in:
        ties.append(_Tie("lives_in = %(tie)s", code, _("Lives in {country} too", country=countries.name(code))))
    if code := shown.country:
        ties.append(_Tie("country = %(tie)s", code, _("Also from {country}", country=countries.name(code))))
    return ties


async def _exchanges(session: Session, member: Reached) -> Sequence[Any]:
    return await _EXCHANGES.rows(session, exchanges=list(member.exchange_ids))


_EXCHANGES = Prepared(
    select(Exchange.id, Exchange.code, Exchange.title, Exchange.host_id, Organisation.name.label("host"))
    .outerjoin(Organisation, Organisation.id == Exchange.host_id)
    .where(Exchange.id == any_(bindparam("exchanges", type_=ARRAY(Uuid))))
    .order_by(Exchange.fiscal_year.desc(), Exchange.code)
)

"""Whose exchanges are whose, who came, and who acts for whom."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, LiteralString
from uuid import UUID

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import aliased, joinedload

from ssc.communities.hosting.models import HostSeat
from ssc.communities.hosting.rules import Stand
from ssc.communities.hosting.shapes import Guest, Line, Seat
from ssc.communities.queries.exchanges import COUNTED_ROLES, latest_first, tallies
from ssc.core import clock
from ssc.core.db import Session
from ssc.core.paging import Cut, Slice
from ssc.people import queries as people
from ssc.people.models import Member, Participation
from ssc.people.viewer import Viewer
from ssc.programmes.models import Exchange, Organisation


async def stands(session: Session, viewer: Viewer, exchange_id: UUID | None = None) -> dict[UUID, Stand]:
    """Her exchanges (or this one) with how she stands to each; none while her account is limited."""
    if viewer.limited:
        return {}
    values = {"me": viewer.id, "exchange": exchange_id, "now": clock.now()}
    found: dict[UUID, Stand] = {}
    for row in await session.rows(_STANDS, values, prepare=True):
        held = found.get(row.exchange_id, Stand(row.exchange_id))
        names = (*held.acts_for, row.acts_for) if row.acts_for else held.acts_for
        found[row.exchange_id] = replace(held, parts=held.parts | {row.part}, acts_for=names)
    return found


async def looks_after(session: Session, viewer: Viewer, exchange_id: UUID) -> bool:
    """Whether she is a host of the exchange, or acts for one."""
    stand = (await stands(session, viewer, exchange_id)).get(exchange_id)
    return stand is not None and stand.hosts


async def is_host(session: Session, viewer: Viewer) -> bool:
    """Whether she hosts at all, by the roster or for an organisation: then others may act for her."""
    return any(not one.parts.isdisjoint({"host", "contact"}) for one in (await stands(session, viewer)).values())


async def lines(session: Session, viewer: Viewer, part: Slice) -> Cut[Line]:
    """Her exchanges, the latest first."""
    own = await stands(session, viewer)
    hers = select(Exchange).options(joinedload(Exchange.host)).where(Exchange.id.in_(own))
    cut = await latest_first(session, hers, part)
    counted = await tallies(session, viewer, [one.id for one in cut.rows])
    return Cut([Line(one, own[one.id], counted[one.id]) for one in cut.rows], cut.next)


async def guests(session: Session, viewer: Viewer, exchange: Exchange) -> list[Guest]:
    """Who came and is here, as the reader may know them; of adults who agreed to it, what their cohort sees.

    Ask `looks_after` first. Nobody under 18 is shown by consent: only to those who were there too.
    """
    rows = await session.execute(
        select(Member.id, Participation.role, and_(Member.hosts_see.is_(True), Member.adult_from <= viewer.today))
        .join(Participation, Participation.member_id == Member.id)
        .where(
            Participation.exchange_id == exchange.id,
            Participation.role.in_(COUNTED_ROLES),
            Member.joined_at.is_not(None),
            Member.id != viewer.id,
        )
        .order_by(func.lower(Member.name), Member.id)
    )
    came = {identity: (role, told) for identity, role, told in rows}
    near = replace(viewer, exchanges=viewer.exchanges | {exchange.id})
    telling = [identity for identity, (_role, told) in came.items() if told]
    known = {one.id: one.member for one in await people.reached(session, viewer, [i for i in came if i not in telling])}
    known |= {one.id: one.member for one in await people.reached(session, near, telling)}
    return [Guest(i, known[i], role, bool(told)) for i, (role, told) in came.items() if i in known]


async def has_minors(session: Session, exchange_id: UUID, today: Any) -> bool:
    """Whether somebody under 18 took part."""
    minors = exists().where(
        Participation.exchange_id == exchange_id, Participation.member_id == Member.id, Member.adult_from > today
    )
    return bool(await session.scalar(select(minors)))


async def seats_of(session: Session, member_id: UUID) -> list[Seat]:
    """The seats that she was asked to take and that have not ended, for her own page."""
    return await _seats(session, HostSeat.member_id == member_id)


async def secretaries_of(session: Session, host_id: UUID) -> list[Seat]:
    """Who acts for this host, or was asked to."""
    return await _seats(session, HostSeat.host_id == host_id)


async def all_seats(session: Session) -> list[Seat]:
    """For the desk: the latest two hundred."""
    return await _seats(session, HostSeat.id.is_not(None))


async def seat(session: Session, seat_id: UUID) -> HostSeat | None:
    """One that has not ended."""
    found: HostSeat | None = await session.scalar(
        select(HostSeat).where(HostSeat.id == seat_id, HostSeat.ended_at.is_(None))
    )
    return found


async def _seats(session: Session, which: Any) -> list[Seat]:
    host = aliased(Member)
    rows: Iterable[Any] = await session.execute(
        select(HostSeat, host.name, Organisation.name)
        .outerjoin(host, host.id == HostSeat.host_id)
        .outerjoin(Organisation, Organisation.id == HostSeat.organisation_id)
        .where(which, HostSeat.ended_at.is_(None))
        .order_by(HostSeat.created_at.desc(), HostSeat.id)
        .limit(200)
    )
    return [Seat(one, host_name or "", organisation or "") for one, host_name, organisation in rows]


# She herself, and each host whose secretary she is: whose rights end when the host is shut out.
_STANDS: LiteralString = """
WITH acting AS (
    SELECT %(me)s::uuid AS host_id, NULL::text AS acts_for
    UNION ALL
    SELECT h.id, h.name FROM host_seat s JOIN member h ON h.id = s.host_id
    WHERE s.member_id = %(me)s AND s.accepted_at IS NOT NULL AND s.ended_at IS NULL
        AND h.joined_at IS NOT NULL AND NOT h.deceased
        AND NOT EXISTS (
            SELECT FROM suspension p
            WHERE p.member_id = h.id AND p.lifted_at IS NULL AND (p.until IS NULL OR p.until > %(now)s::timestamptz)
        )
)
SELECT p.exchange_id, CASE WHEN a.acts_for IS NULL THEN p.role ELSE 'secretary' END AS part, a.acts_for
FROM acting a JOIN participation p ON p.member_id = a.host_id AND (a.acts_for IS NULL OR p.role = 'host')
WHERE %(exchange)s::uuid IS NULL OR p.exchange_id = %(exchange)s::uuid
UNION
SELECT e.id, CASE WHEN a.acts_for IS NULL THEN 'contact' ELSE 'secretary' END, a.acts_for
FROM acting a
JOIN host_seat o ON o.member_id = a.host_id AND o.accepted_at IS NOT NULL AND o.ended_at IS NULL
JOIN exchange e ON e.host_id = o.organisation_id
WHERE %(exchange)s::uuid IS NULL OR e.id = %(exchange)s::uuid
ORDER BY 1, 3 NULLS FIRST
"""

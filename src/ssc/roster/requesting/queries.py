"""Named selects over membership requests, and the records that may be who asks."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select, tuple_

from ssc.accounts.models import EmailAddress
from ssc.core import text
from ssc.core.db import Session
from ssc.core.paging import Slice
from ssc.events.queries.known import met
from ssc.people import actions as people
from ssc.people.models import Member, Participation
from ssc.programmes.models import Exchange, Organisation, OrganisationName
from ssc.roster.inviting import queries as inviting
from ssc.roster.requesting.models import MembershipRequest
from ssc.roster.requesting.rules import MATCHES_SHOWN, SIMILAR, Match, is_likely, likeness

State = Literal["waiting", "decided", "all"]


async def requests(session: Session, state: State, part: Slice) -> list[MembershipRequest]:
    """Waiting ones oldest first, others latest first; one more than the part's limit where there are more."""
    position = tuple_(MembershipRequest.created_at, MembershipRequest.id)
    statement = select(MembershipRequest).limit(part.limit + 1)
    if state == "waiting":
        statement = statement.where(MembershipRequest.outcome.is_(None)).order_by(
            MembershipRequest.created_at, MembershipRequest.id
        )
    else:
        statement = statement.order_by(MembershipRequest.created_at.desc(), MembershipRequest.id.desc())
        if state == "decided":
            statement = statement.where(MembershipRequest.outcome.is_not(None))
    if (after := part.dated) is not None:
        statement = statement.where(position > tuple_(*after) if state == "waiting" else position < tuple_(*after))
    return list(await session.scalars(statement))


async def request(session: Session, request_id: UUID) -> MembershipRequest | None:
    found: MembershipRequest | None = await session.scalar(
        select(MembershipRequest).where(MembershipRequest.id == request_id)
    )
    return found


async def waiting(session: Session) -> int:
    """How many requests wait for a decision."""
    statement = select(func.count()).select_from(MembershipRequest).where(MembershipRequest.outcome.is_(None))
    return await session.scalar(statement) or 0


async def matches_of(session: Session, asked: MembershipRequest) -> list[Match]:
    """Records that are likely to be who asks, the likeliest first."""
    name_key = people.name_key(asked.name)
    similarity = func.similarity(Member.name_key, name_key)
    by_address = select(EmailAddress.member_id).where(EmailAddress.key == asked.key)
    were_there = and_(Member.country == asked.country, Member.id.in_(_were_in(asked.programme, asked.fiscal_year)))
    rows = await session.execute(
        select(Member, similarity, Member.id.in_(by_address))
        .where(
            or_(
                Member.id.in_(by_address),
                and_(Member.name_key == name_key, Member.country == asked.country),
                and_(Member.name_native == asked.name, Member.country == asked.country),
                and_(were_there, similarity >= SIMILAR),
            ),
            Member.deceased.is_(False),
        )
        .limit(50)
    )
    found = [(member, near, bool(same)) for member, near, same in rows]
    exchanges = await inviting.exchanges_of(session, [member.id for member, _near, _same in found])
    known = await met(session, [member.id for member, _near, _same in found])
    made = [
        Match(
            member,
            exchanges[member.id],
            _reasons(asked, member, near, same, exchanges[member.id])
            + (["known-in-person"] if member.id in known else []),
            known.get(member.id),
        )
        for member, near, same in found
    ]
    likely = [match for match in made if is_likely(match.reasons)]
    return sorted(likely, key=lambda match: -likeness(match.reasons))[:MATCHES_SHOWN]


async def nth_of_day(session: Session, asked: MembershipRequest) -> int:
    """The how many-eth this is of the requests that gave its address within a day: 1 for the first."""
    day = MembershipRequest.created_at.between(asked.created_at - timedelta(days=1), asked.created_at)
    return await session.scalar(select(func.count()).where(MembershipRequest.key == asked.key, day)) or 0


async def member_with(session: Session, key: str) -> Member | None:
    """Whoever signs in with this address."""
    found: Member | None = await session.scalar(
        select(Member)
        .join(EmailAddress, EmailAddress.member_id == Member.id)
        .where(EmailAddress.key == key, EmailAddress.confirmed_at.is_not(None), Member.joined_at.is_not(None))
    )
    return found


async def records_at(session: Session, key: str) -> list[Member]:
    """Records that nobody has claimed and that have this address."""
    rows = await session.scalars(
        select(Member)
        .join(EmailAddress, EmailAddress.member_id == Member.id)
        .where(EmailAddress.key == key, Member.joined_at.is_(None))
    )
    return list(rows)


async def exchange_meant(session: Session, asked: MembershipRequest) -> Exchange | None:
    """The exchange that her words single out: programme, year, and host or sender by any of its names."""
    keys = [text.plain(name) for name in (asked.host, asked.sending) if name]
    named = select(OrganisationName.organisation_id).where(OrganisationName.key.in_(keys))
    rows = await session.scalars(
        select(Exchange)
        .where(
            Exchange.programme == asked.programme,
            Exchange.fiscal_year == asked.fiscal_year,
            or_(Exchange.host_id.in_(named), Exchange.sending.any(Organisation.id.in_(named))),
        )
        .limit(2)
    )
    found = list(rows)
    return found[0] if len(found) == 1 else None


async def exchange_by_code(session: Session, code: str) -> Exchange | None:
    found: Exchange | None = await session.scalar(select(Exchange).where(Exchange.code == code))
    return found


async def has_address(session: Session, member_id: UUID, key: str) -> bool:
    statement = select(EmailAddress.id).where(EmailAddress.member_id == member_id, EmailAddress.key == key)
    return await session.scalar(statement) is not None


def _reasons(
    asked: MembershipRequest, member: Member, near: float, same_address: bool, exchanges: Sequence[Exchange]
) -> list[str]:
    said = {
        "address": same_address,
        "name": member.name_key == people.name_key(asked.name) or member.name_native == asked.name,
        "similar-name": near >= SIMILAR,
        "exchange": any((e.programme, e.fiscal_year) == (asked.programme, asked.fiscal_year) for e in exchanges),
        "host": any(e.host and text.plain(e.host.name) == text.plain(asked.host) for e in exchanges),
        "country": member.country == asked.country,
    }
    return [reason for reason, holds in said.items() if holds and not (reason == "similar-name" and said["name"])]


def _were_in(programme: str, fiscal_year: int) -> Select[UUID]:
    return (
        select(Participation.member_id)
        .join(Exchange, Exchange.id == Participation.exchange_id)
        .where(Exchange.programme == programme, Exchange.fiscal_year == fiscal_year)
    )

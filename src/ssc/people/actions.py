"""What is done to people's records: whatever follows from a change is listed here, in order."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import case, func, literal, select, update
from sqlalchemy.dialects.postgresql import aggregate_order_by

from ssc.core import audit, clock, live, shelf, text
from ssc.core.db import Session
from ssc.people import following
from ssc.people.models import Member, Participation, Role, Suspension
from ssc.people.rules import EVER, FACES, HIGH_SCHOOL_GRACE_YEARS
from ssc.programmes.catalogue import HIGH_SCHOOL
from ssc.programmes.models import Exchange


async def show_anew(session: Session) -> None:
    """What the public may see of somebody has changed: no kept page shows her as she was, from this change on."""
    await shelf.forget(session, FACES)


def name_key(name: str) -> str:
    """The key under which the same name is found whatever the order of its parts."""
    return " ".join(sorted(text.plain(name).replace(",", " ").split()))[:240]  # one ligature may spell 18 letters


async def refresh_adulthood(session: Session, member_ids: Sequence[UUID] | None = None) -> None:
    """Recomputes `adult_from` after birth dates or participations changed; None: of everybody.

    Mirrors `rules.adult_from` in SQL, for a whole roster at once.
    """
    birthday = func.make_interval(18)
    grace = func.make_interval(HIGH_SCHOOL_GRACE_YEARS)
    after_school = (
        select(func.max(func.coalesce(Exchange.ends_on, func.make_date(Exchange.fiscal_year + 1, 3, 31)) + grace))
        .join(Participation, Participation.exchange_id == Exchange.id)
        .where(
            Participation.member_id == Member.id,
            Participation.role == "participant",
            Exchange.programme == HIGH_SCHOOL,
        )
        .scalar_subquery()
    )
    value = case(
        (Member.birth_date.is_not(None), Member.birth_date + birthday),
        else_=func.coalesce(after_school, literal(EVER)),
    )
    statement = update(Member).values(adult_from=func.date(value), updated_at=Member.updated_at)
    if member_ids is not None:
        statement = statement.where(Member.id.in_(member_ids))
    await session.execute(statement.execution_options(synchronize_session=False))
    await show_anew(session)


async def refresh_exchanges(session: Session, exchange_ids: Iterable[UUID] | None = None) -> None:
    """Recomputes what an exchange says of its people: the countries of its participants."""
    countries = (
        select(func.array_agg(aggregate_order_by(Member.country.distinct(), Member.country)))
        .join(Participation, Participation.member_id == Member.id)
        .where(Participation.exchange_id == Exchange.id, Participation.role.in_(("participant", "supervisor")))
        .scalar_subquery()
    )
    statement = update(Exchange).values(countries=func.coalesce(countries, literal([], Exchange.countries.type)))
    if exchange_ids is not None:
        statement = statement.where(Exchange.id.in_(list(exchange_ids)))
    await session.execute(statement.execution_options(synchronize_session=False))


async def grant_role(
    session: Session,
    member: Member,
    role: str,
    *,
    by: UUID | str,
    reason: str,
    starts_on: date,
    ends_on: date | None = None,
    lead: bool = False,
) -> Role:
    """Gives a term of office; `role` as the API spells it (`staff`, `coordinator:TH`)."""
    kind, _colon, country = role.partition(":")
    granted_by = by if isinstance(by, UUID) else None
    term = Role(
        member_id=member.id,
        role=kind,
        country=country or None,
        lead=lead,
        starts_on=starts_on,
        ends_on=ends_on,
        granted_by=granted_by,
        reason=reason,
    )
    session.add(term)
    audit.write(session, by, "role.grant", f"member:{member.id}", reason, role=role)
    live.refresh(session, member.id)
    await session.flush()
    return term


async def suspend(
    session: Session, member_id: UUID, *, by: UUID | str, reason: str, until: datetime | None = None
) -> Suspension:
    """Shuts the member out from now on; her sockets are closed, public pages forget her. None: until it is lifted."""
    imposed = Suspension(
        member_id=member_id, until=until, reason=reason, imposed_by=by if isinstance(by, UUID) else None
    )
    session.add(imposed)
    audit.write(session, by, "suspension.set", f"member:{member_id}", reason)
    live.revoke(session, member_id)
    await session.flush()
    await show_anew(session)
    await following.follow(session, [member_id])
    return imposed


async def lift_suspension(session: Session, member_id: UUID, *, by: UUID | str, reason: str) -> None:
    """Ends whichever holds the member out."""
    await session.execute(
        update(Suspension)
        .where(Suspension.member_id == member_id, Suspension.lifted_at.is_(None))
        .values(lifted_at=clock.now())
    )
    audit.write(session, by, "suspension.lift", f"member:{member_id}", reason)
    await show_anew(session)
    await following.follow(session, [member_id])

"""Whom something about an event is told: those who answered, and those of a region who may be invited."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from ssc.accounts.models import EmailAddress
from ssc.core import clock
from ssc.core.db import Session
from ssc.events.forms.telling import InvitationBody
from ssc.events.models import Answer, Event, Invited
from ssc.notifications.kinds import Kind
from ssc.people.models import InvitationRefusal, Member, Participation, Suspension
from ssc.programmes.models import Exchange

_LEFT_ALONE_FOR = timedelta(days=2)  # after an invitation, before the first reminder


class Addressed(NamedTuple):
    """Somebody on the roster without an account, and where letters reach her."""

    member: Member
    address: str


def answered(event_id: UUID, statuses: Collection[str]) -> Select[UUID]:
    return select(Answer.member_id).where(Answer.event_id == event_id, Answer.status.in_(statuses))


async def ids_of(session: Session, chosen: Select[UUID]) -> list[UUID]:
    return list(await session.scalars(chosen))


async def by_letter(session: Session, kind: Kind, member_ids: Sequence[UUID]) -> list[Addressed]:
    """Of these those who can be told only by letter, and may be: never who wants no contact, or no such letters."""
    if not member_ids:
        return []
    rows = await session.execute(
        select(Member, EmailAddress.address)
        .join(EmailAddress, EmailAddress.member_id == Member.id)
        .where(Member.id.in_(member_ids), Member.joined_at.is_(None), *_may_be_written_to(), _wants(kind))
        .order_by(Member.id, EmailAddress.is_primary.desc(), EmailAddress.id)
    )
    first: dict[UUID, Addressed] = {}
    for member, address in rows:
        first.setdefault(member.id, Addressed(member, address))
    return list(first.values())


def invitable(event: Event, body: InvitationBody) -> Select[UUID]:
    """Members of the region who have neither answered nor been invited, and whom a word can reach."""
    addressed = exists().where(EmailAddress.member_id == Member.id)
    told = or_(Member.joined_at.is_not(None), addressed & (Member.adult_from <= clock.today_in_japan()))
    statement = select(Member.id).where(
        told,
        *_may_be_written_to(),
        ~_has_refused(),
        ~exists().where(Answer.event_id == event.id, Answer.member_id == Member.id),
        ~exists().where(Invited.event_id == event.id, Invited.member_id == Member.id),
        ~_shut_out(),
    )
    countries = {body.country, event.country if event.audience == "chapter" else None} - {None}
    for country in countries:
        statement = statement.where(or_(Member.country == country, Member.lives_in == country))
    if body.field:
        statement = statement.where(_of_field(body.field))
    if body.fiscal_years or body.programme:
        statement = statement.where(_took_part(body))
    return statement


async def count(session: Session, chosen: Select[UUID]) -> int:
    return await session.scalar(select(func.count()).select_from(chosen.subquery())) or 0


def unanswered(event: Event, reminders: int) -> Select[UUID]:
    """Who was invited some days ago, has not answered, was reminded so often at most, and refused nothing since."""
    return (
        select(Invited.member_id)
        .join(Member, Member.id == Invited.member_id)
        .where(
            Invited.event_id == event.id,
            Invited.reminders <= reminders,
            Invited.invited_at <= clock.now() - _LEFT_ALONE_FOR,
            Member.do_not_contact.is_(False),
            ~_has_refused(),
            ~exists().where(Answer.event_id == event.id, Answer.member_id == Invited.member_id),
        )
    )


def _may_be_written_to() -> tuple[ColumnElement[bool], ...]:
    return Member.do_not_contact.is_(False), Member.mail_opt_out.is_(False), Member.deceased.is_(False)


def _wants(kind: Kind) -> ColumnElement[bool]:
    """Who pressed the way out of a letter of this kind gets no other."""
    return func.coalesce(Member.notifications[kind.name]["mail"].as_boolean(), kind.mail)


def _has_refused() -> ColumnElement[bool]:
    """Who refused to be invited to the club while she has no account: whoever joined has her own table of wishes."""
    refused = exists().where(InvitationRefusal.member_id == Member.id)
    return and_(Member.joined_at.is_(None), refused)


def _shut_out() -> ColumnElement[bool]:
    running = or_(Suspension.until.is_(None), Suspension.until > clock.now())
    return exists().where(Suspension.member_id == Member.id, Suspension.lifted_at.is_(None), running)


def _of_field(field: str) -> ColumnElement[bool]:
    """Whose profile or participation names it."""
    own = func.lower(func.array_to_string(Member.fields, "\n"))
    took = exists().where(Participation.member_id == Member.id, func.lower(Participation.field) == field.lower())
    return or_(("\n" + own + "\n").contains(f"\n{field.lower()}\n", autoescape=True), took)


def _took_part(body: InvitationBody) -> ColumnElement[bool]:
    took = (
        select(Participation.id)
        .join(Exchange, Exchange.id == Participation.exchange_id)
        .where(Participation.member_id == Member.id)
    )
    if body.fiscal_years:
        took = took.where(Exchange.fiscal_year.in_(body.fiscal_years))
    if body.programme:
        took = took.where(Exchange.programme == body.programme)
    return took.correlate(Member).exists()

"""Named selects over invitations: who is still to be invited, and what became of the letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, selectinload

from ssc.accounts.models import EmailAddress
from ssc.core import clock
from ssc.core.db import Session
from ssc.core.mail import BOUNCES_FORGOTTEN_AFTER, BOUNCES_TO_STOP, Bounce
from ssc.core.paging import Slice
from ssc.people.models import InvitationRefusal, Member, Participation
from ssc.programmes.models import Exchange
from ssc.roster.importing import queries as imports
from ssc.roster.inviting.models import Invitation, InvitationRound
from ssc.roster.inviting.rules import Tally


@dataclass(frozen=True)
class Sent:
    """An invitation with its person, for staff's list."""

    invitation: Invitation
    member: Member
    bounced: bool

    @property
    def state(self) -> str:
        return "bounced" if self.bounced and self.invitation.state == "open" else self.invitation.state


def invitable() -> Select[Member, str]:
    """Records to whom a letter may go, each with the address it goes to: her first that still takes mail."""
    first = _reachable().order_by(EmailAddress.is_primary.desc(), EmailAddress.id).limit(1)
    address = first.correlate(Member).scalar_subquery()
    return select(Member, address).where(_to_be_invited())


def candidates_of(import_id: UUID) -> Select[Member, str]:
    """The import's records that are to be invited, those known longest first."""
    return invitable().where(Member.id.in_(imports.member_ids_of(import_id))).order_by(Member.id)


def living() -> ColumnElement[bool]:
    """That an invitation can still be used: its person needs no second one."""
    return and_(Invitation.used_at.is_(None), Invitation.withdrawn_at.is_(None), Invitation.expires_at > clock.now())


async def addressed_to(session: Session, key: str) -> list[tuple[Member, str]]:
    """The records that are to be invited and have this address, with the address as it is written."""
    rows = await session.execute(
        invitable()
        .join(EmailAddress, EmailAddress.member_id == Member.id)
        .where(EmailAddress.key == key, ~_stopped(EmailAddress.address))
        .with_only_columns(Member, EmailAddress.address)
        .order_by(Member.id)
    )
    return [(member, address) for member, address in rows]


async def exchanges_of(session: Session, member_ids: Sequence[UUID]) -> dict[UUID, list[Exchange]]:
    """The exchanges of each of these people with their hosts, latest first."""
    rows = await session.execute(
        select(Participation.member_id, Exchange)
        .join(Exchange, Exchange.id == Participation.exchange_id)
        .where(Participation.member_id.in_(member_ids))
        .order_by(Exchange.fiscal_year.desc(), Exchange.code)
        .options(selectinload(Exchange.host))
    )
    found: dict[UUID, list[Exchange]] = {identity: [] for identity in member_ids}
    for identity, exchange in rows:
        found[identity].append(exchange)
    return found


async def tally_of(session: Session, wave: InvitationRound) -> Tally:
    """How the round stands now."""
    sent, bounced, claimed = (
        await session.execute(
            select(
                func.count(),
                func.count().filter(_bounced()),
                func.count().filter(Invitation.used_at.is_not(None)),
            ).where(Invitation.round_id == wave.id)
        )
    ).one()
    waiting = 0
    if wave.finished_at is None:
        left = select(func.count()).where(Member.id.in_(imports.member_ids_of(wave.import_id)), _to_be_invited())
        waiting = await session.scalar(left) or 0
    return Tally(sent, bounced, claimed, waiting)


async def recent_bounces_of(session: Session, wave: InvitationRound) -> tuple[int, int]:
    """Letters of the round sent since its bounces were last forgiven, and how many of them came back."""
    sent, bounced = (
        await session.execute(
            select(func.count(), func.count().filter(_bounced())).where(
                Invitation.round_id == wave.id, Invitation.created_at >= wave.counted_from
            )
        )
    ).one()
    return sent, bounced


async def rounds(session: Session) -> list[InvitationRound]:
    """The latest rounds, latest first."""
    rows = await session.scalars(select(InvitationRound).order_by(InvitationRound.id.desc()).limit(20))
    return list(rows)


async def sent_invitations(session: Session, part: Slice) -> list[Sent]:
    """Invitations with their people, latest first; one more than the part's limit where there are more."""
    statement = (
        select(Invitation, Member, _bounced())
        .join(Member, Member.id == Invitation.member_id)
        .order_by(Invitation.created_at.desc(), Invitation.id.desc())
        .limit(part.limit + 1)
    )
    if (after := part.dated) is not None:
        statement = statement.where(tuple_(Invitation.created_at, Invitation.id) < tuple_(*after))
    return [Sent(*row) for row in await session.execute(statement)]


async def roster_addresses_of(session: Session, member_id: UUID) -> list[EmailAddress]:
    """All addresses of a record, its first one first."""
    rows = await session.scalars(
        select(EmailAddress)
        .where(EmailAddress.member_id == member_id)
        .order_by(EmailAddress.is_primary.desc(), EmailAddress.id)
    )
    return list(rows)


def _to_be_invited() -> ColumnElement[bool]:
    return and_(
        Member.joined_at.is_(None),
        Member.do_not_contact.is_(False),
        Member.deceased.is_(False),
        _reachable().correlate(Member).exists(),
        ~exists().where(InvitationRefusal.member_id == Member.id),
        ~exists().where(Invitation.member_id == Member.id, living()),
    )


def _reachable() -> Select[str]:
    return select(EmailAddress.address).where(EmailAddress.member_id == Member.id, ~_stopped(EmailAddress.address))


def _stopped(address: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """As `mail.stopped`, for many addresses at once."""
    return exists().where(
        Bounce.address == func.lower(address),
        Bounce.score >= BOUNCES_TO_STOP,
        Bounce.last_at > clock.now() - BOUNCES_FORGOTTEN_AFTER,
    )


def _bounced() -> ColumnElement[bool]:
    return exists().where(Bounce.address == func.lower(Invitation.address), Bounce.last_at >= Invitation.created_at)

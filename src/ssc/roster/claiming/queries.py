"""What an invitation opens: whose record it is, and where she took part."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from ssc.accounts import tokens
from ssc.accounts.models import EmailAddress
from ssc.communities.queries import cohorts
from ssc.core.db import Session
from ssc.people.models import Member, Participation
from ssc.people.shapes import Member as Profile
from ssc.people.viewer import Viewer
from ssc.programmes.models import Exchange
from ssc.roster.inviting.models import Invitation
from ssc.roster.inviting.rules import CLAIM


@dataclass(frozen=True)
class Claim:
    """An invitation, whose it is, and her exchanges, each with the role she had in it, latest first."""

    invitation: Invitation
    member: Member
    took_part: Sequence[tuple[str, Exchange]]

    @property
    def open(self) -> bool:
        """Whether the record can be claimed with it now."""
        return self.invitation.state == "open" and not self.member.claimed and not self.member.deceased

    @property
    def expired(self) -> bool:
        """Whether only time is against it: a fresh link may be asked for."""
        return self.invitation.state == "expired" and not self.member.claimed and not self.member.deceased

    @property
    def exchanges(self) -> list[Exchange]:
        return [exchange for _role, exchange in self.took_part]

    @property
    def birth_date_needed(self) -> bool:
        return self.member.birth_date is None


@dataclass(frozen=True)
class Cohort:
    """An exchange with those of its people who are here; `all` counts the others too."""

    exchange: Exchange
    here: list[Profile]
    all: int


async def claim_of(session: Session, secret: str) -> Claim | None:
    """What the mailed secret opens, whether or not it can still be used; None when it is none of ours."""
    token = await tokens.find(session, CLAIM, secret)
    if token is None:
        return None
    return await by_invitation(session, UUID(token.payload["invitation"]))


async def by_invitation(session: Session, invitation_id: UUID) -> Claim | None:
    row = (
        await session.execute(
            select(Invitation, Member)
            .join(Member, Member.id == Invitation.member_id)
            .where(Invitation.id == invitation_id)
        )
    ).first()
    return Claim(row[0], row[1], await took_part(session, row[1].id)) if row else None


async def took_part(session: Session, member_id: UUID) -> list[tuple[str, Exchange]]:
    """Her exchanges with hosts and senders, and the role she had in each, latest first."""
    rows = await session.execute(
        select(Participation.role, Exchange)
        .join(Exchange, Exchange.id == Participation.exchange_id)
        .where(Participation.member_id == member_id)
        .order_by(Exchange.fiscal_year.desc(), Exchange.code)
        .options(selectinload(Exchange.host), selectinload(Exchange.sending))
    )
    return [(role, exchange) for role, exchange in rows]


async def belongs_to_another(session: Session, key: str, member_id: UUID) -> bool:
    """Whether the address signs in somebody else: colleagues shared one on the roster, and one was first."""
    return (
        await session.scalar(
            select(EmailAddress.id).where(
                EmailAddress.key == key,
                EmailAddress.confirmed_at.is_not(None),
                EmailAddress.member_id != member_id,
            )
        )
        is not None
    )


async def cohorts_of(session: Session, viewer: Viewer) -> list[Cohort]:
    """The viewer's exchanges with those of its people who are here, latest first; none while she is limited."""
    found = []
    for _role, exchange in await took_part(session, viewer.id):
        if not cohorts.is_own(viewer, exchange):
            continue
        seen = await cohorts.cohort(session, viewer, exchange)
        everyone = select(func.count()).where(Participation.exchange_id == exchange.id)
        found.append(Cohort(exchange, [mate.seen.member for mate in seen.joined], await session.scalar(everyone) or 0))
    return found

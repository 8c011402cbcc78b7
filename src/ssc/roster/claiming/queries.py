"""What an invitation opens: whose record it is, and where she took part."""

import re
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from ssc.accounts import tokens
from ssc.accounts.models import EmailAddress
from ssc.communities.queries import cohorts
from ssc.core import text
from ssc.core.db import Session
from ssc.people.models import Member, Participation
from ssc.people.shapes import Member as Profile
from ssc.people.viewer import Viewer
from ssc.programmes.models import Exchange
from ssc.roster.claiming.rules import Claim
from ssc.roster.inviting.models import Invitation
from ssc.roster.inviting.rules import CLAIM

MOST_FIELDS = 12
"""As many as a profile takes."""

_BETWEEN_FIELDS = re.compile(r"[,、，;；]")


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


async def fields_of(session: Session, member_id: UUID) -> list[str]:
    """The fields that the roster has of her, latest first, as she would have typed them into her profile."""
    told = await session.scalars(
        select(Participation.field)
        .join(Exchange, Exchange.id == Participation.exchange_id)
        .where(Participation.member_id == member_id, Participation.field.is_not(None))
        .order_by(Exchange.fiscal_year.desc(), Exchange.code)
    )
    parts = [part.strip() for field in told for part in _BETWEEN_FIELDS.split(field or "")]
    return list({text.plain(part): part for part in reversed(parts) if part}.values())[::-1][:MOST_FIELDS]


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

"""Certificates, and the words that are in force for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from ssc.core.db import Session
from ssc.events.forms.certificates import Kind
from ssc.events.models import Answer, Certificate, CertificateWording, Event
from ssc.people.models import Participation
from ssc.programmes.models import Exchange, Organisation

KINDS: tuple[Kind, ...] = ("attendance", "participation")


@dataclass(frozen=True)
class Certified:
    """A certificate that holds, with what it is about: an event, or an exchange and its host."""

    certificate: Certificate
    wording: CertificateWording | None
    event: Event | None = None
    exchange: Exchange | None = None
    host: str = ""


async def wordings(session: Session) -> list[CertificateWording]:
    """All versions, the latest first."""
    rows = await session.scalars(
        select(CertificateWording).order_by(CertificateWording.kind, CertificateWording.number.desc())
    )
    return list(rows)


async def in_force(session: Session, kind: Kind) -> CertificateWording | None:
    """The latest that was approved; None as long as none was."""
    found: CertificateWording | None = await session.scalar(
        select(CertificateWording)
        .where(CertificateWording.kind == kind, CertificateWording.approved_at.is_not(None))
        .order_by(CertificateWording.number.desc())
        .limit(1)
    )
    return found


async def last_number(session: Session, kind: Kind) -> int:
    return await session.scalar(select(func.max(CertificateWording.number)).where(CertificateWording.kind == kind)) or 0


async def certificate_of(
    session: Session, member_id: UUID, *, event: UUID | None = None, exchange: UUID | None = None
) -> Certificate | None:
    of = Certificate.event_id == event if event is not None else Certificate.exchange_id == exchange
    found: Certificate | None = await session.scalar(select(Certificate).where(Certificate.member_id == member_id, of))
    return found


async def certified(session: Session, code: str) -> Certified | None:
    """None for a code that nobody has, and once what it says no longer holds: a check-in that was taken back."""
    found = (
        await session.execute(
            select(Certificate, CertificateWording, Event, Exchange, Organisation.name)
            .outerjoin(CertificateWording, CertificateWording.id == Certificate.wording_id)
            .outerjoin(Event, Event.id == Certificate.event_id)
            .outerjoin(Exchange, Exchange.id == Certificate.exchange_id)
            .outerjoin(Organisation, Organisation.id == Exchange.host_id)
            .where(Certificate.code == code.upper())
        )
    ).one_or_none()
    if found is None:
        return None
    certificate, wording, event, exchange, host = found
    if not await _holds(session, certificate):
        return None
    return Certified(certificate, wording, event, exchange, host or "")


async def attended(session: Session, member_id: UUID) -> Sequence[tuple[Event, Certificate | None]]:
    """Events at whose door she was let in, the latest first."""
    rows = await session.execute(
        select(Event, Certificate)
        .join(Answer, Answer.event_id == Event.id)
        .outerjoin(Certificate, (Certificate.event_id == Event.id) & (Certificate.member_id == member_id))
        .where(Answer.member_id == member_id, Answer.checked_in_at.is_not(None), Event.removed_at.is_(None))
        .order_by(Event.starts_at.desc(), Event.id)
        .limit(100)
    )
    return [(event, certificate) for event, certificate in rows]


async def taken_part(session: Session, member_id: UUID) -> Sequence[tuple[Exchange, Certificate | None]]:
    """Exchanges in which she was, the latest first."""
    rows = await session.execute(
        select(Exchange, Certificate)
        .join(Participation, Participation.exchange_id == Exchange.id)
        .outerjoin(Certificate, (Certificate.exchange_id == Exchange.id) & (Certificate.member_id == member_id))
        .where(Participation.member_id == member_id)
        .order_by(Exchange.fiscal_year.desc(), Exchange.code)
        .limit(100)
    )
    return [(exchange, certificate) for exchange, certificate in rows]


async def exchange_of(session: Session, member_id: UUID, code: str) -> Exchange | None:
    """The exchange of this code, if she was in it."""
    found: Exchange | None = await session.scalar(
        select(Exchange)
        .join(Participation, Participation.exchange_id == Exchange.id)
        .where(Exchange.code == code, Participation.member_id == member_id)
    )
    return found


async def _holds(session: Session, certificate: Certificate) -> bool:
    if certificate.event_id is None:
        was_in = select(Participation.id).where(
            Participation.member_id == certificate.member_id, Participation.exchange_id == certificate.exchange_id
        )
        return await session.scalar(was_in.limit(1)) is not None
    let_in = select(Answer.id).where(
        Answer.member_id == certificate.member_id,
        Answer.event_id == certificate.event_id,
        Answer.checked_in_at.is_not(None),
    )
    return await session.scalar(let_in) is not None

"""Certificates: staff write and approve what they say; who was there has hers under one code."""

import secrets
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from ssc.core import audit, clock, errors, ids
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.events.forms.certificates import Kind, WordingBody
from ssc.events.models import Certificate, CertificateWording
from ssc.events.queries import certificates
from ssc.events.queries.events import Seen
from ssc.people.viewer import Viewer
from ssc.programmes.models import Exchange

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


async def write_wording(session: Session, viewer: Viewer, body: WordingBody) -> CertificateWording:
    """A new version, which says nothing until it is approved; certificates that were given keep their words."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"certificate-wording:{body.kind}"))))
    made = CertificateWording(
        id=ids.new(),
        kind=body.kind,
        number=await certificates.last_number(session, body.kind) + 1,
        texts={"en": body.en, "ja": body.ja},
        written_by=viewer.id,
    )
    session.add(made)
    audit.write(session, viewer.id, "certificate.write", f"certificate-wording:{made.id}", kind=body.kind)
    await session.flush()
    return made


async def approve_wording(session: Session, viewer: Viewer, wording: CertificateWording) -> None:
    """From now on certificates of its kind say this. Once more changes nothing; 409 when a later one is in force."""
    held = await certificates.in_force(session, _kind(wording))
    if held is not None and held.number > wording.number:
        raise errors.conflict(_("A later version is in force."))
    if wording.approved_at is None:
        wording.approved_by, wording.approved_at = viewer.id, clock.now()
        audit.write(session, viewer.id, "certificate.approve", f"certificate-wording:{wording.id}", kind=wording.kind)
        await session.flush()


async def certify_attendance(session: Session, viewer: Viewer, found: Seen) -> Certificate:
    """That she was there, once and for all under one code. 409 for who was not checked in, before the end, and as long
    as staff have approved no words for it."""
    if found.event.status != "past" or found.answer is None or found.answer.checked_in_at is None:
        raise errors.conflict(_("A certificate is for those who were there, once the event is over."))
    return await _certify(session, viewer, "attendance", event=found.event.id)


async def certify_participation(session: Session, viewer: Viewer, exchange: Exchange) -> Certificate:
    """That she took part in an exchange; the caller has asked whether she did. 409 before it is over."""
    if exchange.ends_on is not None and exchange.ends_on >= clock.today_in_japan():
        raise errors.conflict(_("A certificate is for those who were there, once the exchange is over."))
    return await _certify(session, viewer, "participation", exchange=exchange.id)


async def _certify(
    session: Session, viewer: Viewer, kind: Kind, *, event: UUID | None = None, exchange: UUID | None = None
) -> Certificate:
    held = await certificates.certificate_of(session, viewer.id, event=event, exchange=exchange)
    if held is not None:
        return held
    wording = await certificates.in_force(session, kind)
    if wording is None:
        raise errors.conflict(_("The secretariat has not approved yet what these certificates say."))
    row = {
        "id": ids.new(),
        "event_id": event,
        "exchange_id": exchange,
        "member_id": viewer.id,
        "code": "".join(secrets.choice(_LETTERS) for _letter in range(12)),
        "name": viewer.member.name,
        "wording_id": wording.id,
        "created_at": clock.now(),
    }
    await session.execute(insert(Certificate).values(row).on_conflict_do_nothing())
    made = await certificates.certificate_of(session, viewer.id, event=event, exchange=exchange)
    assert made is not None  # hers, or one that a second request of hers made meanwhile
    return made


def _kind(wording: CertificateWording) -> Kind:
    return "attendance" if wording.kind == "attendance" else "participation"

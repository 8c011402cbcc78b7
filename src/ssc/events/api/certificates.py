"""Certificates for programs: one's own, and what they say."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from ssc.accounts.loaders import SignedIn, Staff
from ssc.events.access import KnownWording, OwnExchange, SeenEvent
from ssc.events.actions import certifying
from ssc.events.forms.certificates import WordingBody
from ssc.events.models import Certificate, CertificateWording
from ssc.events.queries import certificates
from ssc.web import api
from ssc.web.api import Instant, problems
from ssc.web.transactions import Transaction

router = api.router(tags=["Events"])


class CertificateShape(BaseModel):
    code: str
    url: str = Field(description="Where anybody can look it up.")


class WordingShape(BaseModel):
    id: str
    kind: Literal["attendance", "participation"]
    number: int = Field(description="Counts the versions of its kind.")
    en: str
    ja: str
    created_at: Instant
    approved_at: Instant | None = Field(description="null: it says nothing yet.")

    @classmethod
    def of(cls, wording: CertificateWording) -> "WordingShape":
        approved: datetime | None = wording.approved_at
        return cls.model_validate(
            {
                "id": str(wording.id),
                "kind": wording.kind,
                "number": wording.number,
                **wording.texts,
                "created_at": wording.created_at,
                "approved_at": approved,
            }
        )


@router.post("/events/{slug}/certificate", responses=problems(401, 404, 409), summary="One's certificate")
async def certify(viewer: SignedIn, found: SeenEvent, session: Transaction) -> CertificateShape:
    """Of attendance, for those who were checked in, once the event is over; always the same code. 409 also as long as
    the secretariat has approved no words for it."""
    return _shape(await certifying.certify_attendance(session, viewer, found), session.settings.base_url)


@router.post(
    "/exchanges/{code}/certificate", responses=problems(401, 404, 409), summary="One's certificate of an exchange"
)
async def certify_exchange(viewer: SignedIn, exchange: OwnExchange, session: Transaction) -> CertificateShape:
    """Of participation, for those who were in it, once it is over; always the same code."""
    return _shape(await certifying.certify_participation(session, viewer, exchange), session.settings.base_url)


@router.get("/certificate-wordings", responses=problems(401, 403), summary="What certificates say")
async def list_wordings(_viewer: Staff, session: Transaction) -> list[WordingShape]:
    """All versions of both kinds, the latest first. In force is the latest that was approved."""
    return [WordingShape.of(one) for one in await certificates.wordings(session)]


@router.post("/certificate-wordings", status_code=201, responses=problems(401, 403, 422), summary="Write what they say")
async def write_wording(viewer: Staff, body: WordingBody, session: Transaction) -> WordingShape:
    """A new version, to be approved. Certificates that were given keep their words."""
    return WordingShape.of(await certifying.write_wording(session, viewer, body))


@router.post(
    "/certificate-wordings/{identity}/approve",
    responses=problems(401, 403, 404, 409),
    summary="Approve what they say",
)
async def approve_wording(wording: KnownWording, viewer: Staff, session: Transaction) -> WordingShape:
    """From now on new certificates of its kind say this."""
    await certifying.approve_wording(session, viewer, wording)
    return WordingShape.of(wording)


def _shape(made: Certificate, base_url: str) -> CertificateShape:
    return CertificateShape(code=made.code, url=f"{base_url}/verify/{made.code}")

"""One's certificates, the page at which anybody looks one up, and the desk's page for what they say."""

from typing import Any

from babel.dates import format_date
from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn, Staff, Visitor
from ssc.core import clock, errors, i18n
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.events import clocks, wordings
from ssc.events.access import KnownWording, OwnExchange, SeenEvent
from ssc.events.actions import certifying
from ssc.events.forms.certificates import WordingBody
from ssc.events.queries import certificates
from ssc.events.queries.certificates import Certified
from ssc.people.viewer import Viewer
from ssc.programmes.models import Exchange
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.transactions import Transaction

router = APIRouter(include_in_schema=False)


@router.get("/me/certificates")
async def own(request: Request, viewer: SignedIn, session: Transaction) -> Response:
    events = await certificates.attended(session, viewer.id)
    return pages.render(
        request,
        "events/certificates.html",
        viewer,
        events=[(one, clocks.day(one.starts_at, one.time_zone), made) for one, made in events],
        exchanges=await certificates.taken_part(session, viewer.id),
        today=clock.today_in_japan(),
    )


@router.post("/events/{slug}/certificate")
async def certify(viewer: SignedIn, found: SeenEvent, session: Transaction) -> Response:
    made = await certifying.certify_attendance(session, viewer, found)
    return pages.see_other(f"/verify/{made.code}")


@router.post("/exchanges/{code}/certificate")
async def certify_exchange(viewer: SignedIn, exchange: OwnExchange, session: Transaction) -> Response:
    made = await certifying.certify_participation(session, viewer, exchange)
    return pages.see_other(f"/verify/{made.code}")


@router.get("/verify/{code}")
async def verify(request: Request, code: str, viewer: Visitor, session: Transaction) -> Response:
    found = await certificates.certified(session, code) if code.isalnum() and len(code) < 30 else None
    if found is None:
        raise errors.not_found()
    answer = pages.render(request, "events/verify.html", viewer, certificate=found.certificate, **_facts(found))
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@router.get("/desk/certificates")
async def desk(request: Request, viewer: Staff, session: Transaction) -> Response:
    return await _desk(request, session, viewer)


@router.post("/desk/certificates")
async def write(request: Request, viewer: Staff, session: Transaction) -> Response:
    form = await forms.read(request, WordingBody)
    if form.data is None:
        return await _desk(request, session, viewer, form)
    await certifying.write_wording(session, viewer, form.data)
    return pages.see_other("/desk/certificates")


@router.post("/desk/certificates/{identity}/approve")
async def approve(wording: KnownWording, viewer: Staff, session: Transaction) -> Response:
    await certifying.approve_wording(session, viewer, wording)
    return pages.see_other("/desk/certificates")


async def _desk(request: Request, session: Session, viewer: Viewer, form: Form[Any] | None = None) -> Response:
    written = await certificates.wordings(session)
    held = {kind: await certificates.in_force(session, kind) for kind in certificates.KINDS}
    return pages.render(
        request,
        "events/desk_certificates.html",
        viewer,
        status=422 if form is not None else 200,
        written=written,
        in_force={one.id for one in held.values() if one is not None},
        approvable=_approvable(written, held),
        kinds=wordings.kinds(),
        usual=[(kind, wordings.usual(kind)) for kind in certificates.KINDS if held[kind] is None],
        form=form or forms.blank(kind="attendance"),
    )


def _approvable(written: list[Any], held: dict[Any, Any]) -> set[Any]:
    """Versions later than the one in force."""
    return {one.id for one in written if held[one.kind] is None or one.number > held[one.kind].number}


def _facts(found: Certified) -> dict[str, Any]:
    """What a certificate says and shows, in the reader's language."""
    event, exchange = found.event, found.exchange
    if event is not None:
        title, day = event.title, clocks.day(event.starts_at, event.time_zone)
        place = event.venue or (_("Online") if event.online else "")
        hosts, kind = ", ".join(host["name"] for host in event.hosts), _("Certificate of attendance")
    else:
        assert exchange is not None  # of one or the other
        title, day, place, hosts = exchange.title or exchange.code, _period(exchange), found.host, found.host
        kind = _("Certificate of participation")
    said = wordings.filled(found.wording, name=found.certificate.name, title=title, day=day, place=place)
    return {"said": said, "kind": kind, "day": day, "place": place if event else "", "hosts": hosts}


def _period(exchange: Exchange) -> str:
    """`5 – 11 August 2024`; the fiscal year where the days are not known."""
    days = [format_date(day, "long", locale=i18n.locale()) for day in (exchange.starts_on, exchange.ends_on) if day]
    return " – ".join(dict.fromkeys(days)) or _("Fiscal year %(year)s", year=exchange.fiscal_year)

"""Loaders: the event that an address names, and whether one may organise it."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Header, Request

from ssc.accounts.loaders import SignedIn, Staff, Visitor
from ssc.core import audit, clock, errors, ids
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.core.i18n import _
from ssc.core.process import Process
from ssc.events import clocks, invitations, rules
from ssc.events.models import CertificateWording, Event, InvitationRound, Quote, Report
from ssc.events.queries import after, attendees, certificates, door, events, invited, quotes
from ssc.events.queries.events import Seen
from ssc.events.queries.invited import Guest
from ssc.people.viewer import Viewer
from ssc.programmes.models import Exchange
from ssc.web import api
from ssc.web.transactions import Transaction


@api.refuses(404, required=False, person=False)
async def seen_event(slug: str, viewer: Visitor, session: Transaction) -> Seen:
    found = await events.seen(session, viewer, slug)
    if found is None:
        raise errors.not_found()
    return found


SeenEvent = Annotated[Seen, Depends(seen_event)]
"""The event of the slug in the path; 404 for whom it is not there."""


@api.refuses(403, 404)
async def organised_event(slug: str, request: Request, viewer: SignedIn, session: Transaction) -> Seen:
    found = await events.seen(session, viewer, slug, lock=request.method not in ("GET", "HEAD"))
    if found is None:
        raise errors.not_found()
    if not found.organises:
        raise errors.forbidden(_("This is for the organisers of the event."))
    return found


OrganisedEvent = Annotated[Seen, Depends(organised_event)]
"""The same for its organisers, and locked where something is to be changed; 403 for others who see it."""


@api.refuses(403)
async def writer(viewer: SignedIn) -> Viewer:
    if not rules.may_write_anywhere(viewer):
        raise errors.forbidden(_("Events are made by coordinators and by the secretariat."))
    return viewer


EventWriter = Annotated[Viewer, Depends(writer)]
"""A coordinator of some country, or staff."""


async def version(
    if_match: Annotated[str | None, Header(description="The `version` that was read.")] = None,
) -> int | None:
    """The version that a change was made from; what is no number of ours is taken for an old one."""
    if if_match is None or if_match.strip() == "*":
        return None
    digits = if_match.strip().removeprefix("W/").strip('"')
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else -1


Version = Annotated[int | None, Depends(version)]


@api.refuses(404)
async def answered_event(slug: str, viewer: SignedIn, session: Transaction) -> Event:
    found = await events.to_answer(session, viewer, slug)
    if found is None:
        raise errors.not_found()
    return found


AnsweredEvent = Annotated[Event, Depends(answered_event)]
"""The event of the slug in the path, for who wants to answer; 404 for whom it is not there."""


@api.refuses(403)
async def answering(viewer: SignedIn) -> Viewer:
    if viewer.limited:
        raise errors.forbidden(_("This waits until your old addresses can no longer object to your return."))
    return viewer


Answering = Annotated[Viewer, Depends(answering)]
"""Who may answer; 403 for a recovered account within its 72 hours."""


@api.refuses(404)
async def meant_member(handle: str, found: OrganisedEvent, viewer: SignedIn, session: Transaction) -> UUID:
    member_id = await attendees.member_meant(session, viewer, found, handle)
    if member_id is None:
        raise errors.not_found()
    return member_id


MeantMember = Annotated[UUID, Depends(meant_member)]
"""Whom an organiser means by the handle (or id) in the path; 404 for nobody."""


@api.refuses(404, required=False, person=False)
async def invited_guest(token: str, session: Transaction) -> Guest:
    allowed = invitations.of_token(token, session.settings.key)
    found = await invited.guest_of(session, allowed) if allowed else None
    if found is None:
        raise errors.not_found()
    return found


InvitedGuest = Annotated[Guest, Depends(invited_guest)]
"""Somebody on the roster without an account, by the link of her invitation; 404 for any other link."""


@api.refuses(404)
async def waiting_round(identity: str, found: OrganisedEvent, session: Transaction) -> InvitationRound:
    round_id = ids.parse(identity)
    made = await session.get(InvitationRound, round_id, with_for_update=True) if round_id else None
    if made is None or made.event_id != found.event.id:
        raise errors.not_found()
    return made


WaitingRound = Annotated[InvitationRound, Depends(waiting_round)]
"""An invitation of the event in the path; 404 for any other."""


@api.refuses(404, required=False, person=False)
async def kept_door(token: str, session: Transaction) -> Event:
    found = await door.kept_by(session, token)
    if found is None or not rules.door_takes_place(found):
        raise Problem(rules.DOOR_SHUT)
    if clock.now() < (opens := rules.door_opens(found)):
        when = clocks.moment(opens, found.time_zone)
        raise Problem(rules.DOOR_SHUT, _("It opens by this same link: {when}.", when=when))
    return found


KeptDoor = Annotated[Event, Depends(kept_door)]
"""The event whose door a helper's link opens today; 404 `door-shut` on other days, and for other links."""


@api.refuses(404)
async def known_wording(identity: str, _viewer: Staff, session: Transaction) -> CertificateWording:
    wording_id = ids.parse(identity)
    made = await session.get(CertificateWording, wording_id, with_for_update=True) if wording_id else None
    if made is None:
        raise errors.not_found()
    return made


KnownWording = Annotated[CertificateWording, Depends(known_wording)]
"""A version of what certificates say, for staff; 404 for none."""


@api.refuses(404)
async def own_exchange(code: str, viewer: SignedIn, session: Transaction) -> Exchange:
    found = await certificates.exchange_of(session, viewer.id, code)
    if found is None:
        raise errors.not_found()
    return found


OwnExchange = Annotated[Exchange, Depends(own_exchange)]
"""The exchange of the code in the path, for who was in it; 404 for others."""


@api.refuses(404)
async def own_quote(viewer: SignedIn, found: SeenEvent, session: Transaction, request: Request) -> Quote:
    quote = await quotes.quote_of(session, found.event.id, viewer.id, lock=request.method not in ("GET", "HEAD"))
    if quote is None:
        raise errors.not_found()
    return quote


OwnQuote = Annotated[Quote, Depends(own_quote)]
"""What the viewer was asked to be quoted with from the event in the path; 404 for who was not asked."""


@api.refuses(404)
async def begun_report(found: OrganisedEvent, session: Transaction) -> Report:
    report = await after.report_of(session, found.event.id)
    if report is None:
        raise errors.not_found()
    return report


BegunReport = Annotated[Report, Depends(begun_report)]
"""The report of the event in the path, for its organisers; 404 before anybody has saved it."""


@api.refuses(404, required=False, person=False)
async def published_report(found: SeenEvent, session: Transaction) -> Report:
    return await _published(session, found.event)


PublishedReport = Annotated[Report, Depends(published_report)]
"""The report of the event in the path, as the public reads it; 404 before it is published."""


@api.refuses(404, required=False, person=False)
async def report_for_guest(guest: InvitedGuest, session: Transaction) -> Report:
    return await _published(session, guest.event)


ReportForGuest = Annotated[Report, Depends(report_for_guest)]
"""The same by the link of an invitation."""


async def _published(session: Session, event: Event) -> Report:
    report = await after.report_of(session, event.id)
    if report is None or report.published_at is None:
        raise errors.not_found()
    return report


@api.refuses(403)
async def pictured(viewer: SignedIn, found: SeenEvent) -> Viewer:
    if not rules.may_take_down(found.answer, viewer, organises=found.organises):
        raise errors.forbidden(_("This is for those who were there."))
    return viewer


Pictured = Annotated[Viewer, Depends(pictured)]
"""Who may be in a photo of the event's report; 403 for others."""


async def note_export(process: Process, viewer: Viewer, event: Event, persons: int) -> None:
    """Who takes names and answers away leaves a trace (case 47)."""
    async with process.database.apart() as session:
        audit.write(session, viewer.id, "event.export", event.subject, persons=persons)

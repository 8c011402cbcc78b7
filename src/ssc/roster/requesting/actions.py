"""Asking to join, what follows by itself, and what staff decide."""

from uuid import UUID

from ssc.accounts import addresses
from ssc.accounts.models import EmailAddress
from ssc.core import audit, clock, i18n, ids, jobs, mail
from ssc.core.db import Session
from ssc.core.errors import conflict, invalid, not_found
from ssc.core.i18n import _
from ssc.people import actions as people
from ssc.people.models import Member, Participation
from ssc.places import zones
from ssc.programmes.models import Exchange
from ssc.roster.inviting import actions as inviting
from ssc.roster.recovering import actions as recovering
from ssc.roster.recovering.models import Recovery
from ssc.roster.requesting import letters, queries
from ssc.roster.requesting.forms import DecisionBody, RequestBody
from ssc.roster.requesting.models import MembershipRequest
from ssc.roster.requesting.rules import LETTERS_A_DAY


async def ask(session: Session, body: RequestBody) -> MembershipRequest:
    """Keeps the request. What is known of the address is found out by a job: the answer takes no time to tell."""
    asked = MembershipRequest(
        id=ids.new(), key=addresses.key_of(body.email), language=i18n.language(), **body.model_dump()
    )
    session.add(asked)
    await session.flush()
    await jobs.defer(session, "roster.consider-request", request=str(asked.id))
    return asked


async def consider(session: Session, request_id: UUID) -> None:
    """Answers by itself what needs nobody: who is a member is told so, who is on the roster gets her invitation."""
    asked = await session.get(MembershipRequest, request_id, with_for_update=True)
    if asked is None or asked.outcome is not None or await queries.nth_of_day(session, asked) > LETTERS_A_DAY:
        return
    known = await queries.member_with(session, asked.key)
    if known is not None:
        _settle(asked, "member", known.id)
        await mail.send(session, letters.member_already(session.settings, asked))
        return
    records = await queries.records_at(session, asked.key)
    own = [r for r in records if r.name_key == people.name_key(asked.name) and not r.deceased]
    if any(record.do_not_contact for record in records):
        return  # anybody can type an address: staff decide whether it is she who asks
    if len(own) == 1:
        await inviting.invite(session, own[0], asked.email, by="system", language=asked.language)
        _settle(asked, "invited", own[0].id)
        return
    await mail.send(session, letters.received(session.settings, asked))


async def decide(session: Session, request_id: UUID, body: DecisionBody, *, by: UUID) -> MembershipRequest:
    """Staff approve or decline. 404 for no request, 409 when it is decided, 422 at `member` or `exchange`.

    Approved as a new person: a record is made and invited. Approved as a record that has her address: that is
    invited. Approved as a record with other addresses: like a recovery, so that those may object.
    """
    asked = await session.get(MembershipRequest, request_id, with_for_update=True)
    if asked is None:
        raise not_found()
    if asked.outcome is not None:
        raise conflict(_("This request is decided already."))
    if not body.approve:
        _settle(asked, "declined", None, by, body.note)
        await mail.send(session, letters.declined(session.settings, asked))
    elif body.member is not None:
        record = await _record(session, body.member)
        _settle(asked, "approved", record.id, by, body.note)
        await _let_in(session, asked, record, by=by)
    else:
        exchange = await _exchange(session, asked, body.exchange)
        record = await _enrol(session, asked, exchange)
        _settle(asked, "approved", record.id, by, body.note)
        await inviting.invite(session, record, asked.email, by=by, note=body.note, language=asked.language)
    verb = "approve" if body.approve else "decline"
    audit.write(session, by, f"membership.{verb}", f"membership-request:{asked.id}", body.note)
    return asked


def _settle(
    asked: MembershipRequest, outcome: str, member_id: UUID | None, by: UUID | None = None, note: str = ""
) -> None:
    asked.outcome, asked.member_id = outcome, member_id
    asked.decided_at, asked.decided_by, asked.decision_note = clock.now(), by, note


async def _record(session: Session, member_id: UUID) -> Member:
    record = await session.get(Member, member_id)
    if record is None or record.deceased:
        raise invalid(("member", _("There is no such record.")))
    return record


async def _exchange(session: Session, asked: MembershipRequest, code: str | None) -> Exchange | None:
    if not code:
        return await queries.exchange_meant(session, asked)
    exchange = await queries.exchange_by_code(session, code)
    if exchange is None:
        raise invalid(("exchange", _("There is no exchange with this code.")))
    return exchange


async def _let_in(session: Session, asked: MembershipRequest, record: Member, *, by: UUID) -> None:
    if not record.claimed and await queries.has_address(session, record.id, asked.key):
        note = asked.decision_note
        await inviting.invite(session, record, asked.email, by=by, note=note, language=asked.language)
        return
    recovery = Recovery(
        id=ids.new(),
        name=asked.name,
        country=asked.country,
        programme=asked.programme,
        fiscal_year=asked.fiscal_year,
        email=asked.email,
        key=asked.key,
        language=asked.language,
        member_id=record.id,
    )
    session.add(recovery)
    await session.flush()
    await recovering.approve_by_staff(session, recovery, record, by=by)


async def _enrol(session: Session, asked: MembershipRequest, exchange: Exchange | None) -> Member:
    """A new record, as if the roster had had it."""
    record = Member(
        id=ids.new(),
        name=asked.name,
        name_key=people.name_key(asked.name),
        country=asked.country,
        time_zone=zones.of_country(asked.country),
    )
    session.add(record)
    await session.flush()
    session.add(
        EmailAddress(
            id=ids.new(), member_id=record.id, address=asked.email, key=asked.key, source="roster", is_primary=True
        )
    )
    if exchange is not None:
        session.add(Participation(member_id=record.id, exchange_id=exchange.id))
        await session.flush()
        await people.refresh_exchanges(session, [exchange.id])
    await people.refresh_adulthood(session, [record.id])
    await session.refresh(record)
    return record

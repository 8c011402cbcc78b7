"""Inviting who looks after exchanges. Who has no account gets a letter with which she claims one; else a notice."""

from uuid import UUID

from sqlalchemy import ColumnElement, select

from ssc.accounts import addresses
from ssc.accounts.models import EmailAddress
from ssc.communities.actions import keep_cohorts
from ssc.communities.hosting import actions as hosting
from ssc.communities.hosting import queries
from ssc.communities.hosting.models import HostSeat
from ssc.communities.hosting.rules import MOST_SECRETARIES
from ssc.communities.queries.exchanges import exchange_of
from ssc.core import audit, ids
from ssc.core.db import Session
from ssc.core.errors import conflict, invalid, not_found
from ssc.core.i18n import _
from ssc.directory import actions as directory
from ssc.directory.queries.organisations import organisations_called
from ssc.people import actions as people
from ssc.people.models import Member, Participation
from ssc.people.viewer import Viewer
from ssc.programmes.models import Exchange, Organisation
from ssc.roster.hosting.forms import HostBody, SecretaryBody
from ssc.roster.inviting import actions as inviting
from ssc.roster.requesting import queries as records

JAPAN = "JP"


async def invite_host(session: Session, viewer: Viewer, body: HostBody) -> None:
    """By staff. 422 at `organisation` or `exchange` for what is none, 409 where she has that seat already."""
    if not body.organisation and not body.exchange:
        raise invalid(("organisation", _("Name the organisation, or the code of an exchange.")))
    organisation = await _organisation(session, body.organisation) if body.organisation else None
    exchange = await _exchange(session, body.exchange) if body.exchange else None
    record = await _record(session, body.name, body.email)
    if organisation is not None:
        await _check_free(session, HostSeat.organisation_id == organisation.id, record)
        named = (organisation.id, organisation.name)
        await hosting.offer(session, record, body.name, by=viewer.id, organisation=named)
    if exchange is not None:
        await _put_on_roster(session, viewer, record, exchange)
    await _invite(session, record, body, by=viewer.id, for_whom=organisation.name if organisation else "")


async def invite_secretary(session: Session, viewer: Viewer, body: SecretaryBody) -> None:
    """By a host. 404 for who hosts nothing, 409 for more than three or one asked already, 422 for herself.

    Says in nothing whether the address has an account.
    """
    if not await queries.is_host(session, viewer):
        raise not_found()
    await session.execute(select(Member.id).where(Member.id == viewer.id).with_for_update(key_share=True))
    held = await queries.secretaries_of(session, viewer.id)
    if len(held) >= MOST_SECRETARIES:
        raise conflict(_("At most {n} people can act for you.", n=MOST_SECRETARIES))
    record = await _record(session, body.name, body.email)
    if record.id == viewer.id:
        raise invalid(("email", _("This is your own address.")))
    if any(one.seat.member_id == record.id for one in held):
        raise conflict(_("She is asked already."))
    await hosting.offer(session, record, body.name, by=viewer.id, host=await session.get_one(Member, viewer.id))
    await _invite(session, record, body, by=viewer.id, for_whom=viewer.member.name)


async def dismiss(session: Session, viewer: Viewer, seat_id: UUID | None) -> None:
    """By the host: her secretary acts for her no more, at once. 404 for nobody of hers."""
    found = await queries.seat(session, seat_id) if seat_id else None
    if found is None or found.host_id != viewer.id:
        raise not_found()
    await hosting.end(session, found, by=viewer.id)


async def end_seat(session: Session, viewer: Viewer, seat_id: UUID | None) -> None:
    """By staff, whosever it is."""
    found = await queries.seat(session, seat_id) if seat_id else None
    if found is None:
        raise not_found()
    await hosting.end(session, found, by=viewer.id)


async def _record(session: Session, name: str, email: str) -> Member:
    """Who signs in with the address; else the record of that name that has it; else a new one."""
    key = addresses.key_of(email)
    known = await records.member_with(session, key)
    if known is not None:
        return known
    for record in await records.records_at(session, key):
        if record.name_key == people.name_key(name) and not record.deceased:
            return record
    made = Member(id=ids.new(), name=name, name_key=people.name_key(name), country=JAPAN)
    session.add(made)
    await session.flush()
    session.add(EmailAddress(id=ids.new(), member_id=made.id, address=email, key=key, source="roster", is_primary=True))
    await session.flush()
    await people.refresh_adulthood(session, [made.id])
    await session.refresh(made)
    return made


async def _invite(session: Session, record: Member, body: HostBody | SecretaryBody, *, by: UUID, for_whom: str) -> None:
    """Nobody who wants no contact is written to by this way round."""
    if not record.claimed and not record.do_not_contact:
        await inviting.invite(session, record, body.email, by=by, language=body.language, hosting=for_whom)


async def _put_on_roster(session: Session, viewer: Viewer, record: Member, exchange: Exchange) -> None:
    taken = Participation.member_id == record.id, Participation.exchange_id == exchange.id
    if await session.scalar(select(Participation.id).where(*taken)) is not None:
        raise conflict(_("She is on the roster of this exchange already."))
    session.add(Participation(member_id=record.id, exchange_id=exchange.id, role="host"))
    audit.write(session, viewer.id, "host.enrol", f"member:{record.id}", exchange=exchange.code)
    await session.flush()
    await people.refresh_adulthood(session, [record.id])
    await session.refresh(record)
    if record.claimed:
        await directory.refresh(session, [record.id])
    await keep_cohorts(session, [exchange.id])


async def _organisation(session: Session, asked: str) -> Organisation:
    meant = set(await organisations_called(session, [asked]))
    found = await session.get(Organisation, next(iter(meant))) if len(meant) == 1 else None
    if found is None:
        several = _("Several organisations are called like that: write the whole name.")
        raise invalid(("organisation", several if len(meant) > 1 else _("There is no organisation of this name.")))
    return found


async def _exchange(session: Session, code: str) -> Exchange:
    found = await exchange_of(session, code)
    if found is None:
        raise invalid(("exchange", _("There is no exchange with this code.")))
    return found


async def _check_free(session: Session, which: ColumnElement[bool], record: Member) -> None:
    held = select(HostSeat.id).where(which, HostSeat.member_id == record.id, HostSeat.ended_at.is_(None))
    if await session.scalar(held) is not None:
        raise conflict(_("She is asked already."))

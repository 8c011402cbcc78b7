"""A recovery is asked for, and the record that it means is found: by its words, or by staff."""

from uuid import UUID

from ssc.accounts import addresses
from ssc.core import audit, clock, i18n, ids, jobs, mail
from ssc.core.db import Session
from ssc.core.errors import conflict, invalid, not_found
from ssc.core.i18n import _
from ssc.notifications import actions as notifications
from ssc.notifications.kinds import SECURITY
from ssc.people import queries as people
from ssc.people.models import Member
from ssc.roster.recovering import letters, queries
from ssc.roster.recovering.forms import TookPart
from ssc.roster.recovering.models import Recovery
from ssc.roster.recovering.notices import SUBJECT, VOUCHING
from ssc.roster.recovering.rules import LETTERS_A_DAY


async def ask(session: Session, body: TookPart) -> Recovery:
    """Keeps the request. Whether a record is meant is found out later, by a job: the answer takes no time to tell."""
    asked = Recovery(
        id=ids.new(),
        name=body.name,
        country=body.country,
        programme=body.programme,
        fiscal_year=body.fiscal_year,
        email=body.email,
        key=addresses.key_of(body.email),
        language=i18n.language(),
    )
    session.add(asked)
    await session.flush()
    audit.write(session, None, "recovery.ask", f"recovery:{asked.id}")
    await jobs.defer(session, "roster.look-for-record", recovery=str(asked.id))
    return asked


async def look_for_record(session: Session, recovery_id: UUID) -> None:
    """Finds the one record that is meant, so that those near it may vouch; else staff decide. Writes to the asker."""
    asked = await session.get(Recovery, recovery_id, with_for_update=True)
    if asked is None or asked.state != "unmatched":
        return
    meant = await queries.records_meant(session, asked)
    if len(meant) == 1:
        await _settle(session, asked, meant[0])
    if await queries.nth_of_day(session, asked) <= LETTERS_A_DAY:
        await mail.send(session, letters.asked(session.settings, asked))


async def assign(session: Session, recovery_id: UUID, member_id: UUID, *, by: UUID) -> Recovery:
    """Staff say which record is meant. 404 for no recovery, 422 for no record, 409 when it is matched or over."""
    asked = await session.get(Recovery, recovery_id, with_for_update=True)
    if asked is None:
        raise not_found()
    record = await session.get(Member, member_id)
    if record is None or record.deceased:
        raise invalid(("member", _("There is no such record.")))
    if asked.state != "unmatched":
        raise conflict(_("The record is found already, or the request is over."))
    await _settle(session, asked, record)
    audit.write(session, by, "recovery.match", f"recovery:{asked.id}", member=str(record.id))
    return asked


async def close(session: Session, recovery_id: UUID, *, by: UUID) -> Recovery:
    """Staff end a request that nobody should vouch for. The asker is not told: it would say that a record exists."""
    asked = await session.get(Recovery, recovery_id, with_for_update=True)
    if asked is None:
        raise not_found()
    if asked.state not in ("unmatched", "asked"):
        raise conflict(_("The request is over already."))
    asked.declined_at, asked.birth_date = clock.now(), None
    audit.write(session, by, "recovery.decline", f"recovery:{asked.id}")
    return asked


async def _settle(session: Session, asked: Recovery, record: Member) -> None:
    if await queries.is_repeated(session, asked, record.id):
        asked.declined_at = clock.now()
        return
    asked.member_id = record.id
    await session.flush()
    await tell_mates(session, record)


async def tell_mates(session: Session, record: Member) -> None:
    """Her mates may vouch; she herself, where she has the account, may object."""
    mates = list(await session.scalars(people.mates_of(record.id)))
    data = {"name": record.name}
    await notifications.tell(session, VOUCHING, mates, subject=SUBJECT, url="/recoveries", data=data)
    if record.claimed:
        await notifications.tell(session, SECURITY, [record.id], subject=SUBJECT, url="/recoveries")

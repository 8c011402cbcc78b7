"""A mate was passed a link by a member, who thereby answers for her."""

from ssc.core import audit
from ssc.core.db import Session
from ssc.notifications import actions as notifications
from ssc.people import queries as people
from ssc.people.models import Member
from ssc.roster.recovering.actions.asking import tell_mates
from ssc.roster.recovering.actions.vouching import approve
from ssc.roster.recovering.models import Recovery, Vouch
from ssc.roster.recovering.notices import SUBJECT, VOUCHING


async def ask_by_link(session: Session, asked: Recovery, record: Member, *, voucher: Member) -> Recovery:
    """Keeps the request with its maker's vouch. Where the roster has confirmed it too (the birth date), the invitation
    leaves at once; else (`by_staff`) the secretariat is told and decides, to whom what mates say is evidence.
    """
    session.add(asked)
    await session.flush()
    audit.write(session, voucher.id, "recovery.ask", f"recovery:{asked.id}", how="claim-link")
    session.add(Vouch(recovery_id=asked.id, voucher_id=voucher.id, capacity="mate"))
    await session.flush()
    if not asked.by_staff:
        await approve(session, asked, record, by=voucher.id)
        return asked
    await tell_mates(session, record)
    staff = await people.in_office(session, "staff")
    data = {"name": record.name}
    await notifications.tell(session, VOUCHING, staff, subject=SUBJECT, url="/desk/recoveries", data=data)
    return asked

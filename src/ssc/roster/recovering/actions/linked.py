"""A mate was passed a link by a member, who thereby answers for her."""

from ssc.core import audit
from ssc.core.db import Session
from ssc.people.models import Member
from ssc.roster.recovering.actions.asking import tell_mates
from ssc.roster.recovering.actions.vouching import approve
from ssc.roster.recovering.models import Recovery, Vouch


async def ask_by_link(
    session: Session, asked: Recovery, record: Member, *, voucher: Member, approved: bool
) -> Recovery:
    """Keeps the request with its maker's vouch. `approved`: the roster has confirmed it too (the birth date), so the
    invitation leaves at once; else a second mate or the secretariat confirms.
    """
    session.add(asked)
    await session.flush()
    audit.write(session, voucher.id, "recovery.ask", f"recovery:{asked.id}", how="claim-link")
    session.add(Vouch(recovery_id=asked.id, voucher_id=voucher.id, capacity="mate"))
    await session.flush()
    if approved:
        await approve(session, asked, record, by=voucher.id)
    else:
        await tell_mates(session, record)
    return asked

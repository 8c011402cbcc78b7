"""People answer for somebody; when enough have, the new address gets a link and the known ones a chance to object."""

from uuid import UUID

from sqlalchemy import func, select

from ssc.accounts import tokens
from ssc.core import audit, clock, i18n, mail
from ssc.core.db import Session
from ssc.core.errors import conflict, not_found, too_many
from ssc.core.i18n import _
from ssc.people.models import Member
from ssc.people.viewer import Viewer
from ssc.roster.inviting import actions as inviting
from ssc.roster.recovering import letters, queries
from ssc.roster.recovering.models import Recovery, Vouch
from ssc.roster.recovering.rules import RETURN, VETO, VOUCHES_A_WEEK, WEEK, Plea, enough, is_counted


async def vouch(session: Session, viewer: Viewer, recovery_id: UUID) -> Recovery:
    """The viewer answers for it that she knows who asks.

    404 where she may not vouch, 409 when she has already or others were enough, 429 after two in a week.
    """
    plea = await _reached(session, viewer, recovery_id)
    asked = plea.recovery
    await session.refresh(asked, with_for_update=True)
    if asked.state != "asked" or plea.vouched:
        raise conflict(_("You have vouched already, or it is decided. Thank you."))
    if is_counted(plea.capacity):
        await _check_week(session, viewer.id)
    session.add(Vouch(recovery_id=asked.id, voucher_id=viewer.id, capacity=plea.capacity))
    await session.flush()
    audit.write(session, viewer.id, "recovery.vouch", f"recovery:{asked.id}", capacity=plea.capacity)
    if enough(await queries.capacities_of(session, asked.id), by_staff=asked.by_staff):
        await approve(session, asked, plea.record, by=viewer.id)
    return asked


async def approve(session: Session, asked: Recovery, record: Member, *, by: UUID) -> None:
    """Opens the way back: a link to the new address, and to each known one a letter that lets it object."""
    asked.approved_at, asked.birth_date = clock.now(), None
    audit.write(session, by, "recovery.approve", f"recovery:{asked.id}", member=str(record.id))
    if record.claimed:
        secret = await tokens.issue(
            session, RETURN, member_id=record.id, address=asked.email, payload={"recovery": str(asked.id)}
        )
        await mail.send(session, letters.back(session.settings, asked, secret))
    else:
        await _invite(session, asked, record, by=by)
    for row in await queries.known_addresses_of(session, record.id, but=asked.key):
        secret = await tokens.issue(
            session, VETO, member_id=record.id, address=row.address, payload={"recovery": str(asked.id)}
        )
        await mail.send(session, letters.contested(session.settings, asked, record, row.address, secret))


async def approve_by_staff(session: Session, asked: Recovery, record: Member, *, by: UUID) -> None:
    """Staff have checked by themselves that it is she (a membership request that turned out to be a record's)."""
    session.add(Vouch(recovery_id=asked.id, voucher_id=by, capacity="staff"))
    await session.flush()
    audit.write(session, by, "recovery.vouch", f"recovery:{asked.id}", capacity="staff")
    await approve(session, asked, record, by=by)


async def _reached(session: Session, viewer: Viewer, recovery_id: UUID) -> Plea:
    found = await queries.pleas_for(session, viewer, only=recovery_id)
    if not found:
        raise not_found()
    return found[0]


async def _check_week(session: Session, voucher_id: UUID) -> None:
    """Locked by voucher: of three vouches at once, two count."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"vouch:{voucher_id}", 0))))
    given = await queries.vouches_this_week(session, voucher_id)
    if len(given) >= VOUCHES_A_WEEK:
        raise too_many(int((given[-VOUCHES_A_WEEK] + WEEK - clock.now()).total_seconds()))


async def _invite(session: Session, asked: Recovery, record: Member, *, by: UUID) -> None:
    with i18n.speaking(asked.language):
        note = _("People who know you have vouched for you.")
    sent = await inviting.invite(
        session,
        record,
        asked.email,
        by=by,
        note=note,
        language=asked.language,
        contestable_until=asked.contestable_until,
    )
    asked.invitation_id = sent.id
    await session.flush()

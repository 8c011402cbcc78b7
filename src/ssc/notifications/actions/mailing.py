"""Mail for what was missed: due notices are looked at once more, and those about one thing become one letter."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select

from ssc.accounts import queries as accounts
from ssc.accounts.models import Account
from ssc.core import clock, i18n, mail
from ssc.core.db import Session
from ssc.core.live import Live
from ssc.core.mail import OutgoingLetter
from ssc.notifications import letters, queries
from ssc.notifications.kinds import Quote, named
from ssc.notifications.models import MailStop, Notice
from ssc.notifications.rules import MAILS_A_DAY, PAUSES, quiet_until, wants
from ssc.notifications.spoken import Spoken
from ssc.people import queries as people
from ssc.people.models import Member
from ssc.people.viewer import Viewer


async def write_next(session: Session, live: Live) -> bool:
    """Looks at what is due for one member about one thing, and writes to her if need be; False when nothing is due."""
    first = await _first_due(session)
    if first is None:
        return False
    notices = await _together(session, first)
    member = await session.get_one(Member, first.member_id)
    later = await _later(session, live, member, first.subject)
    if later is not None:
        _put_off(notices, later)
        return True
    with i18n.speaking(member.language):
        await _write(session, member, notices)
    return True


async def put_off_next(session: Session) -> bool:
    """What is due first could not be written: it is looked at again in an hour, and keeps nobody else's letter."""
    first = await _first_due(session)
    if first is not None:
        _put_off(await _together(session, first), clock.now() + timedelta(hours=1))
    return first is not None


async def _first_due(session: Session) -> Notice | None:
    found: Notice | None = await session.scalar(
        select(Notice)
        .where(Notice.mail_at <= clock.now(), Notice.read_at.is_(None))
        .order_by(Notice.mail_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return found


async def _together(session: Session, first: Notice) -> list[Notice]:
    """All that she has not read about the same thing. Who holds one of them just now reads or tells: it comes later."""
    rows = await session.scalars(
        select(Notice)
        .where(
            Notice.member_id == first.member_id,
            Notice.subject == first.subject,
            Notice.read_at.is_(None),
            Notice.mail_at.is_not(None),
        )
        .order_by(Notice.id)
        .with_for_update(skip_locked=True)
    )
    return list(rows)


async def _later(session: Session, live: Live, member: Member, subject: str) -> datetime | None:
    """When to look again, if not now: she sleeps, has it before her eyes, or it may not be her account yet."""
    now = clock.now()
    account = await session.get(Account, member.id)
    if account is not None and account.limited_until is not None and account.limited_until > now:
        return account.limited_until
    if (until := quiet_until(member.quiet_hours, member.time_zone, now)) is not None:
        return until
    if member.id in await live.looking(subject):
        return now + timedelta(seconds=max(5, session.settings.notice_delay_s))
    return None


async def _write(session: Session, member: Member, notices: Sequence[Notice]) -> None:
    viewer = await queries.viewer_of(session, member)
    wanted = await _wanted(session, viewer, notices)
    told, quotes = await _looked_at(session, viewer, await queries.spoken(session, viewer, wanted))
    to = await address_of(session, member.id)
    if not told or to is None:
        _put_off(notices, None)
        return
    _put_off(notices, None)
    if (until := await _sated_until(session, member.id, told[0].notice.by_id)) is not None:
        _put_off([one.notice for one in told], until)
        return
    await mail.send(session, letters.missed(session.settings, member, to, told, quotes))
    for one in told:
        one.notice.mailed_at, one.notice.mails = clock.now(), one.notice.mails + 1


def _put_off(notices: Sequence[Notice], until: datetime | None) -> None:
    for notice in notices:
        notice.mail_at = until


async def _wanted(session: Session, viewer: Viewer, notices: Sequence[Notice]) -> list[Notice]:
    """What she chose since then counts, and whether she is still there to be written to."""
    member = viewer.member
    if member.mail_opt_out or member.deceased or not member.claimed or await people.suspension_of(session, member.id):
        return []
    if await session.get(MailStop, (member.id, notices[0].subject)) is not None:
        return []
    kinds = [(notice, named(notice.kind)) for notice in notices if notice.by_id not in viewer.blocked]
    return [notice for notice, kind in kinds if kind is not None and wants(member.notifications, kind, "mail")]


async def _looked_at(session: Session, viewer: Viewer, notices: Sequence[Spoken]) -> tuple[list[Spoken], list[Quote]]:
    """Each kind looks once more at its thing: nothing is left, or here is what may be quoted."""
    told: list[Spoken] = []
    quotes: list[Quote] = []
    for one in notices:
        found = await one.kind.look(session, viewer, one.notice.subject) if one.kind.look else ()
        if found is None:
            one.notice.read_at = clock.now()
            continue
        told.append(one)
        if viewer.member.mail_quotes or not one.kind.private:
            quotes += [quote for quote in found if quote not in quotes]
    return told, quotes


async def address_of(session: Session, member_id: UUID) -> str | None:
    """Where letters reach her: the first of her confirmed addresses from which they do not come back."""
    for row in await accounts.addresses_of(session, member_id):
        if row.confirmed_at is not None and not await mail.stopped(session, row.address):
            return row.address
    return None


async def _sated_until(session: Session, member_id: UUID, by_id: UUID | None) -> datetime | None:
    """Nobody causes more than a few letters a day to another (case 63)."""
    if by_id is None:
        return None
    sent = await session.scalar(
        select(func.count()).where(
            OutgoingLetter.member_id == member_id,
            OutgoingLetter.by_id == by_id,
            OutgoingLetter.created_at > clock.now() - timedelta(days=1),
        )
    )
    return clock.now() + PAUSES[0] if (sent or 0) >= MAILS_A_DAY else None

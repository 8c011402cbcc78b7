"""The digest: what concerns a member, in one letter, while she has not visited."""

from datetime import datetime, timedelta
from typing import LiteralString
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from ssc.core import clock, i18n, mail
from ssc.core.db import Session
from ssc.notifications import digests, letters, queries
from ssc.notifications.actions.mailing import address_of
from ssc.notifications.kinds import named
from ssc.notifications.models import DigestSent, Notice
from ssc.notifications.rules import RHYTHMS, quiet_until, wants
from ssc.notifications.spoken import Spoken
from ssc.people.models import Member
from ssc.people.viewer import Viewer

NOBODY = UUID(int=0)
ASKS = timedelta(days=1)


async def write_next_digest(session: Session, after: UUID) -> UUID | None:
    """Writes to the next member in the order of ids who is due, if there is something; answers who; None at the end."""
    values = {"after": after, "now": clock.now(), "asks": ASKS, **RHYTHMS}
    rows = await session.rows(_DUE, values, prepare=True)
    if not rows:
        return None
    member = await session.get_one(Member, rows[0].id)
    if quiet_until(member.quiet_hours, member.time_zone, clock.now()) is None:
        with i18n.speaking(member.language):
            await _write(session, member, rows[0].sent_at, is_told=rows[0].is_told)
    return member.id


async def due_after(session: Session, after: UUID) -> UUID | None:
    """Whose turn that is: for whom none can be written is passed over, and keeps nobody else's."""
    values = {"after": after, "now": clock.now(), "asks": ASKS, **RHYTHMS}
    rows = await session.rows(_DUE, values, prepare=True)
    return rows[0].id if rows else None


async def _write(session: Session, member: Member, since: datetime | None, *, is_told: bool) -> None:
    """An empty one is not sent. `is_told`: she has notices, which are not asked for again before its time."""
    viewer = await queries.viewer_of(session, member)
    news = await _news(session, viewer, since)
    sections = await digests.sections_for(session, viewer, since or clock.now() - RHYTHMS[member.digest])
    await _note(session, member.id, is_written=is_told or bool(sections))
    to = await address_of(session, member.id) if news or sections else None
    if to is not None:
        await mail.send(session, letters.digest(session.settings, member, to, news, sections))


async def _news(session: Session, viewer: Viewer, since: datetime | None) -> list[Spoken]:
    """Unread, of kinds she wants in a digest, not mailed already, new since the last one."""
    statement = select(Notice).where(
        Notice.member_id == viewer.id, Notice.read_at.is_(None), Notice.mailed_at.is_(None)
    )
    if since is not None:
        statement = statement.where(Notice.created_at > since)
    rows = await session.scalars(statement.order_by(Notice.id.desc()).limit(200))
    wanted = [
        notice
        for notice in rows
        if (kind := named(notice.kind)) is not None and wants(viewer.member.notifications, kind, "digest")
    ]
    return await queries.spoken(session, viewer, wanted)


async def _note(session: Session, member_id: UUID, *, is_written: bool) -> None:
    now = clock.now()
    noted = {"asked_at": now, **({"sent_at": now} if is_written else {})}
    row = insert(DigestSent).values(member_id=member_id, **noted)
    await session.execute(row.on_conflict_do_update(index_elements=[DigestSent.member_id], set_=noted))


# Not those who have visited within the period. Of those to whom nothing was told, features are asked once a day.
_DUE: LiteralString = """
SELECT m.id, d.sent_at, n.is_told
FROM member m
JOIN account a ON a.member_id = m.id
LEFT JOIN digest_sent d ON d.member_id = m.id
CROSS JOIN LATERAL (
    SELECT %(now)s::timestamptz - CASE m.digest WHEN 'weekly' THEN %(weekly)s::interval ELSE %(monthly)s::interval END
) AS p(since)
CROSS JOIN LATERAL (
    SELECT EXISTS (
        SELECT FROM notice n WHERE n.member_id = m.id AND n.read_at IS NULL AND n.mailed_at IS NULL
            AND coalesce(n.created_at > d.sent_at, true)
    )
) AS n(is_told)
WHERE m.id > %(after)s AND m.digest <> 'never' AND m.joined_at < p.since AND coalesce(d.sent_at < p.since, true)
    AND NOT m.deceased AND NOT m.mail_opt_out AND coalesce(a.limited_until < %(now)s::timestamptz, true)
    AND NOT EXISTS (SELECT FROM session s WHERE s.member_id = m.id AND s.last_seen_at > p.since)
    AND NOT EXISTS (
        SELECT FROM suspension s WHERE s.member_id = m.id AND s.lifted_at IS NULL
            AND (s.until IS NULL OR s.until > %(now)s::timestamptz)
    )
    AND (n.is_told OR coalesce(d.asked_at < %(now)s::timestamptz - %(asks)s::interval, true))
ORDER BY m.id
LIMIT 1
FOR UPDATE OF m SKIP LOCKED
"""

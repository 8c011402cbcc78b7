"""The digest: what concerns a member, in one letter, while she has not visited."""

from datetime import datetime
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

NOBODY = UUID(int=0)


async def write_next_digest(session: Session, after: UUID) -> UUID | None:
    """Writes to the next member in the order of ids who is due, if there is something; answers who; None at the end."""
    values = {"after": after, "now": clock.now(), **RHYTHMS}
    rows = await session.rows(_DUE, values, prepare=True)
    if not rows:
        return None
    member = await session.get_one(Member, rows[0].id)
    if quiet_until(member.quiet_hours, member.time_zone, clock.now()) is None:
        with i18n.speaking(member.language):
            await _write(session, member, rows[0].sent_at)
    return member.id


async def _write(session: Session, member: Member, since: datetime | None) -> None:
    """An empty one is not sent, and not asked for again before its time."""
    await _note(session, member.id)
    news = await _news(session, member, since)
    viewer = await queries.viewer_of(session, member)
    sections = await digests.sections_for(session, viewer, since or clock.now() - RHYTHMS[member.digest])
    to = await address_of(session, member.id) if news or sections else None
    if to is not None:
        await mail.send(session, letters.digest(session.settings, member, to, news, sections))


async def _news(session: Session, member: Member, since: datetime | None) -> list[Spoken]:
    """Unread, of kinds she wants in a digest, not mailed already, new since the last one."""
    statement = select(Notice).where(
        Notice.member_id == member.id, Notice.read_at.is_(None), Notice.mailed_at.is_(None)
    )
    if since is not None:
        statement = statement.where(Notice.created_at > since)
    rows = await session.scalars(statement.order_by(Notice.id.desc()).limit(200))
    wanted = [
        notice
        for notice in rows
        if (kind := named(notice.kind)) is not None and wants(member.notifications, kind, "digest")
    ]
    return await queries.spoken(session, await queries.viewer_of(session, member), wanted)


async def _note(session: Session, member_id: UUID) -> None:
    now = clock.now()
    row = insert(DigestSent).values(member_id=member_id, sent_at=now)
    await session.execute(row.on_conflict_do_update(index_elements=[DigestSent.member_id], set_={"sent_at": now}))


# Not those who have visited within the period. Whether there is something for her is asked of each, once a period.
_DUE: LiteralString = """
SELECT m.id, d.sent_at
FROM member m
JOIN account a ON a.member_id = m.id
LEFT JOIN digest_sent d ON d.member_id = m.id
CROSS JOIN LATERAL (
    SELECT %(now)s::timestamptz - CASE m.digest WHEN 'weekly' THEN %(weekly)s::interval ELSE %(monthly)s::interval END
) AS p(since)
WHERE m.id > %(after)s AND m.digest <> 'never' AND m.joined_at < p.since AND coalesce(d.sent_at < p.since, true)
    AND NOT m.deceased AND NOT m.mail_opt_out AND coalesce(a.limited_until < %(now)s::timestamptz, true)
    AND NOT EXISTS (SELECT FROM session s WHERE s.member_id = m.id AND s.last_seen_at > p.since)
    AND NOT EXISTS (
        SELECT FROM suspension s WHERE s.member_id = m.id AND s.lifted_at IS NULL
            AND (s.until IS NULL OR s.until > %(now)s::timestamptz)
    )
ORDER BY m.id
LIMIT 1
FOR UPDATE OF m SKIP LOCKED
"""

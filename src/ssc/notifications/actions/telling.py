"""Telling members of something, and taking it back: two statements at most, whatever their number."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, LiteralString
from uuid import UUID

from ssc.core import clock, ids, jobs, live, mail
from ssc.core.db import Session
from ssc.notifications.kinds import CHANNELS, Kind
from ssc.notifications.rules import PAUSES


@dataclass(frozen=True)
class Telling:
    """What one member is told: `count` things of one kind about one subject, the last of them done `by` somebody."""

    member_id: UUID
    kind: Kind
    subject: str
    url: str
    data: Mapping[str, Any] = field(default_factory=dict)
    by: UUID | None = None
    count: int = 1


async def tell(
    session: Session,
    kind: Kind,
    members: Iterable[UUID],
    *,
    subject: str,
    url: str,
    data: Mapping[str, Any] | None = None,
    by: UUID | None = None,
) -> list[UUID]:
    """Tells those of `members` who want it; answers who was told.

    Never told: `by`, who did it; who blocked her or is blocked by her; the unclaimed, suspended and deceased.
    What she has not read yet of this kind and subject (`thread:<id>`) becomes one notice whose count grows.
    """
    return await tell_each(session, [Telling(one, kind, subject, url, data or {}, by) for one in set(members)])


async def tell_each(session: Session, tellings: Sequence[Telling]) -> list[UUID]:
    """The same for tellings of several kinds and subjects at once: still two statements at most.

    A member is told once of each kind and subject: what is more is told in its `count`.
    """
    chosen = sorted(tellings, key=lambda one: (one.member_id, one.kind.name, one.subject))
    if not chosen:
        return []
    now = clock.now()
    due = now + timedelta(seconds=session.settings.notice_delay_s)
    values = {
        **_columns(chosen),
        "now": now,
        "due": due,
        "first_pause": PAUSES[0],
        "later_pause": PAUSES[1],
    }
    ((told, shown, notices, rings, is_due),) = await session.rows(_TELL, values, prepare=True)
    live.notice(session, list(zip(shown, map(str, notices), strict=True)))
    if rings:  # one job, which asks for the other
        await jobs.defer(session, "notifications.push", mail_at=clock.rfc3339(due) if is_due else None)
    elif is_due:
        await jobs.defer(session, "notifications.mail_missed", at=due)
    return list(told)


def _columns(chosen: Sequence[Telling]) -> dict[str, list[Any]]:
    usual = {f"by_{channel}": [one.kind.defaults[channel] for one in chosen] for channel in CHANNELS}
    return {
        "ids": [ids.new() for _one in chosen],
        "members": [one.member_id for one in chosen],
        "kinds": [one.kind.name for one in chosen],
        "subjects": [one.subject for one in chosen],
        "urls": [one.url for one in chosen],
        "data": [json.dumps(dict(one.data)) for one in chosen],
        "by": [one.by for one in chosen],
        "counts": [one.count for one in chosen],
        "always": [one.kind.always for one in chosen],
        **usual,
    }


async def withdraw(
    session: Session, subject: str, members: Iterable[UUID] | None = None, *, only: int | None = None
) -> list[UUID]:
    """Read, muted or deleted: nothing about it rings or is mailed any more. Answers whose notices went.

    `members` None: everybody's. `only`: so many of what a notice counts are gone, the rest stays.
    """
    mine = _OF_ALL if members is None else _OF_SOME
    values = {"subject": subject, "members": sorted(set(members or ())), "now": clock.now(), "only": only or 0}
    rows = await session.rows(mine + (_FEWER if only else _READ), values, prepare=True)
    live.notice(session, [(member_id, "") for member_id in dict.fromkeys(row.member_id for row in rows)])
    mailed = [row.member_id for row in rows if row.mails]
    if mailed:
        await mail.withdraw(session, subject, mailed)
    return [row.member_id for row in rows]


async def mailed_already(session: Session, kind: Kind, subject: str, members: Iterable[UUID]) -> None:
    """A letter of the feature's own has said it: the notices stay, and are not mailed besides."""
    values = {"kind": kind.name, "subject": subject, "members": sorted(set(members))}
    await session.change(_SAID, values)


async def silence(session: Session, one: UUID, other: UUID) -> None:
    """Neither is told any more of what the other did: one has blocked the other."""
    rows = await session.rows(_SILENCE, {"one": one, "other": other})
    live.notice(session, [(row.member_id, "") for row in rows])


# Choices are kept only where they differ from the default. In the order of members, kinds and subjects, as all who lock
# several notices do.
_TELL: LiteralString = """
WITH told AS (
    INSERT INTO notice
        (id, member_id, kind, subject, url, data, by_id, count, shown, created_at, mail_at, push_at, mails)
    SELECT r.id, m.id, r.kind, r.subject, r.url, r.data::jsonb, r.by_id, r.n, w.app, %(now)s::timestamptz,
        CASE WHEN w.mail AND NOT m.mail_opt_out AND NOT r.always
            AND NOT EXISTS (SELECT FROM mail_stop s WHERE s.member_id = m.id AND s.subject = r.subject)
        THEN %(due)s::timestamptz END,
        CASE WHEN w.push AND EXISTS (SELECT FROM push_subscription s WHERE s.member_id = m.id)
        THEN %(now)s::timestamptz END, 0
    FROM unnest(
        %(ids)s::uuid[], %(members)s::uuid[], %(kinds)s::text[], %(subjects)s::text[], %(urls)s::text[],
        %(data)s::text[], %(by)s::uuid[], %(counts)s::int[], %(always)s::boolean[],
        %(by_app)s::boolean[], %(by_mail)s::boolean[], %(by_push)s::boolean[], %(by_digest)s::boolean[]
    ) AS r(id, member_id, kind, subject, url, data, by_id, n, always, app, mail, push, digest)
    JOIN member m ON m.id = r.member_id
    CROSS JOIN LATERAL (SELECT CASE WHEN r.always THEN '{}' ELSE m.notifications -> r.kind END AS chosen) c
    CROSS JOIN LATERAL (
        SELECT coalesce((c.chosen ->> 'app')::boolean, r.app) AS app,
            coalesce((c.chosen ->> 'mail')::boolean, r.mail) AS mail,
            coalesce((c.chosen ->> 'push')::boolean, r.push) AS push,
            coalesce((c.chosen ->> 'digest')::boolean, r.digest) AS digest
    ) w
    WHERE m.joined_at IS NOT NULL AND NOT m.deceased AND m.id IS DISTINCT FROM r.by_id
        AND (w.app OR w.mail OR w.push OR w.digest)
        AND NOT EXISTS (
            SELECT FROM suspension p
            WHERE p.member_id = m.id AND p.lifted_at IS NULL AND (p.until IS NULL OR p.until > %(now)s::timestamptz)
        )
        AND NOT EXISTS (
            SELECT FROM block b
            WHERE (b.member_id = m.id AND b.blocked_id = r.by_id) OR (b.member_id = r.by_id AND b.blocked_id = m.id)
        )
    ORDER BY m.id, r.kind, r.subject
    ON CONFLICT (member_id, kind, subject) WHERE read_at IS NULL DO UPDATE SET
        id = excluded.id, url = excluded.url, data = excluded.data, by_id = excluded.by_id,
        count = notice.count + excluded.count, shown = excluded.shown, created_at = excluded.created_at,
        mail_at = CASE
            WHEN excluded.mail_at IS NULL THEN NULL
            WHEN notice.mail_at IS NOT NULL THEN notice.mail_at
            ELSE greatest(
                excluded.mail_at,
                notice.mailed_at
                    + CASE WHEN notice.mails < 2 THEN %(first_pause)s::interval ELSE %(later_pause)s::interval END
            )
        END,
        push_at = CASE
            WHEN excluded.push_at IS NULL THEN NULL
            ELSE coalesce(notice.push_at, greatest(excluded.push_at, notice.pushed_at + interval '1 minute'))
        END
    RETURNING id, member_id, shown, mail_at, push_at
)
SELECT coalesce(array_agg(DISTINCT member_id), '{}') AS members,
    coalesce(array_agg(member_id) FILTER (WHERE shown), '{}') AS shown,
    coalesce(array_agg(id) FILTER (WHERE shown), '{}') AS notices,
    coalesce(bool_or(push_at = %(now)s::timestamptz), false) AS rings,
    coalesce(bool_or(mail_at = %(due)s::timestamptz), false) AS is_due
FROM told
"""

_OF_SOME: LiteralString = """
WITH mine AS (
    SELECT id FROM notice
    WHERE member_id = ANY (%(members)s::uuid[]) AND subject = %(subject)s AND read_at IS NULL
    ORDER BY member_id, kind FOR UPDATE
)"""
_OF_ALL: LiteralString = """
WITH mine AS (
    SELECT id FROM notice WHERE subject = %(subject)s AND read_at IS NULL ORDER BY member_id, kind FOR UPDATE
)"""
_READ: LiteralString = """
UPDATE notice SET read_at = %(now)s, mail_at = NULL, push_at = NULL FROM mine WHERE notice.id = mine.id
RETURNING notice.member_id, notice.mails"""
_FEWER: LiteralString = """,
gone AS (
    DELETE FROM notice USING mine WHERE notice.id = mine.id AND count <= %(only)s
    RETURNING notice.member_id, notice.mails
), fewer AS (
    UPDATE notice SET count = count - %(only)s FROM mine WHERE notice.id = mine.id AND count > %(only)s
)
SELECT member_id, mails FROM gone"""
_SAID: LiteralString = """
UPDATE notice SET mail_at = NULL
WHERE member_id = ANY (%(members)s::uuid[]) AND subject = %(subject)s AND kind = %(kind)s AND read_at IS NULL
"""
_SILENCE: LiteralString = """
WITH gone AS (
    DELETE FROM notice WHERE (member_id = %(one)s AND by_id = %(other)s) OR (member_id = %(other)s AND by_id = %(one)s)
    RETURNING member_id
) SELECT DISTINCT member_id FROM gone
"""
